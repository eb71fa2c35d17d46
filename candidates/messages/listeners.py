"""What becomes of a message by the fate of its mail, what comes in by mail; and when a candidate knows the outcome.

One that was scheduled counts from the moment at which it was handed over; one that did not arrive takes back
what it had settled. Who was told the outcome by telephone or in person knows it, whatever becomes of the letter.
"""

from collections.abc import Sequence
from datetime import datetime

from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.mail.arrivals import Arrived, Outcome, Placed, ToPeople
from ats.mail.delivery import settled
from ats.mail.inbound import reads, reads_many
from ats.mail.incoming import Kind, replying
from ats.mail.models import FoundBy, MailState, OutgoingMail, Why
from candidates.applications.actions import fetch, note_told
from candidates.applications.models import DECISION_MAILS, Application, ApplicationState
from candidates.messages.actions import (
    ROLE,
    Gone,
    Letter,
    arrived_after_all,
    did_not_arrive,
    overtake,
    said,
    take_letter,
    take_letters,
)
from candidates.messages.models import Channel, Direction, Message
from candidates.messages.queries import places
from candidates.messages.queries.places import Asked, Place

__all__ = ["overtake"]

TELLABLE = (ApplicationState.REJECTED, ApplicationState.HIRED)
"""What we decide: who withdrew knows it themselves."""
LOST = (MailState.FAILED, MailState.BOUNCED, MailState.WITHHELD, MailState.CANCELLED)


@settled(ROLE)
def handed_over(mail: OutgoingMail, now: datetime) -> None:
    message = Message.objects.filter(mail=mail.pk).select_related("author", "application").first()
    if message is None or message.application is None:
        return
    message.mail = mail
    if mail.state in LOST:
        if _counted(message):
            did_not_arrive(message, now=now)
        return
    if mail.state != MailState.SENT:
        return
    message.application = fetch.relocked(message.application)
    if _counted(message):
        arrived_after_all(message, now=now)
    else:
        said(message, by=message.author, now=now)


def _counted(message: Message) -> bool:
    return Activity.objects.filter(
        application_id=message.application_id,
        verb="message.sent",
        subject_type="message",
        subject_id=message.pk,
    ).exists()


@settled(*DECISION_MAILS)
def tell_outcome(mail: OutgoingMail, now: datetime) -> None:
    """Sent: told. Came back: a debt again. Everything else leaves the debt as it is."""
    if mail.state not in {MailState.SENT, MailState.BOUNCED}:
        return
    application = note_told.decided(mail.application_id or 0)
    if application is None or application.decided_at is None or mail.not_before < application.decided_at:
        return  # about a decision that was taken back
    if mail.state == MailState.SENT and application.told_at is None:
        note_told.told(application, at=mail.sent_at or now, by=None, now=now, mail_id=mail.pk)
    elif mail.state == MailState.BOUNCED and application.told_at is not None and not _in_person(application):
        note_told.not_told(application, now=now, mail_id=mail.pk)


@subscribe("message.noted")
def told_in_person(activity: Activity) -> None:
    """Who notes that they told somebody the outcome has told it."""
    message: Message = activity.subject
    application = note_told.decided(activity.application_id or 0)
    if application is None or application.told_at is not None or application.state not in TELLABLE:
        return
    if message.said_at >= (application.decided_at or message.said_at):
        at, now = message.said_at, activity.occurred_at
        note_told.told(application, at=at, by=message.author, now=now, mail_id=None)


def _in_person(application: Application) -> bool:
    """Whether somebody told them beside the message: that stands, whatever becomes of it."""
    noted = Message.objects.filter(application=application, direction=Direction.OUT)
    return noted.filter(said_at__gte=application.decided_at).exclude(channel=Channel.MAIL).exists()


# --- What comes in by mail


@reads(Kind.LETTER, Kind.AUTOMATIC)
def came_in(arrived: Arrived, now: datetime) -> Outcome:
    """Into the conversation that it belongs to. What a program wrote needs nobody where it belongs to none."""
    if places.is_own(arrived):
        return Placed()
    place = places.of(arrived, Asked([arrived]))
    letter = _letter(arrived, place)
    if letter is None:
        return _to_nobody(arrived, place)
    try:
        take_letter(letter, now=now)
    except Gone:
        return ToPeople(why=Why.GONE)
    return _into(letter, place)


@reads_many(Kind.LETTER, Kind.AUTOMATIC)
def many_came_in(arrived: Sequence[Arrived], now: datetime) -> list[Outcome | None]:
    """Those whose place our own tags and ids say, without files; where each of the others belongs is asked alone."""
    asked, outcomes, due = Asked(arrived), dict[int, Outcome](), list[tuple[Letter, Place]]()
    for each in arrived:
        if places.is_own(each):
            outcomes[each.row.pk] = Placed()
            continue
        place = places.of_ours(each, asked)
        if place is None or any(replying.files(each.message)):
            continue
        letter = _letter(each, place)
        if letter is None:
            outcomes[each.row.pk] = _to_nobody(each, place)
        else:
            due.append((letter, place))
    taken = take_letters([letter for letter, _ in due], now=now)
    for (letter, place), message in zip(due, taken, strict=True):
        if message is not None:
            outcomes[letter.arrived.row.pk] = _into(letter, place)
    return [outcomes.get(each.row.pk) for each in arrived]


def _letter(arrived: Arrived, place: Place) -> Letter | None:
    """What is to be taken into a conversation; None where a person has to say into which."""
    if place.application is None or place.why is not None:
        return None
    found_by, is_automatic = place.found_by or FoundBy.HAND, arrived.found.kind == Kind.AUTOMATIC
    return Letter(arrived, place.application, found_by, is_automatic)


def _to_nobody(arrived: Arrived, place: Place) -> Outcome:
    if arrived.found.kind == Kind.AUTOMATIC:
        return Placed(about=place.about)
    return ToPeople(why=place.why or Why.UNKNOWN, about=place.about, mail=place.mail)


def _into(letter: Letter, place: Place) -> Placed:
    return Placed(about=letter.application.about(), found_by=place.found_by, mail=place.mail)
