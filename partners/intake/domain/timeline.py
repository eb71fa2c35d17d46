"""The time line of a role, worked out backwards from the day on which somebody should start."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy, ngettext

FEWEST = 5
"""Cases below which a median says nothing: the usual days of the house stand for it, and it says so."""


@dataclass(frozen=True)
class Leg:
    """A stretch of the way to a start: how it is called, by when it ends, and how many days it takes as a rule."""

    code: str
    ends: Words
    usual: int


LEGS = (
    Leg("publish", gettext_lazy("The advert is out"), 5),
    Leg("apply", gettext_lazy("The right person has applied"), 14),
    Leg("choose", gettext_lazy("The offer is made"), 28),
    Leg("answer", gettext_lazy("The offer is accepted"), 5),
    Leg("begin", gettext_lazy("First day"), 60),
)
"""In their order; the first begins today."""


@dataclass(frozen=True)
class Median:
    """Of one leg, as it went here: days, and of how many cases."""

    days: int
    cases: int


@dataclass(frozen=True)
class Milestone:
    """What has to be so by when, and on what that rests."""

    ends: Words
    by: date
    days: int
    basis: str
    measured: bool


@dataclass(frozen=True)
class TimeLine:
    milestones: list[Milestone]
    begins_by: date
    """The last day on which the first leg can begin."""
    earliest: date
    """The first day that these figures allow, if it begins today."""
    today: date

    @property
    def is_late(self) -> bool:
        return self.begins_by < self.today

    @property
    def late_by(self) -> str:
        days = (self.today - self.begins_by).days
        return ngettext("%(number)s day", "%(number)s days", days) % {"number": days}


def backwards(start: date, medians: Mapping[str, Median], *, today: date, is_out: bool = False) -> TimeLine:
    """The milestones in their order, each by its last day; without the advert where that `is_out` already."""
    found, by, whole = [], start, 0
    for leg in reversed(LEGS[1:] if is_out else LEGS):
        median = medians.get(leg.code)
        measured = median is not None and median.cases >= FEWEST
        days = median.days if measured and median else leg.usual
        found.append(Milestone(leg.ends, by, days, _basis(median, leg, measured=measured), measured))
        by, whole = by - timedelta(days=days), whole + days
    return TimeLine(found[::-1], by, today + timedelta(days=whole), today)


def _basis(median: Median | None, leg: Leg, *, measured: bool) -> str:
    if measured and median:
        said = ngettext(
            "%(number)s day, the median of %(cases)s here",
            "%(number)s days, the median of %(cases)s here",
            median.days,
        )
        return said % {"number": median.days, "cases": median.cases}
    if median and median.cases:
        said = ngettext(
            "%(number)s day as a rule; only %(cases)s here so far",
            "%(number)s days as a rule; only %(cases)s here so far",
            leg.usual,
        )
        return said % {"number": leg.usual, "cases": median.cases}
    said = ngettext(
        "%(number)s day as a rule; none here so far", "%(number)s days as a rule; none here so far", leg.usual
    )
    return said % {"number": leg.usual}
