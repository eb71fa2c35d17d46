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
    """How many interviews they have, by the Monday of the week."""
    shares: Counter[tuple[int, date]] = field(default_factory=Counter)
    """How many of those they have as a member of a pool: by its number and the Monday."""

    def week(self, moment: datetime) -> date:
        return week_of(moment, self.user.zone)
