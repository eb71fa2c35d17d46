"""Putting advice off, and answering it."""

from django import forms

from ats.web.forms import DateInput


class PutOffForm(forms.Form):
    until = forms.DateField(
        label="Until",
        widget=DateInput,
        error_messages={"required": "Choose a day.", "invalid": "Choose a day."},
    )


class AnswerForm(forms.Form):
    words = forms.CharField(
        label="Why not",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why, in a few words."},
    )
