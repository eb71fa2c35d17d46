"""Raising celebrations, telling them once, taking them back, and who wants none."""

from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.db import transaction
from django.urls import reverse

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.chat import actions as chat
from ats.chat.models import What
from ats.kernel.access import lock
from ats.mail import outbox
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.models import HireRecord, Praise
from partners.celebrations import mails, queries, workflow
from partners.celebrations.domain import lines
from partners.celebrations.models import Celebration, CelebrationKind, CelebrationState, QuietUser
from partners.partnerships.models import Partnership
from requisitions.models import Requisition, RequisitionState

MORNING = time(9)


def partnership_of(requisition_id: int | None) -> Partnership | None:
    """The partnership of a role, locked, with what a celebration says of it; some roles have none."""
    rows = Partnership.objects.filter(requisition=requisition_id)
    for number in rows.values_list("pk", flat=True):
        lock(Partnership, number)
    return rows.select_related("requisition__organisation__calendar").first()


@transaction.atomic
def raise_hire(*, hire: HireRecord, requisition_id: int, now: datetime) -> Celebration | None:
    """Somebody is hired: it is told on the next working morning, once the candidate themselves knows."""
    partnership = partnership_of(requisition_id)
    if partnership is None:
        return None
    key = f"hire:{hire.application_id}"
    return _raise(partnership, CelebrationKind.HIRE, key, now=now, application_id=hire.application_id)


@transaction.atomic
def raise_goal(*, requisition_id: int, now: datetime) -> Celebration | None:
    """The role is filled: where everybody starts by the day that was hoped for, that is a goal met."""
    partnership = partnership_of(requisition_id)
    if partnership is None or _goal(partnership.requisition) is None:
        return None
    return _raise(partnership, CelebrationKind.GOAL, "goal:start", now=now)


@transaction.atomic
def raise_praise(*, praise_id: int, now: datetime) -> Celebration | None:
    """A candidate has said yes to having their kind words shown to those who took part."""
    application = Praise.objects.select_related("message__application").get(pk=praise_id).message.application
    partnership = partnership_of(application.requisition_id) if application else None
    if partnership is None or application is None:
        return None
    key = f"praise:{praise_id}"
    return _raise(partnership, CelebrationKind.PRAISE, key, now=now, application_id=application.pk)


def _raise(
    partnership: Partnership,
    kind: CelebrationKind,
    key: str,
    *,
    now: datetime,
    application_id: int | None = None,
) -> Celebration:
    due_at = next_morning(partnership.requisition.organisation.calendar, now)
    facts = {"kind": kind, "application_id": application_id, "due_at": due_at}
    found, created = Celebration.objects.get_or_create(partnership=partnership, key=key, defaults=facts)
    if not created and found.state == CelebrationState.TAKEN_BACK:
        again = CelebrationState.TOLD if found.told_at else CelebrationState.WAITING
        said = (_praise(found) or {}) if kind == CelebrationKind.PRAISE else found.facts
        _change(found, again, due_at=due_at, facts=said)
    return found


def next_morning(calendar: WorkingCalendar, now: datetime) -> datetime:
    """Nine o'clock of the next day on which somebody is there."""
    today = now.astimezone(calendar.zone).date()
    day = working_time.next_working_day(calendar, today)
    return datetime.combine(day, MORNING, calendar.zone)


def _change(celebration: Celebration, state: CelebrationState, **facts: Any) -> None:
    assert state in workflow.TRANSITIONS[CelebrationState(celebration.state)]
    celebration.state = state
    for name, value in facts.items():
        setattr(celebration, name, value)
    celebration.save(update_fields=["state", *facts, "updated_at"])


@transaction.atomic
def take_back(
    *, requisition_id: int | None, keys: Iterable[str], why: str, by: CanAct | None, now: datetime
) -> int:
    """What it was about is not so any more: a line that waits is told to nobody, and pages show it no longer."""
    partnership = partnership_of(requisition_id)
    if partnership is None:
        return 0
    rows = Celebration.objects.filter(partnership=partnership, key__in=list(keys))
    standing = rows.exclude(state=CelebrationState.TAKEN_BACK)
    found = list(standing.select_for_update(no_key=True))
    for row in found:
        _withdraw(row, why=why, by=by, now=now)
    return len(found)


def _withdraw(row: Celebration, *, why: str, by: CanAct | None, now: datetime) -> None:
    was_told = row.state == CelebrationState.TOLD
    # What a candidate let us share is kept no longer than they do.
    gone: dict[str, Any] = {"facts": {}} if row.kind == CelebrationKind.PRAISE else {}
    _change(row, CelebrationState.TAKEN_BACK, **gone)
    outbox.cancel(now=now, idempotency_key__startswith=mails.key_of(row))
    if was_told:
        record("celebration.taken_back", subject=row, by=by, now=now, data={"why": why})


