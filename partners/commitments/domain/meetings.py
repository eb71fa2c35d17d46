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
    held, cancelled, skipped = (_firsts(story, verb) for verb in (MET, MEETING_CANCELLED, MEETING_SKIPPED))
    times = _times(story)
    return [
        Meeting(
            number=number,
            near=near,
            at=times[number],
            held=held.get(number),
            cancelled=cancelled.get(number),
            skipped=skipped.get(number),
        )
        for number, near in _firsts(story, MEETING_NEAR).items()
        if number in times
    ]


def _firsts(story: Story, verb: str) -> dict[int, Fact]:
    """The first fact with this verb of each meeting, by its number."""
    found: dict[int, Fact] = {}
    for fact in story.every(verb):
        if "number" in fact.data:
            found.setdefault(fact.data["number"], fact)
    return found


def _times(story: Story) -> dict[int, datetime]:
    """For when each is planned. Of those before this was written down, nobody knows."""
    said = {
        fact.data["number"]: fact.data["at"]
        for fact in story.every(MEETING_NEAR, MEETING_MOVED)
        if {"number", "at"} <= fact.data.keys()
    }
    return {number: datetime.fromisoformat(at) for number, at in said.items()}
