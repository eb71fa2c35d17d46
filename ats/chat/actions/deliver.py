"""The lane that hands over what is said in rooms: each word at most once.

- nobody could be reached: it waits, longer each time, and has failed in the end;
- the chat says *not now* (429) or is in trouble (5xx): the same;
- the chat says *no*: it has failed; the room is told nothing more until a person tries it again;
- the line broke after the word may have left: it stops as *unknown*, and is not repeated. So does one whose worker
  did not come back.
"""

import logging
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ats.accounts.domain import sealing
from ats.chat import mails
from ats.chat.actions.wire import Trace, hand_over
from ats.chat.domain.services import address_of
from ats.chat.models import ChatMessage, ChatRoom, ChatState
from ats.duework import engine
from ats.duework.faults import is_away
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept

logger = logging.getLogger(__name__)

BATCH = 10
LEASE = timedelta(minutes=10)
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 120, 240))
LOST = kept("The worker that was sending it did not come back.")
BROKE = kept("The line broke before the chat had answered: look there whether it arrived.")


def lost() -> QuerySet[ChatMessage]:
    return engine.lost(ChatMessage.objects.filter(state=ChatState.SENDING))


def deliver(now: datetime) -> int:
    """One batch; how many messages were dealt with."""
    left = engine.claim(lost().order_by("id"), now=now, lease=LEASE, batch=BATCH)
    for message in left:
        _without_worker(message, now)
    ready = ChatMessage.objects.ready(now).select_related("room").order_by("id")
    messages = engine.claim(ready, now=now, lease=LEASE, batch=BATCH, state=ChatState.SENDING)
    for message in messages:
        _deliver(message, now)
    return len(left) + len(messages)


def _deliver(message: ChatMessage, now: datetime) -> None:
    """One that cannot be written on holds up no other: its lease runs out."""
    try:
        if engine.renew(message, LEASE, begun_at=now):
            _settle(message, _hand_over(message), now)
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("%s could not be dealt with", message)


def _without_worker(message: ChatMessage, now: datetime) -> None:
    if message.begun_at is None:
        engine.settle(message, state=ChatState.QUEUED)
    else:
        engine.settle(message, state=ChatState.UNKNOWN, last_error=LOST)


def _hand_over(message: ChatMessage) -> Trace:
    url = sealing.opened(message.room.address)
    if url is None:
        problem = kept("Its address was sealed with a key that the house has no more.")
        return Trace(problem=problem, final=True)
    try:
        address = address_of(message.room.service, url)
    except Invalid as error:
        return Trace(problem=str(error.message), final=True)
    return hand_over(address, text=f"{message.text}\n{message.link}")


def _settle(message: ChatMessage, trace: Trace, now: datetime) -> None:
    if 200 <= trace.status < 300:
        engine.settle(message, state=ChatState.SENT, sent_at=now, last_error="")
    elif trace.status and trace.status != 429 and trace.status < 500:
        _refused(message, kept(f"The chat said no ({trace.status}). {trace.answer}").strip(), now)
    elif trace.final:
        _refused(message, trace.problem, now)
    elif trace.begun and not trace.status:
        engine.settle(message, state=ChatState.UNKNOWN, last_error=BROKE)
    else:
        _again(message, trace, now)


def _again(message: ChatMessage, trace: Trace, now: datetime) -> None:
    why = kept(f"The chat is in trouble ({trace.status}).") if trace.status else trace.problem
    outcome = engine.failed(message, OSError(why), now=now, back_off=WAITS) | {"last_error": why}
    if outcome["attempts"] >= MAX_ATTEMPTS:
        _refused(message, why, now)
    else:
        engine.settle(message, state=ChatState.QUEUED, begun_at=None, **outcome)


@transaction.atomic
def _refused(message: ChatMessage, why: str, now: datetime) -> None:
    """It has failed, and so will the next: the room rests, and whoever set it up is told once."""
    engine.settle(message, state=ChatState.FAILED, attempts=MAX_ATTEMPTS, last_error=why[:2000])
    room = ChatRoom.objects.select_for_update(of=("self",), no_key=True).filter(pk=message.room_id).first()
    if room is None or room.problem:
        return
    room.problem, room.problem_since = why[:300], now
    room.save(update_fields=["problem", "problem_since"])
    mails.tell_of_trouble(room, now=now)
