"""A token that is asked for."""

from django import forms

from ats.api.scopes import SCOPES


class TokenForm(forms.Form):
    name = forms.CharField(max_length=100, label="What it is for", help_text="Such as “Careers feed”.")
    scopes = forms.MultipleChoiceField(
        choices=[(scope, text) for scope, text in SCOPES.items()],
        widget=forms.CheckboxSelectMultiple,
        label="What it may be used for",
        help_text="It can never do more than you may yourself.",
    )
    expires_at = forms.DateTimeField(
        required=False,
        label="Until",
        help_text="Empty: until you revoke it.",
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
