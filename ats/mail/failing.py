"""What becomes of a message that did not leave, by whose trouble it was."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ats.activity.record import Entry, record_many
from ats.duework import engine
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.kept import kept
from ats.mail.models import MailState, OutgoingMail
from ats.mail.settling import settle

QUICK = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 900, 1800, 3600))
SLOW = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 480))
BROKEN = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 900, 1800))
MOST_CUTS = 2
"""So often a message is given away without an answer; then a person finds out whether it arrived."""
LATE = timedelta(days=2)
"""After this people are told that a message is still here; it goes on being tried."""


def again(mail: OutgoingMail, error: Exception, now: datetime, waits: tuple[timedelta, ...]) -> None:
    """It is about this message: it waits, and in the end has failed."""
    outcome = engine.failed(mail, error, now=now, back_off=waits) | {"last_error": why(error)}
    state = MailState.FAILED if outcome["attempts"] >= MAX_ATTEMPTS else MailState.QUEUED
    settle(mail, now, state=state, begun_at=None, **outcome)


def put_off(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    """It is the server's trouble and counts against no message: this one waits, as long as it takes."""
    breaks = mail.breaks + 1
    wait = BROKEN[min(breaks, len(BROKEN)) - 1]
    settle(
        mail,
        now,
        state=MailState.QUEUED,
        begun_at=None,
        breaks=min(breaks, 1000),
        retry_at=now + wait,
        last_error=why(error),
    )
    if now - mail.not_before > LATE:
        tell_of_delay(now, Q(pk=mail.pk))


def cut(mail: OutgoingMail, error: Exception, now: datetime, *, wait: timedelta = QUICK[0]) -> None:
    """The server may have it: once more with the same Message-ID where that is allowed, and then no more."""
    cuts = mail.cuts + 1
    if mail.repeatable and cuts < MOST_CUTS:
        settle(
            mail,
            now,
            state=MailState.QUEUED,
            begun_at=None,
            cuts=cuts,
            attempts=min(mail.attempts + 1, MAX_ATTEMPTS - 1),
            retry_at=now + wait,
            last_error=why(error),
        )
        return
    reason = kept(f"The connection broke before the mail server had confirmed the message. {error}")
    settle(mail, now, state=MailState.UNKNOWN, cuts=cuts, last_error=reason[:2000])


def fail(mail: OutgoingMail, error: Exception, now: datetime, *, response: str = "") -> None:
    """Trying again cannot help."""
    settle(
        mail,
        now,
        state=MailState.FAILED,
        attempts=min(mail.attempts + 1, MAX_ATTEMPTS),
        last_error=why(error),
        response=response[:500],
    )


def tell_of_delay(now: datetime, which: Q | None = None) -> None:
    """Put on record, once for each, that messages are late by days because the mail server is in trouble."""
    late = OutgoingMail.objects.filter(
        which or Q(), state=MailState.QUEUED, not_before__lt=now - LATE, delayed_at=None
    )
    with transaction.atomic():
        rows = late.select_for_update(skip_locked=True, no_key=True).order_by("not_before", "id")
        mails = list(rows.defer("text", "html")[: engine.BATCH])
        if mails:
            OutgoingMail.objects.filter(pk__in=[mail.pk for mail in mails]).update(delayed_at=now)
            entries = [Entry(mail, {"subject": mail.subject}) for mail in mails]
            record_many("mail.delayed", entries, by=None, now=now)


def why(error: Exception) -> str:
    return str(error)[:2000] or type(error).__name__
