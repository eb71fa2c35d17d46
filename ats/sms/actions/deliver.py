"""The lane that hands SMS over: each at most once.

- nobody could be reached, or the provider says *not now*: it waits, longer each time, and has failed in the end;
- the provider says *no* to the number: it has failed; to the account: nothing more is sent until a person tries again;
- whoever has the number told the provider that they want none: it is as if they had told us;
- the line broke after the SMS may have left, or an answer that nobody can read: it stops as *unknown* and is not
  repeated. So does one whose worker did not come back.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.domain import sealing
from ats.chat.actions import wire
from ats.duework import engine
from ats.duework.faults import is_away
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept
from ats.mail.keys import without_keys
from ats.sms import mails
from ats.sms.actions.providers import address_of, speaker_to
from ats.sms.actions.suppress import is_suppressed, suppress
from ats.sms.domain.answers import Answer, Outcome, answer_of
from ats.sms.models import SmsAccount, SmsKind, SmsMessage, SmsState

logger = logging.getLogger(__name__)

BATCH = 10
LEASE = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 30, 60, 120))
LOST = kept("The worker that was sending it did not come back: it may have been sent.")
LATE = "It would have come too late."
UNWANTED = "Whoever has this number wants no SMS."
NO_ACCOUNT = "No provider of SMS is set any more."
RESTS = "The provider takes no SMS of ours."
FORGOTTEN = "This SMS held a code; it is not kept."


@dataclass(frozen=True)
class Verdict:
    """Of an SMS at the door: until when it waits, or why it does not leave at all."""

    why: str = ""
    until: datetime | None = None


Asks = Callable[[SmsMessage, datetime], Verdict | None]
_asked: list[Asks] = []


def asked_at_the_door(asks: Asks) -> Asks:
    """Let the decorated function say which SMS must not leave after all, or not yet."""
    _asked.append(asks)
    return asks


def lost() -> QuerySet[SmsMessage]:
    return engine.lost(SmsMessage.objects.filter(state=SmsState.SENDING))


def deliver(now: datetime) -> int:
    """One batch; how many SMS were dealt with."""
    left = engine.claim(lost().order_by("id"), now=now, lease=LEASE, batch=BATCH)
    for message in left:
        _without_worker(message)
    ready = SmsMessage.objects.ready(now).order_by("not_before", "id")
    messages = engine.claim(ready, now=now, lease=LEASE, batch=BATCH, state=SmsState.SENDING)
    for message in messages:
        _deliver(message, now)
    return len(left) + len(messages)


def _deliver(message: SmsMessage, now: datetime) -> None:
    """One that cannot be written on holds up no other: its lease runs out."""
    try:
        account = SmsAccount.objects.filter(organisation=message.organisation_id).first()
        if verdict := _at_the_door(message, account, now):
            _held_back(message, verdict)
        elif account is not None and engine.renew(message, LEASE, begun_at=now):
            _settle(message, account, _hand_over(message, account), now)
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("%s could not be dealt with", message)


def _without_worker(message: SmsMessage) -> None:
    if message.begun_at is None:
        engine.settle(message, state=SmsState.QUEUED)
    else:
        engine.settle(message, state=SmsState.UNKNOWN, last_error=LOST, text=_kept(message))


def _at_the_door(message: SmsMessage, account: SmsAccount | None, now: datetime) -> Verdict | None:
    """As the world is now: much may have changed since it was written."""
    if message.not_after <= now:
        return Verdict(LATE)
    if account is None:
        return Verdict(NO_ACCOUNT)
    if account.problem:
        return Verdict(RESTS)
    if is_suppressed(message.to):
        return Verdict(UNWANTED)
    return next(filter(None, (asks(message, now) for asks in _asked)), None)


def _held_back(message: SmsMessage, verdict: Verdict) -> None:
    if verdict.until is not None and verdict.until < message.not_after:
        engine.settle(message, state=SmsState.QUEUED, not_before=verdict.until)
        return
    why = verdict.why or LATE
    engine.settle(message, state=SmsState.CANCELLED, last_error=why, text=_kept(message))


def _hand_over(message: SmsMessage, account: SmsAccount) -> Answer:
    url = sealing.opened(account.address)
    if url is None:
        return Answer(Outcome.ACCOUNT, "Its address was sealed with a key that the house has no more.")
    try:
        address = address_of(url)
    except Invalid as error:
        return Answer(Outcome.ACCOUNT, str(error.message))
    speaker = speaker_to(address, message.to)
    if speaker is None:
        return Answer(Outcome.NUMBER, "The provider's own form has no place for this number.")
    return answer_of(account.provider, wire.spoken(lambda: speaker, message.text))


def _settle(message: SmsMessage, account: SmsAccount, answer: Answer, now: datetime) -> None:
    if answer.outcome is Outcome.SENT:
        engine.settle(message, state=SmsState.SENT, sent_at=now, last_error="", text=_kept(message))
    elif answer.outcome is Outcome.UNKNOWN:
        engine.settle(message, state=SmsState.UNKNOWN, last_error=answer.why, text=_kept(message))
    elif answer.outcome is Outcome.LATER:
        _again(message, answer, now)
    else:
        _refused(message, account, answer, now)


def _again(message: SmsMessage, answer: Answer, now: datetime) -> None:
    outcome = engine.failed(message, OSError(answer.why), now=now, back_off=WAITS) | {
        "last_error": answer.why
    }
    if outcome["attempts"] >= MAX_ATTEMPTS:
        engine.settle(message, state=SmsState.FAILED, text=_kept(message), **outcome)
    else:
        engine.settle(message, state=SmsState.QUEUED, begun_at=None, **outcome)


@transaction.atomic
def _refused(message: SmsMessage, account: SmsAccount, answer: Answer, now: datetime) -> None:
    """It has failed. So would the next where it is the account's fault: that rests, and who set it up is told once."""
    why = answer.why[:2000]
    engine.settle(message, state=SmsState.FAILED, attempts=MAX_ATTEMPTS, last_error=why, text=_kept(message))
    if answer.outcome is Outcome.STOPPED:
        suppress(message.to, now=now)
    if answer.outcome is not Outcome.ACCOUNT:
        return
    rows = SmsAccount.objects.select_for_update(no_key=True)
    held = rows.filter(pk=account.pk, problem="").first()
    if held is not None:
        held.problem, held.problem_since = why[:300], now
        held.save(update_fields=["problem", "problem_since"])
        mails.tell_of_trouble(held, now=now)


def _kept(message: SmsMessage) -> str:
    """What is kept of it: no code, and no key to somebody's page."""
    return FORGOTTEN if message.kind == SmsKind.CODE else without_keys(message.text)
