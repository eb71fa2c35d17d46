"""What is filled in when something comes between a yes and the first day."""

from django import forms

from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import DateInput


class FirstDayForm(forms.Form):
    starts_on = forms.DateField(
        label=gettext_lazy("First day"),
        widget=DateInput(),
        error_messages={"required": gettext_lazy("Say when they start.")},
    )


class NotComingForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("What you know of the reason"),
        help_text=gettext_lazy("The hiring manager reads it; the candidate does not."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": gettext_lazy("Say what you know of the reason.")},
    )
