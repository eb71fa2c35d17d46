"""What a person says of a message that found no place."""

from django import forms

from ats.kernel.staff_words import gettext_lazy


class FindForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Name, address or role"), max_length=100, required=False)


class PlaceForm(forms.Form):
    application = forms.IntegerField(min_value=1, max_value=2**63 - 1)


class AsideForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Why it belongs nowhere here"),
        max_length=300,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
