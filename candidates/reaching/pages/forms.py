"""By which way somebody was reached."""

from django import forms

from ats.kernel.staff_words import gettext_lazy


class CalledForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("What you told them"),
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "data-wording": "note"}),
        help_text=gettext_lazy("For us. Their page says that you spoke with them, not what about."),
        error_messages={"required": gettext_lazy("Note what you told them.")},
    )


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("Their other address"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Write the address.")},
    )


class AsideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why nobody has to reach them"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Say why: somebody may ask.")},
    )
