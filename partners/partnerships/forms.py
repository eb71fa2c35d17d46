"""Other times for the terms of an agreement."""

from typing import Any

from django import forms

from partners.partnerships.defaults import DEFAULTS, LONGEST
from partners.partnerships.models import Agreement


class TermsForm(forms.Form):
    """A number of working days for every term; `version` is the one that the person has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        days = {term.kind: term.working_days for term in agreement.terms.all()}
        self.fields["version"].initial = agreement.version
        for code, default in DEFAULTS.items():
            self.fields[code] = forms.IntegerField(
                label=default.what,
                initial=days.get(code, default.days),
                min_value=1,
                max_value=LONGEST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def days(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in DEFAULTS}
