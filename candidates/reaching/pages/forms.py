"""By which way somebody was reached."""

from django import forms


class CalledForm(forms.Form):
    note = forms.CharField(
        label="What you told them",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
        help_text="For us. Their page says that you spoke with them, not what about.",
        error_messages={"required": "Note what you told them."},
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label="Their other address",
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Write the address."},
    )


class AsideForm(forms.Form):
    reason = forms.CharField(
        label="Why nobody has to reach them",
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": "Say why: somebody may ask."},
    )
