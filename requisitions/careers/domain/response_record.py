"""The company's own record of answering applicants in time: computed, not written.

What was promised to applicants lives on a higher floor, which says how many of those promises were kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from ats.organisation.models import HiringOrganisation
from requisitions.careers.cache import remember, remembered

RECORD_SECONDS = 600
FEWEST = 20
"""Under so many applicants a share says nothing."""


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
