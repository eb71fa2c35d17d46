"""How long an organisation keeps whom, and whether people go by themselves."""

import re
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, NotAllowed
from ats.kernel.staff_words import gettext
from ats.organisation.domain.places import name_of
from ats.organisation.models import HiringOrganisation
from candidates.erasure.domain.rules import kept
from candidates.erasure.domain.rules_table import WORDS as OUTCOMES
from candidates.erasure.models import RetentionPolicy, RetentionRule
from candidates.erasure.rules import SET_RETENTION

MOST_MONTHS = 240
PLACE = re.compile(r"(?:[A-Z]{2}(?:-[A-Z0-9]{1,3})?)?")
"""ISO 3166: a country, a region of one, or everywhere."""


@transaction.atomic
def set_months(
    *, organisation_id: int, months: Mapping[tuple[str, str], int | None], by: User, now: datetime
) -> None:
    """An organisation's own numbers by place and outcome; None: as it ships. `Invalid` where a law says otherwise."""
    _check_may(by)
    for place, outcome in months:
        if not PLACE.fullmatch(place) or outcome not in OUTCOMES:
            raise Invalid(gettext("There is no such place or outcome."), field=f"{place}:{outcome}")
    organisation = HiringOrganisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    for (place, outcome), number in months.items():
        rows = RetentionRule.objects.filter(organisation=organisation, place=place, outcome=outcome)
        if number is None:
            rows.delete()
            continue
        _check(place, outcome, number, organisation)
        RetentionRule.objects.update_or_create(
            organisation=organisation,
            place=place,
            outcome=outcome,
            defaults={"months": number, "set_by": by},
        )
    record("retention.set", subject=organisation, by=by, now=now, data={"said": _said(months)})


def _check_may(by: User) -> None:
    if not by.has_perm(SET_RETENTION):
        raise NotAllowed(gettext("Only a recruiting lead or an administrator sets this."))


def _check(place: str, outcome: str, number: int, organisation: HiringOrganisation) -> None:
    said = kept(place, outcome, employees=organisation.employees, own={(place, outcome): number})
    if not 1 <= number <= MOST_MONTHS:
        raise Invalid(gettext("Between one month and twenty years."), field=f"{place}:{outcome}")
    bound = said.least if said.least and number < said.least.months else said.most
    if bound is not None and said.months != number:
        words = gettext("At least %(months)s months: %(source)s.")
        if bound is said.most:
            words = gettext("At most %(months)s months: %(source)s.")
        raise Invalid(words % {"months": bound.months, "source": bound.source}, field=f"{place}:{outcome}")


def _said(months: Mapping[tuple[str, str], int | None]) -> str:
    return ", ".join(
        f"{name_of(place) if place else '*'} {outcome}: {number or '-'}"
        for (place, outcome), number in sorted(months.items())
    )


@transaction.atomic
def switch(*, organisation_id: int, on: bool, by: User, now: datetime) -> RetentionPolicy:
    """From now on whoever's time is over goes by themselves, from the next minute on; or nobody does."""
    _check_may(by)
    organisation = HiringOrganisation.objects.select_for_update(no_key=True).get(pk=organisation_id)
    policy, _ = RetentionPolicy.objects.update_or_create(
        organisation=organisation,
        defaults={"on_since": now if on else None, "set_by": by, "due_at": now},
    )
    record("retention.set", subject=organisation, by=by, now=now, data={"said": "on" if on else "off"})
    return policy
