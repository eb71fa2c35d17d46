"""What a person does with a message that found no place: say whose it is, or set it aside."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.staff_words import gettext
from ats.mail import arrivals, incoming
from ats.mail.arrivals import Arrived
from ats.mail.incoming import Unreadable
from ats.mail.models import FoundBy, IncomingMail, IncomingState
from candidates.applications.actions import fetch
from candidates.applications.actions.note import LONGEST_NOTE, add_note
from candidates.applications.models import Note
from candidates.inbox import queries
from candidates.inbox.queries import PLACEABLE, is_waiting
from candidates.messages import actions as messages
from candidates.messages.models import Message

HANDLE = "candidates.handle_inbox"
LONGEST = 300


@transaction.atomic
def place(*, incoming_id: int, application_id: int, by: User, now: datetime) -> Message:
    """It belongs to this application: it becomes a message of the conversation, as if it had been found by itself."""
    row = _held(incoming_id, by=by)
    if row.kind not in PLACEABLE:
        raise WrongState(gettext("This is no message of a person's. Set it aside once you have seen to it."))
    content = arrivals.content_of(row)
    if content is None:
        raise WrongState(gettext("Its words are kept no longer."))
    application = fetch.locked(application_id, user=by, permission=messages.PERMISSION)
    if application.candidate.anonymised_at is not None:
        raise WrongState(gettext("This person was erased: nothing of them is to come back."))
    try:
        message = incoming.parsed(content[: incoming.LARGEST])
    except Unreadable as error:
        raise WrongState(
            gettext("No mail program writes like this: set it aside once you have seen to it.")
        ) from error
    arrived = Arrived(row, message, incoming.read(message), content)
    said = messages.take_letter(messages.Letter(arrived, application, FoundBy.HAND), now=now)
    for name, value in application.about().items():
        setattr(row, name, value)
    _settle(row, IncomingState.SETTLED, by=by, now=now, found_by=FoundBy.HAND)
    record("incoming.placed", subject=row, by=by, now=now, data={}, **application.about())
    return said


@transaction.atomic
def note(*, incoming_id: int, by: User, now: datetime) -> Note:
    """A colleague's answer becomes a note on the application that it is about, in the name of who keeps it."""
    row = _held(incoming_id, by=by)
    opened = queries.opened(by, row.pk)
    if not opened.can_be_noted:
        raise WrongState(gettext("This is no answer of a colleague's about an application that you see."))
    who = str(opened.colleague or row.sender_name or row.sender or "A colleague")
    kept = add_note(
        application_id=row.application_id or 0,
        body=f"{who} wrote by mail:\n\n{opened.words}"[:LONGEST_NOTE],
        by=by,
        now=now,
    )
    _settle(row, IncomingState.SETTLED, by=by, now=now, found_by=FoundBy.HAND)
    record("incoming.noted", subject=row, by=by, now=now, data={}, **row.about())
    return kept


@transaction.atomic
def set_aside(*, incoming_id: int, reason: str, by: User, now: datetime) -> IncomingMail:
    """It belongs nowhere here; why is on record."""
    row, reason = _held(incoming_id, by=by), " ".join(reason.split())
    if not reason:
        raise Invalid(gettext("Say why: somebody may look for it."), field="reason")
    if len(reason) > LONGEST:
        raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": LONGEST}, field="reason")
    _settle(row, IncomingState.ASIDE, by=by, now=now, reason=reason)
    record("incoming.set_aside", subject=row, by=by, now=now, data={"reason": reason}, **row.about())
    return row


def _held(incoming_id: int, *, by: User) -> IncomingMail:
    rows = IncomingMail.objects.all()
    row = get_for(rows, incoming_id, user=by, permission=HANDLE, for_update=True)
    if not is_waiting(row):
        raise WrongState(gettext("Somebody has seen to this message already."))
    return row


def _settle(row: IncomingMail, state: IncomingState, *, by: User, now: datetime, **facts: str) -> None:
    row.state, row.settled_at, row.settled_by = state, now, by
    for name, value in facts.items():
        setattr(row, name, value)
    row.save()
