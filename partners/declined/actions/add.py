"""What is added to a record: notes, what came of it, the ordinary answer, and support."""

from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from partners.declined.models import Addition, DeclinedAddition, DeclinedRequest
from partners.declined.queries.sight import case_of, office
from partners.declined.queries.support import open_support
from partners.declined.rules import VIEW
from partners.partnerships.actions import write_word

LONGEST = 5_000
SUPPORT_DAYS = 1
"""Working days in which support is due."""
BY_HAND = (Addition.NOTE, Addition.OUTCOME)


def fetch(declined_id: int, by: User) -> DeclinedRequest:
    """The record, held for adding to it."""
    return get_for(DeclinedRequest.objects.all(), declined_id, user=by, permission=VIEW, for_update=True)


def added(
    record: DeclinedRequest, kind: Addition, *, text: str, by: User | None, now: datetime
) -> DeclinedAddition:
    due_at = _due(record, now) if kind == Addition.SUPPORT else None
    return DeclinedAddition.objects.create(record=record, kind=kind, text=text, by=by, at=now, due_at=due_at)


@transaction.atomic
def add(*, declined_id: int, kind: str, text: str, by: User, now: datetime) -> DeclinedAddition:
    """A note by whoever sees it, or what came of it; what stands there stays as it is."""
    record = fetch(declined_id, by)
    if kind not in BY_HAND:
        raise Invalid(gettext("Choose one of the list."), field="kind")
    return added(record, Addition(kind), text=_words(text), by=by, now=now)


@transaction.atomic
def ask_support(*, declined_id: int, text: str, by: User, now: datetime) -> DeclinedAddition:
    """A due row of the lead's, or of the next in line where it is the lead who asked."""
    record = fetch(declined_id, by)
    if record.recorded_by_id != by.pk:
        raise NotAllowed(gettext("Whoever recorded it asks for support."))
    if open_support([record.pk]):
        raise WrongState(gettext("Support is asked for already."))
    return support_of(record, text=text, by=by, now=now)


def support_of(record: DeclinedRequest, *, text: str, by: User, now: datetime) -> DeclinedAddition:
    if not office().supporters(case_of(record)):
        raise Invalid(
            gettext(
                "Nobody is named who could support you in this. An administrator names who is next in line."
            ),
            field="support",
        )
    return added(record, Addition.SUPPORT, text=_short(text), by=by, now=now)


@transaction.atomic
def give_support(*, declined_id: int, text: str, by: User, now: datetime) -> DeclinedAddition:
    """Somebody who sees it beside its recorder has taken it in hand, and says how."""
    record = fetch(declined_id, by)
    if record.recorded_by_id == by.pk:
        raise NotAllowed(gettext("Somebody else gives support."))
    if not open_support([record.pk]):
        raise WrongState(gettext("No support is asked for, or somebody has given it already."))
    return added(record, Addition.SUPPORTED, text=_words(text), by=by, now=now)


@transaction.atomic
def answer(*, declined_id: int, text: str, by: User, now: datetime) -> DeclinedAddition:
    """Whoever asked gets an ordinary message, as any colleague gets one; ground and record stay apart from it."""
    record = fetch(declined_id, by)
    if record.recorded_by_id != by.pk:
        raise NotAllowed(gettext("Whoever declined gives the answer."))
    if record.asked_by is None:
        raise WrongState(
            gettext("Whoever asked has no account here: answer them in your own way, and note it.")
        )
    text = _words(text)
    write_word(to_id=record.asked_by.pk, text=text, requisition_id=record.requisition_id, by=by, now=now)
    return added(record, Addition.ANSWERED, text=text, by=by, now=now)


def _words(text: str) -> str:
    text = _short(text)
    if not text:
        raise Invalid(gettext("Write a few words."), field="text")
    return text


def _short(text: str) -> str:
    text = text.strip()
    if len(text) > LONGEST:
        raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field="text")
    return text


def _due(record: DeclinedRequest, now: datetime) -> datetime:
    calendars = WorkingCalendar.objects.order_by("pk")
    if record.requisition is not None:
        calendars = calendars.filter(pk=record.requisition.organisation.calendar_id)
    calendar = calendars.first()
    return working_time.after_days(calendar, now, SUPPORT_DAYS) if calendar else now + timedelta(days=1)
