"""The company's own record of answering applicants: computed, not written.

What was promised to applicants lives on a higher floor, which says how many of those promises were kept.

The formula of `AnswerFigures`, of the last 90 days and without confidential roles:

- `median_days`: working days from an application to the first answer of a person (words of their own by mail, SMS,
  call or in person, or a decision that was told; no automatic message, no view), the higher of two middles. Of those
  whose first promised date has passed; who still waits counts as waiting longer than everybody who heard. Who
  withdrew before that date is left out.
- `kept` of `promises`: dates of ours that were settled, or have passed. One that was moved before it came is not kept,
  nor is an answer that we owe without a date, after our word was broken too often.
- `told` of `decided`: people about whom somebody decided. Who is not told yet counts once the date for it has passed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ats.organisation.models import HiringOrganisation
from requisitions.careers.cache import remember, remembered

RECORD_SECONDS = 600
FEWEST = 20
"""Under so many cases a figure says nothing, and could say something of one person."""


AGE = timedelta(hours=1)
"""How old the kept figures may become."""
PERIOD = timedelta(days=90)


@dataclass(frozen=True)
class AnswerFigures:
    """How an organisation answered, by the names of `careers.models.ResponseRecord`."""

    applicants: int = 0
    median_days: int | None = None
    promises: int = 0
    kept: int = 0
    decided: int = 0
    told: int = 0


Count = Callable[[HiringOrganisation, datetime], AnswerFigures]
_count: list[Count] = []


def provide_figures(count: Count) -> Count:
    """Let the decorated function count how an organisation answered."""
    _count[:] = [count]
    return count


def figures_of(organisation: HiringOrganisation, *, now: datetime) -> AnswerFigures:
    """Counted anew; nothing where nobody counts."""
    return _count[0](organisation, now) if _count else AnswerFigures()


@dataclass(frozen=True)
class Record:
    """Of the last `total` applicants, `kept` heard in time; for `changed` more we moved a date before it came."""

    kept: int
    total: int
    changed: int = 0

    @property
    def says_something(self) -> bool:
        return self.total >= FEWEST

    @property
    def share(self) -> int:
        """In percent, never rounded up to a hundred."""
        return self.kept * 100 // self.total if self.total else 0


Measure = Callable[[HiringOrganisation, datetime], Record]
_measure: list[Measure] = []


def provide(measure: Measure) -> Measure:
    """Let the decorated function measure an organisation's record."""
    _measure[:] = [measure]
    return measure


def record_of(organisation: HiringOrganisation, *, now: datetime) -> Record:
    """The record, measured at most every ten minutes; that of nobody yet where nobody measures."""
    if not _measure:
        return Record(0, 0)
    key = f"careers:record:{organisation.pk}"
    found = remembered(key)
    if found is None:
        found = _measure[0](organisation, now)
        remember(key, found, RECORD_SECONDS)
    return found
