"""Putting advice off, and answering it."""

from django import forms

from ats.kernel.staff_words import gettext_lazy
from ats.web.forms import DateInput


class PutOffForm(forms.Form):
    until = forms.DateField(
        label=gettext_lazy("Until"),
        widget=DateInput,
        error_messages={"required": gettext_lazy("Choose a day."), "invalid": gettext_lazy("Choose a day.")},
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label=gettext_lazy("Why not"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why, in a few words.")},
    )
