"""Recording that a request was declined."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Invalid, NotAllowed
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.models import Application
from partners.declined.actions.add import support_of
from partners.declined.models import DeclinedRequest, Ground, Way
from partners.declined.rules import RECORD
from requisitions.models import Requisition

LONGEST = 5_000
ASK = {
    "asked": gettext_lazy("Say what was asked."),
    "subject": gettext_lazy("Say in a word what it is about."),
    "rule": gettext_lazy("Say against which law or policy it is."),
    "alternative": gettext_lazy("Say what you offered instead."),
}


@dataclass(frozen=True, kw_only=True)
class Declined:
    """What is said of a request; the asker is somebody of the house, or somebody else by name."""

    asked_at: datetime
    asked_how: str
    asked: str
    subject: str
    ground: str
    rule: str
    alternative: str
    asked_by_name: str = ""


@transaction.atomic
def decline(
    facts: Declined,
    *,
    by: User,
    now: datetime,
    asked_by_id: int | None = None,
    requisition_id: int | None = None,
    application_id: int | None = None,
    kept_from: Sequence[int] = (),
    wants_support: bool = False,
) -> DeclinedRequest:
    """Put it on record. Nobody is told: whoever may see it finds it in the room, and support as a due row."""
    if not by.has_perm(RECORD):
        raise NotAllowed(gettext("Declined requests are recorded by the recruiting team."))
    record = DeclinedRequest(
        **_checked(facts, now), asked_by=_asker(asked_by_id, facts, by), recorded_by=by, recorded_at=now
    )
    record.kept_from = _kept_from(kept_from, by)
    _place(record, requisition_id, application_id, by)
    record.save()
    if wants_support:
        support_of(record, text="", by=by, now=now)
    return record


def _checked(facts: Declined, now: datetime) -> dict[str, object]:
    tidy = {name: value.strip() if isinstance(value, str) else value for name, value in asdict(facts).items()}
    for name, ask in ASK.items():
        if not tidy[name]:
            raise Invalid(ask, field=name)
    for each in fields(facts):
        longest = {"subject": 80, "asked_by_name": 200}.get(each.name, LONGEST)
        if isinstance(tidy[each.name], str) and len(tidy[each.name]) > longest:
            raise Invalid(
                gettext("Keep it under %(longest)s characters.") % {"longest": longest}, field=each.name
            )
    if facts.ground not in Ground.values:
        raise Invalid(gettext("Choose one of the list."), field="ground")
    if facts.asked_how not in Way.values:
        raise Invalid(gettext("Choose one of the list."), field="asked_how")
    if facts.asked_at > now:
        raise Invalid(gettext("It was asked before now."), field="asked_at")
    return tidy


def _asker(asked_by_id: int | None, facts: Declined, by: User) -> User | None:
    if asked_by_id == by.pk:
        raise Invalid(gettext("What one asks oneself is no request to decline."), field="asked_by")
    if bool(asked_by_id) == bool(facts.asked_by_name.strip()):
        raise Invalid(
            gettext("Choose who asked, or name somebody who has no account here."), field="asked_by"
        )
    asker = User.objects.filter(pk=asked_by_id).first() if asked_by_id else None
    if asked_by_id and asker is None:
        raise Invalid(gettext("There is nobody with this number."), field="asked_by")
    return asker


def _kept_from(numbers: Sequence[int], by: User) -> list[int]:
    if by.pk in numbers:
        raise Invalid(gettext("It is yours: you always see it."), field="kept_from")
    return sorted(User.objects.filter(pk__in=numbers).values_list("pk", flat=True))


def _place(record: DeclinedRequest, requisition_id: int | None, application_id: int | None, by: User) -> None:
    """The role and the candidate that it is about, as far as who records it may see them."""
    if application_id is not None:
        application = Application.objects.visible_to(by).filter(pk=application_id).first()
        if application is None:
            raise Invalid(gettext("There is no such application."), field="application")
        requisition_id = application.requisition_id
        record.candidate, record.candidate_name = application.candidate, str(application.candidate)[:200]
    if requisition_id is not None:
        record.requisition = Requisition.objects.visible_to(by).filter(pk=requisition_id).first()
        if record.requisition is None:
            raise Invalid(gettext("There is no such role."), field="requisition")