def tell(celebration: Celebration, now: datetime) -> None:
    """Look again, and tell what is so; with it go the others of this role whose morning it is, in one mail."""
    partnership = partnership_of(celebration.partnership.requisition_id)
    assert partnership is not None
    due = Celebration.objects.ready(now).filter(partnership=partnership).order_by("pk")
    told = [row for row in due.select_for_update(no_key=True) if _told(row, partnership, now=now)]
    people = {person.pk: person for row in told for person in _reached(row)}
    for person in people.values():
        theirs = [row for row in told if person.pk in row.people]
        reach(person, partnership, theirs, now=now)


def _told(row: Celebration, partnership: Partnership, *, now: datetime) -> bool:
    """Whether it is told now: not what came to nothing, nor a hire of whom the candidate has not heard yet."""
    row.partnership, role = partnership, partnership.requisition
    facts = _facts(row, role, now=now)
    if facts is None:
        _withdraw(row, why="it is not so any more", by=None, now=now)
        return False
    if row.kind == CelebrationKind.HIRE and row.application is not None and row.application.told_at is None:
        row.due_at = next_morning(role.organisation.calendar, now)
        row.save(update_fields=["due_at", "updated_at"])
        return False
    about = (
        [row.application_id]
        if row.application_id
        else [hire.application_id for hire in queries.standing_hires(role.pk)]
    )
    people = [person.pk for person in queries.took_part(partnership, about)]
    facts |= queries.bars(partnership, now=now) if row.kind != CelebrationKind.PRAISE else {}
    _change(row, CelebrationState.TOLD, facts=facts, people=people, told_at=now)
    line = {"line": queries.line_of(row)}
    record("celebration.told", subject=row, by=None, now=now, data=line)
    return True


def _facts(row: Celebration, role: Requisition, *, now: datetime) -> dict[str, Any] | None:
    """What it says, as it is now; None where it is so no more."""
    if row.kind == CelebrationKind.GOAL:
        return _goal(role)
    if row.kind == CelebrationKind.PRAISE:
        return _praise(row)
    return _hire(row, role, now=now)


def _hire(row: Celebration, role: Requisition, *, now: datetime) -> dict[str, Any] | None:
    hires = [hire for hire in queries.standing_hires(role.pk) if hire.application_id == row.application_id]
    if not hires:
        return None
    opened = role.opened_at.astimezone(role.organisation.calendar.zone).date() if role.opened_at else None
    usual = queries.usual(role, hires[0].application_id, now=now)
    starts, target = hires[0].starts_on, role.target_start
    return lines.in_facts(lines.saved(opened=opened, starts=starts, target=target, usual=usual))


def _praise(row: Celebration) -> dict[str, Any] | None:
    praise = Praise.objects.select_related("message").get(pk=row.key.removeprefix("praise:"))
    return {"words": lines.shortened(praise.message.body)} if praise.agreed else None


def _goal(role: Requisition) -> dict[str, Any] | None:
    hires = queries.standing_hires(role.pk)
    target = role.target_start
    if target is None or role.state != RequisitionState.FILLED or not hires:
        return None
    if any(hire.starts_on is None or hire.starts_on > target for hire in hires):
        return None
    return {"target": target.isoformat(), "seats": len(hires)}


def _reached(row: Celebration) -> list[User]:
    quiet = queries.quiet(row.people)
    return list(User.objects.filter(pk__in=set(row.people) - quiet, is_active=True).order_by("pk"))


def reach(person: User, partnership: Partnership, rows: list[Celebration], *, now: datetime) -> None:
    """By mail, and in the rooms that this person, or the team, chose for it."""
    mails.send(person, partnership, rows, now=now)
    # What a candidate let their team read is not for a house of others.
    told = [row for row in rows if row.kind != CelebrationKind.PRAISE]
    if not told:
        return
    role = partnership.requisition
    said: dict[str, Any] = {
        "what": What.CELEBRATION,
        "key": mails.key_of(told[0]),
        "text": "\n".join(queries.line_of(row) for row in told),
        "path": reverse("celebrations"),
        "about": partnership.about(),
    }
    chat.tell_person(person, **said)
    if not role.confidential:
        chat.tell_team(role.organisation_id, **said)


@transaction.atomic
def set_quiet(*, by: User, off: bool, now: datetime) -> None:
    """Switch one's own celebrations off, or on again."""
    if off:
        QuietUser.objects.get_or_create(user=by, defaults={"since": now})
    else:
        QuietUser.objects.filter(user=by).delete()
