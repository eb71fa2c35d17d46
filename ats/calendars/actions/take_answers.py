"""Answers to invitations that come in, given to the room whose meeting they are about."""

from collections.abc import Callable
from datetime import datetime
from email.message import Message

from ats.mail import inbound, senders
from ats.mail.incoming import Incoming, Kind, calendars
from ats.mail.incoming.calendars import CalendarAnswer

Taker = Callable[[CalendarAnswer, datetime, str], bool]
_takers: list[Taker] = []


def takes(taker: Taker) -> Taker:
    """Let the decorated function keep an answer: what it is, when, and whom our mail server found true as its sender.

    It says whether the answer is to one of its meetings.
    """
    _takers.append(taker)
    return taker


@inbound.reads(Kind.CALENDAR)
def take_mail(message: Message, _found: Incoming, now: datetime) -> None:
    sender = senders.proven_sender(message)
    for found in calendars.answers(message):
        _give(found, now, sender)


def take(file: bytes, now: datetime, *, sender: str = "") -> bool:
    """Keep what a calendar's file answers; False if this is no answer to an invitation of ours."""
    taken = [_give(found, now, sender) for found in calendars.read(file)]
    return any(taken)


def _give(found: CalendarAnswer, now: datetime, sender: str) -> bool:
    return any(taker(found, now, sender) for taker in _takers)
