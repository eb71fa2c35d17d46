"""What the manager owes whoever starts: outcomes agreed in the first week, and the talks at 30, 90 and 180 days.

Nobody has begun anything here before the first day; the days of the talks are counted from it.
"""

from collections.abc import Callable, Iterator
from datetime import timedelta

from partners.commitments.domain.obligations import (
    NOT_STARTED,
    OUTCOME_REVIEWED,
    OUTCOMES_AGREED,
    STARTED,
    Fact,
    Occasion,
    Story,
)

REVIEWS = (30, 90, 180)
"""Days after the first one."""


def outcomes_agreed(story: Story) -> Iterator[Occasion]:
    """From the first day to what both expect of the first months."""
    for application_id, own, started in _starts(story):
        yield Occasion(
            key=f"outcomes_agreed:{started.id}",
            kind="outcomes_agreed",
            application_id=application_id,
            started=started,
            settled=own.first(OUTCOMES_AGREED, after=started),
            released=own.first(NOT_STARTED, after=started),
        )


def reviewed(day: int) -> Callable[[Story], Iterator[Occasion]]:
    """From so many days after the first one to the review of it."""

    def find(story: Story) -> Iterator[Occasion]:
        for application_id, own, started in _starts(story):
            yield Occasion(
                key=f"review_{day}:{started.id}",
                kind=f"review_{day}",
                application_id=application_id,
                started=started._replace(at=started.at + timedelta(days=day)),
                settled=own.first(
                    OUTCOME_REVIEWED, after=started, where=lambda fact: fact.data.get("day") == day
                ),
                released=own.first(NOT_STARTED, after=started),
            )

    return find


def _starts(story: Story) -> Iterator[tuple[int, Story, Fact]]:
    for application_id, own in story.of_each.items():
        for started in own.every(STARTED):
            yield application_id, own, started
