"""Writing to candidates and hearing from them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Greatest
from django.utils.translation import gettext_lazy

from ats.accounts.models import User
from ats.activity.record import CanAct, announce, record
from ats.kernel import staff_words
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.languages import too_long
from ats.kernel.lawful import WRITTEN
from ats.mail import outbox, roles
from ats.mail.outbox import Letter
from ats.mail.roles import Words
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import lawful, letters, quiet_hours, words
from candidates.internal.queries import recruiter_of
from candidates.messages.models import Channel, Direction, Message, Substance
from candidates.messages.queries import substance
from candidates.people.models import Candidate

ROLE = letters.MESSAGE
RECEIVED = "conversation.received"
PERMISSION = "candidates.message_candidate"
LONGEST_IN = 10_000
TWICE = timedelta(minutes=2)
"""Within it, the same words once more are a second click, not a second message."""


@transaction.atomic
def send(
    *,
    application_id: int,
    subject: str,
    body: str,
    by: User,
    now: datetime,
    send_at: datetime | None = None,
    gaps_meant: bool = False,
) -> Message:
    """Write to the candidate, now or at `send_at`; placeholders may stand in both parts.

    Sent now, words of one's own answer what was asked, and it keeps what is promised as the policy says.
    Scheduled, it does so when it is handed over: an intention is no answer. A text with a gap is sent only
    where that is said to be meant (`gaps_meant`), and keeps nothing.
    """
    application = fetch.locked(application_id, user=by, permission=PERMISSION)
    if not subject.strip():
        raise Invalid(staff_words.gettext("Write a subject."), field="subject")
    if send_at is not None and send_at <= now:
        raise Invalid(staff_words.gettext("Give a time that lies ahead."), field="send_at")
    quiet_hours.check_later(send_at, now=now)
    written = letters.own_words(subject, body, gaps_meant, application=application)
    texts = {"subject": subject, "body": body}
    lawful.check(application, texts, where="message", what="The message to", uses=WRITTEN)
    message = Message.objects.create(
        candidate=application.candidate,
        application=application,
        direction=Direction.OUT,
        author=by,
        subject=written.subject[:300],
        body=written.body,
        said_at=send_at or now,
    )
    mail = letters.queue(
        ROLE,
        application=application,
        key=f"message:{message.pk}",
        now=now,
        words=written,
        sender=by,
        not_before=send_at,
    )
    # As it left, with the placeholders filled in: what the portal shows is what the mail says.
    message.mail, message.subject = mail, mail.subject
    message.body = letters.without_button(mail.text)
    message.substance = substance.of(message.body, application=application)
    message.save(update_fields=["mail", "subject", "body", "substance"])
    if send_at is None:
        said(message, by=by, now=now)
    else:
        zone = application.calendar.zone
        data = _data(message) | {"when": f"on {words.day(send_at, zone)}", "send_at": send_at.isoformat()}
        record("message.scheduled", subject=message, by=by, now=now, data=data, **application.about())
    touch(application, now=now)
    return message


@transaction.atomic
def receive(*, candidate: Candidate, application: Application, body: str, now: datetime) -> Message:
    """Take in what a candidate wrote in the portal: it waits for an answer, and an answer is promised.

    The same words twice in a moment are one message.
    """
    if application.candidate_id != candidate.pk:
        raise Missing(staff_words.gettext("No such application."))
    body = words.typed(body)
    if not body:
        raise Invalid(gettext_lazy("Write your message."), field="body")
    if len(body) > LONGEST_IN:
        raise Invalid(
            too_long(LONGEST_IN),
            field="body",
        )
    application = fetch.relocked(application)
    before = application.messages.filter(direction=Direction.IN, body=body, said_at__gt=now - TWICE)
    if twice := before.order_by("-said_at").first():
        return twice
    message = Message.objects.create(
        candidate=candidate,
        application=application,
        direction=Direction.IN,
        body=body,
        said_at=now,
    )
    record(
        "message.received", subject=message, by=candidate, now=now, data=_data(message), **application.about()
    )
    tell_recruiters([message], now=now)
    touch(application, now=now)
    return message


@transaction.atomic
def mark_answered(*, message_id: int, by: User, now: datetime) -> Message:
    """Say that a message needs no answer, or was answered elsewhere."""
    place = Message.objects.filter(pk=message_id).values_list("application", flat=True).first()
    application = fetch.locked(place or 0, user=by, permission=PERMISSION)
    message = application.messages.select_for_update(no_key=True).get(pk=message_id)
    if message.direction != Direction.IN or message.answered_at is not None:
        raise WrongState(staff_words.gettext("This message does not wait for an answer."))
    message.answered_at = now
    message.save(update_fields=["answered_at"])
    message.application = application
    record("message.settled", subject=message, by=by, now=now, data=_data(message), **application.about())
    return message


@transaction.atomic
def cancel_scheduled(*, message_id: int, by: User, now: datetime) -> None:
    """Take back a message that was to be sent later."""
    place = Message.objects.filter(pk=message_id).values_list("application", flat=True).first()
    application = fetch.locked(place or 0, user=by, permission=PERMISSION)
    message = application.messages.select_related("mail").get(pk=message_id)
    if message.mail is None or not outbox.cancel(now=now, pk=message.mail.pk):
        raise WrongState(staff_words.gettext("This message has left already."))
    if message.said_at <= now:  # it counted when it was written
        message.mail.refresh_from_db(fields=["state"])
        did_not_arrive(message, now=now)


def said(message: Message, *, by: CanAct | None, now: datetime) -> None:
    """A message of ours is on its way, and words of one's own answer what was asked.

    One that cannot leave (no address, or one that refuses mail) answers nothing.
    """
    application = message.application
    assert application is not None
    if message.leaves and message.substance == Substance.OWN:
        _answers(message, application, now=now)
    record("message.sent", subject=message, by=by, now=now, data=_data(message), **application.about())


def _answers(message: Message, application: Application, *, now: datetime) -> None:
    waiting = application.messages.unanswered()
    waiting.update(answered_at=now, answered_by=message, updated_at=now)


@transaction.atomic
def note_told(
    *, application_id: int, channel: str, body: str, by: User, now: datetime, told_at: datetime | None = None
) -> Message:
    """Note that a person told the candidate something, by telephone or in person, and what.

    It counts like words of one's own. Where an outcome had not been told yet, this tells it. The candidate's
    page says that and when somebody spoke with them, not what was noted.
    """
    application = fetch.locked(application_id, user=by, permission=PERMISSION)
    words_said, said_at = words.typed(body), told_at or now
    if channel not in {Channel.CALL, Channel.IN_PERSON}:
        raise Invalid(staff_words.gettext("Say how you told them."), field="channel")
    if not words_said:
        raise Invalid(staff_words.gettext("Note what you told them."), field="body")
    if len(words_said) > LONGEST_IN:
        raise Invalid(
            staff_words.gettext("Keep the note under %(limit)s characters.") % {"limit": LONGEST_IN},
            field="body",
        )
    if not application.applied_at <= said_at <= now:
        raise Invalid(staff_words.gettext("Give a time between their application and now."), field="told_at")
    message = Message.objects.create(
        candidate=application.candidate,
        application=application,
        direction=Direction.OUT,
        channel=channel,
        author=by,
        body=words_said,
        said_at=said_at,
    )
    _answers(message, application, now=now)
    record("message.noted", subject=message, by=by, now=now, data=_data(message), **application.about())
    touch(application, now=now)
    return message


def arrived_after_all(message: Message, *, now: datetime) -> None:
    """Sent once more, it has reached them: it answers what it had answered."""
    assert message.application is not None
    if message.substance == Substance.OWN:
        _answers(message, message.application, now=now)
    announce("message.arrived", subject=message, by=None, now=now)


@transaction.atomic
def did_not_arrive(message: Message, *, now: datetime) -> None:
    """A message of ours that counted has failed: what it answered waits again."""
    if message.application is None or message.mail is None or message.substance == Substance.GAP:
        return
    message.application = fetch.relocked(message.application)
    message.answers.update(answered_at=None, answered_by=None, updated_at=now)
    announce("message.lost", subject=message, by=None, now=now)


def tell_recruiters(messages: Sequence[Message], *, now: datetime) -> None:
    """Whoever owns the application of each of these gets it, in their language."""
    role = roles.get(RECEIVED)
    words_in: dict[str, Words] = {}
    due = []
    for message in messages:
        application = message.application
        assert application is not None
        user = recruiter_of(application)
        if user.language not in words_in:
            words_in[user.language] = outbox.words_for(role, organisation=None, language=user.language)
        values = {
            "user.first_name": user.get_short_name(),
            "candidate.name": application.candidate.name,
            "job.title": application.requisition.title,
            "message": f"({message.doubt})\n\n{message.body}" if message.doubt else message.body,
            "link": letters.staff_link(f"/applications/{application.pk}/"),
        }
        due.append(
            Letter(
                to=letters.to_user(user),
                message=outbox.filled(role, words_in[user.language], values, reader=user.language),
                key=f"received:{message.pk}",
                about={"requisition_id": application.requisition_id},
            )
        )
    outbox.queue_many(RECEIVED, due, now=now)


def touch_all(applications: Iterable[int | None], *, now: datetime) -> None:
    """Something has happened with these."""
    rows = Application.objects.filter(pk__in={number for number in applications if number})
    rows.update(last_activity_at=Greatest("last_activity_at", now), updated_at=now)


def touch(application: Application, *, now: datetime) -> None:
    application.last_activity_at = max(now, application.last_activity_at)
    application.save(update_fields=["last_activity_at"])


def _data(message: Message) -> dict[str, Any]:
    return {"message_id": message.pk}
