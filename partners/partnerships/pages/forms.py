"""Other times for the terms of an agreement, and what the agreements of an organisation propose."""

from collections.abc import Sequence
from typing import Any

from django import forms

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy, pgettext
from partners.partnerships.domain.house import HouseTerms
from partners.partnerships.domain.terms import LONGEST, Default, offered
from partners.partnerships.models import (
    MOST_DRY,
    MOST_ESCALATE,
    MOST_GRACE,
    MOST_MISSED,
    MOST_NUDGE,
    Agreement,
)


class TermsForm(forms.Form):
    """A number of working days, or hours, for every term, or nothing where it is not to be promised.

    `version` is the one that the person has read.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        times = {term.kind: term.time for term in agreement.terms.all()}
        self.fields["version"].initial = agreement.version
        self.fields["grace"] = grace_field(gettext("Grace"), agreement.grace_days)
        self.fields["grace"].required = False  # left out: as it is
        for code, default in offered().items():
            self.fields[code] = time_field(default, times.get(code))

    def times(self) -> dict[str, int]:
        given = {code: self.cleaned_data[code] for code in offered()}
        return {code: time for code, time in given.items() if time is not None}


class WordForm(forms.Form):
    """A few words to a partner, or to another colleague."""

    to = forms.TypedChoiceField(label=gettext_lazy("To"), coerce=int)
    text = forms.CharField(
        label=gettext_lazy("Your message"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("It goes as mail, and the answer comes to you."),
        error_messages={"required": gettext_lazy("Write a few words.")},
    )

    def __init__(self, *args: Any, people: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].choices = people  # type: ignore[attr-defined]


class RulesForm(forms.Form):
    """What the agreements of one organisation propose, and by when its partners are reminded."""

    def __init__(self, *args: Any, rules: HouseTerms, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code, default in offered().items():
            self.fields[code] = time_field(default, rules.times.get(code, default.time))
        self.fields["grace"] = grace_field(gettext("Grace in working days"), rules.grace_days)
        self.fields["nudge"] = number_field(
            pgettext("how many", "Working hours"), rules.nudge_hours, least=1, most=MOST_NUDGE
        )
        self.fields["escalate"] = number_field(
            gettext("Working days"), rules.escalate_days, least=1, most=MOST_ESCALATE
        )
        self.fields["meet_missed"] = number_field(
            gettext("Missed commitments"), rules.meet_missed, least=0, most=MOST_MISSED
        )
        self.fields["meet_dry_days"] = number_field(
            gettext("Working days without a new candidate"), rules.meet_dry_days, least=0, most=MOST_DRY
        )

    def rules(self) -> HouseTerms:
        given = self.cleaned_data
        return HouseTerms(
            grace_days=given["grace"],
            nudge_hours=given["nudge"],
            escalate_days=given["escalate"],
            meet_missed=given["meet_missed"],
            meet_dry_days=given["meet_dry_days"],
            times={code: given[code] for code in offered()},
        )


def time_field(default: Default, time: int | None) -> forms.IntegerField:
    field = number_field(default.what, time, least=1, most=LONGEST)
    field.required = False
    return field


def grace_field(label: Words, days: int) -> forms.IntegerField:
    field = number_field(label, days, least=0, most=MOST_GRACE)
    field.error_messages["required"] = gettext("Choose from 0 to %(number)s working days.") % {
        "number": MOST_GRACE
    }
    return field


def number_field(label: Any, initial: int | None, *, least: int, most: int) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        initial=initial,
        min_value=least,
        max_value=most,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": gettext("Choose from %(least)s to %(most)s.") % {"least": least, "most": most}
        },
    )
