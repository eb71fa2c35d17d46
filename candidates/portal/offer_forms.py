"""What candidates fill in about an offer."""

from django import forms

from candidates.applications.noting import LONGEST_MATTERS


class AcceptForm(forms.Form):
    typed_name = forms.CharField(
        label="Your full name",
        help_text="Typing it here counts as your signature under the letter.",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": "Type your name to accept."},
    )
    sha256 = forms.CharField(max_length=64, widget=forms.HiddenInput)


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label="What made you decide?",
        help_text="The pay, another offer, the work, the place, the time it took: it helps us. You need not say.",
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class MattersForm(forms.Form):
    matters = forms.CharField(
        label="What matters to you in your next job?",
        help_text="The work itself, the people, time, place, growth, pay. We keep it in mind; you need not say.",
        required=False,
        max_length=LONGEST_MATTERS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
