"""Answers to invitations that come in, given to the room whose meeting they are about."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from ats.calendars.domain import zones
from ats.mail import inbound, senders
from ats.mail.arrivals import Arrived, Outcome, Placed, ToPeople
from ats.mail.incoming import Kind, calendars
from ats.mail.incoming.calendars import CalendarAnswer
from ats.mail.models import Why

Taker = Callable[[CalendarAnswer, datetime, str], bool]
_takers: list[Taker] = []
Locator = Callable[[CalendarAnswer], Mapping[str, int]]
_locators: list[Locator] = []


def locates(locator: Locator) -> Locator:
    """Let the decorated function say what an answer is about, kept or not: only those see it who may see that."""
    _locators.append(locator)
    return locator


def takes(taker: Taker) -> Taker:
    """Let the decorated function keep an answer: what it is, when, and whom our mail server found true as its sender.

    It says whether it could do something with it; what nobody can is for people to look at.
    """
    _takers.append(taker)
    return taker


@inbound.reads(Kind.CALENDAR)
def take_mail(arrived: Arrived, now: datetime) -> Outcome:
    sender, sent_by = senders.proven_sender(arrived.message), senders.sender_of(arrived.message)
    read = calendars.answers(arrived.message, mended=zones.mended)
    found = [replace(each, sent_by=sent_by) for each in read]
    about = next((dict(said) for each in found for locate in _locators if (said := locate(each))), {})
    taken = [_give(each, now, sender) for each in found]  # all of them, whichever is one of ours
    if any(taken):
        return Placed(about=about)
    return ToPeople(why=Why.ANSWER, about=about)


def take(file: bytes, now: datetime, *, sender: str = "") -> bool:
    """Keep what a calendar's file answers; False if nobody could do something with it."""
    taken = [_give(found, now, sender) for found in calendars.read(file, mended=zones.mended)]
    return any(taken)


def _give(found: CalendarAnswer, now: datetime, sender: str) -> bool:
    return any(taker(found, now, sender) for taker in _takers)
