"""The check-ins of a role as its story tells them."""

from dataclasses import dataclass
from datetime import datetime

from partners.commitments.domain.obligations import (
    MEETING_CANCELLED,
    MEETING_MOVED,
    MEETING_NEAR,
    MEETING_SKIPPED,
    MET,
    Fact,
    Story,
    order,
)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """One check-in whose agenda is out: when it is to be, and what became of it."""

    number: int
    near: Fact
    at: datetime
    held: Fact | None
    cancelled: Fact | None
    skipped: Fact | None


def meetings(story: Story) -> list[Meeting]:
    """Each by its number; one that was moved is at the time to which it was moved last."""
    near: dict[int, Fact] = {}
    for fact in story.every(MEETING_NEAR):
        near.setdefault(fact.data.get("number", 0), fact)
    return [
        Meeting(
            number=number,
            near=first,
            at=at,
            held=_of(story, MET, number),
            cancelled=_of(story, MEETING_CANCELLED, number),
            skipped=_of(story, MEETING_SKIPPED, number),
        )
        for number, first in near.items()
        if (at := _time(story, number)) is not None
    ]


def _time(story: Story, number: int) -> datetime | None:
    """Of those before this was written down, nobody knows for when they were planned."""
    said = [
        (order(fact), fact.data["at"])
        for fact in story.every(MEETING_NEAR, MEETING_MOVED)
        if fact.data.get("number") == number and "at" in fact.data
    ]
    return datetime.fromisoformat(max(said)[1]) if said else None


def _of(story: Story, verb: str, number: int) -> Fact | None:
    return story.first(verb, where=lambda fact: fact.data.get("number") == number)
