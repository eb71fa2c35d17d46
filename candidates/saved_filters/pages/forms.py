"""A filter under a name."""

from django import forms

from ats.kernel.staff_words import gettext_lazy


class FilterForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=80, help_text=gettext_lazy("Such as: Nurses near Leeds.")
    )
    shared = forms.BooleanField(
        label=gettext_lazy("Colleagues see it too"),
        required=False,
        help_text=gettext_lazy("Whom it finds hangs on what each of them may see."),
    )


class NewFilterForm(FilterForm):
    follow = forms.BooleanField(label=gettext_lazy("Tell me once a day whom it finds anew"), required=False)
