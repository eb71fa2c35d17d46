"""What the agreements of an organisation propose, and by when its partners are reminded."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed
from ats.kernel.kept import kept
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from ats.kernel.when import counted
from ats.organisation.models import HiringOrganisation
from partners.partnerships.domain.house import HouseTerms
from partners.partnerships.domain.terms import DEFAULTS, LONGEST, grace_in_words, offered, sides_of
from partners.partnerships.models import (
    MOST_DRY,
    MOST_ESCALATE,
    MOST_GRACE,
    MOST_MISSED,
    MOST_NUDGE,
    HouseRules,
    PartnerSide,
)
from partners.partnerships.rules import SET_RULES

_FIELDS = ("grace_days", "nudge_hours", "escalate_days", "meet_missed", "meet_dry_days", "times")


def rules_of(organisation_id: int) -> HouseTerms:
    """As a fresh agreement of this organisation is made; one query."""
    row = HouseRules.objects.filter(organisation=organisation_id).values(*_FIELDS).first()
    return HouseTerms(**row) if row else HouseTerms()


@transaction.atomic
def set_rules(*, organisation_id: int, rules: HouseTerms, by: User, now: datetime) -> HouseRules:
    """What agreements propose from here on; those that were made keep what they say."""
    if not by.has_perm(SET_RULES):
        raise NotAllowed(gettext("Only administrators look after organisations."))
    lock(HiringOrganisation, organisation_id)
    organisation = HiringOrganisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Missing(gettext("There is no organisation with this number."))
    _check(rules)
    found, _ = HouseRules.objects.get_or_create(organisation=organisation)
    given = {name: getattr(rules, name) for name in _FIELDS} | {"times": _own(rules.times)}
    changed = [name for name, value in given.items() if getattr(found, name) != value]
    if changed:
        for name in changed:
            setattr(found, name, given[name])
        found.save(update_fields=[*changed, "updated_at"])
        data = {"name": organisation.name, "what": ours(_said)(found, changed), "rules": given}
        record("agreement.rules_changed", subject=found, by=by, now=now, data=data)
    return found


def _check(rules: HouseTerms) -> None:
    if not 0 <= rules.grace_days <= MOST_GRACE:
        raise Invalid(
            gettext("Choose from 0 to %(MOST_GRACE)s working days.") % {"MOST_GRACE": MOST_GRACE},
            field="grace",
        )
    if not 1 <= rules.nudge_hours <= MOST_NUDGE:
        raise Invalid(
            gettext("Choose from 1 to %(MOST_NUDGE)s working hours.") % {"MOST_NUDGE": MOST_NUDGE},
            field="nudge",
        )
    if not 1 <= rules.escalate_days <= MOST_ESCALATE:
        raise Invalid(
            gettext("Choose from 1 to %(MOST_ESCALATE)s working days.") % {"MOST_ESCALATE": MOST_ESCALATE},
            field="escalate",
        )
    if not 0 <= rules.meet_missed <= MOST_MISSED:
        raise Invalid(
            gettext("Choose from 0 to %(MOST_MISSED)s commitments.") % {"MOST_MISSED": MOST_MISSED},
            field="meet_missed",
        )
    if not 0 <= rules.meet_dry_days <= MOST_DRY:
        raise Invalid(
            gettext("Choose from 0 to %(MOST_DRY)s working days.") % {"MOST_DRY": MOST_DRY},
            field="meet_dry_days",
        )
    for code, time in rules.times.items():
        if code not in DEFAULTS or (time is not None and not 1 <= time <= LONGEST):
            raise Invalid(
                gettext("Choose from 1 to %(LONGEST)s, or leave it empty.") % {"LONGEST": LONGEST}, field=code
            )
    if sides_of(rules.proposed()) != set(PartnerSide):
        raise Invalid(gettext("An agreement takes two: propose something of either side."))


def _own(times: Mapping[str, int | None]) -> dict[str, int | None]:
    """Only what differs from the house's own: where nobody said anything, that may still change."""
    return {code: times[code] for code in DEFAULTS if code in times and times[code] != DEFAULTS[code].time}


def _said(rules: HouseRules, changed: list[str]) -> str:
    said = {
        "grace_days": ours(grace_in_words)(rules.grace_days),
        "nudge_hours": kept(f"Reminders {rules.nudge_hours} working hours ahead."),
        "escalate_days": kept(f"What is missed goes up the line after {rules.escalate_days} working days."),
        "meet_missed": _sooner(counted(rules.meet_missed, "missed commitment", "missed commitments")),
        "meet_dry_days": _sooner(_dry(rules.meet_dry_days)),
        "times": "Times: " + _times_in_words(rules.times),
    }
    return " ".join(said[name] for name in changed)


def _dry(days: int) -> str:
    span = counted(days, "working day", "working days")
    return kept(f"{span} without a candidate")


def _sooner(after: str) -> str:
    return (
        kept(f"Partners meet sooner after {after}.")
        if not after.startswith("0 ")
        else kept("Partners do not meet sooner.")
    )


def _times_in_words(times: Mapping[str, int | None]) -> str:
    said = [
        f"{default.what}: {default.unit.counted(time) if time is not None else 'not promised'}"
        for code, default in offered().items()
        if code in times
        for time in [times[code]]
    ]
    return "; ".join(said) + "." if said else kept("as the house proposes.")
