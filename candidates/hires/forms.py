"""What is filled in when something comes between a yes and the first day."""

from django import forms

from ats.web.forms import DateInput


class FirstDayForm(forms.Form):
    starts_on = forms.DateField(
        label="First day", widget=DateInput(), error_messages={"required": "Say when they start."}
    )


class NotComingForm(forms.Form):
    reason = forms.CharField(
        label="What you know of the reason",
        help_text="The hiring manager reads it; the candidate does not.",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Say what you know of the reason."},
    )
