"""Somebody who may take an interview, as finding a time knows them. Pure."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from ats.calendars.domain.hours import week_of
from ats.calendars.domain.spans import Span

if TYPE_CHECKING:
    from ats.accounts.models import User


@dataclass(frozen=True)
class Person:
    """Somebody who may take an interview, and their time between two moments."""

    user: "User"
    hours: list[Span]
    busy: list[Span]
    free: list[Span]
    loads: Counter[date] = field(default_factory=Counter)
    """How many interviews they give, by the Monday of the week."""
    shares: Counter[tuple[int, date]] = field(default_factory=Counter)
    """How many of those they have as a member of a pool: by its number and the Monday."""
    sits_in: Counter[date] = field(default_factory=Counter)
    """In how many they only sit in, by the Monday: it takes their time, and none of the evidence is theirs to give."""

    def week(self, moment: datetime) -> date:
        return week_of(moment, self.user.zone)

    def burden(self, moment: datetime) -> tuple[int, int, int]:
        """What they have to do, to be compared: interviews in that week, interviews at all, and sitting in then."""
        week = self.week(moment)
        return (self.loads[week], self.loads.total(), self.sits_in[week])
