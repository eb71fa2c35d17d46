"""Other times for the terms of an agreement."""

from typing import Any

from django import forms

from partners.partnerships.domain.terms import DEFAULTS, LONGEST
from partners.partnerships.models import MOST_GRACE, Agreement


class TermsForm(forms.Form):
    """A number of working days, or hours, for every term; `version` is the one that the person has read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        times = {term.kind: term.time for term in agreement.terms.all()}
        self.fields["version"].initial = agreement.version
        self.fields["grace"] = grace_field("Grace", agreement.grace_days)
        self.fields["grace"].required = False  # left out: as it is
        for code, default in DEFAULTS.items():
            self.fields[code] = forms.IntegerField(
                label=default.what,
                initial=times.get(code, default.time),
                min_value=1,
                max_value=LONGEST,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    def times(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in DEFAULTS}


class GraceForm(forms.Form):
    """What the agreements of one organisation propose."""

    def __init__(self, *args: Any, days: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grace"] = grace_field("Grace in working days", days)


def grace_field(label: str, days: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        initial=days,
        min_value=0,
        max_value=MOST_GRACE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": f"Choose from 0 to {MOST_GRACE} working days."},
    )
