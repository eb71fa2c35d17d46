"""The working days of one year of an office, put in order once: counting in them is then a look into a list.

Promises and commitments are counted by the hundred thousand, and each asks again on which days an office works.
Times are whole microseconds since 1970, so that nothing is rounded and an hour is an hour in the night on which
clocks change.
"""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple
from zoneinfo import ZoneInfo

from ats.organisation.domain.days_off import Place, closings
from ats.organisation.domain.worked_days import worked_days

EPOCH, MICROSECOND, DAY = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1), timedelta(days=1)


class Office(NamedTuple):
    """What the working days of an office follow from."""

    zone: str
    working_days: tuple[int, ...]
    hours: tuple[time, time]
    place: Place
    own_days: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OfficeYear:
    """Day by day, those on which it works: when it opens and shuts, and how much was worked up to its end."""

    opens: list[int]
    shuts: list[int]
    worked: list[int]
    begins: list[datetime]
    ends: list[datetime]

    @property
    def total(self) -> int:
        return self.worked[-1] if self.worked else 0

    def first_after(self, moment: int) -> int:
        """The place of the first working day that has not ended by then; their number if there is none."""
        return bisect_right(self.shuts, moment)

    def worked_until(self, moment: int) -> int:
        """How much of the year's working time has passed by then."""
        place = bisect_right(self.opens, moment) - 1
        if place < 0:
            return 0
        return self.worked[place] - max(0, self.shuts[place] - max(moment, self.opens[place]))

    def reached(self, moment: int, worked: int) -> int | None:
        """When so much of the year's working time has passed, on a day that has not ended by `moment`."""
        place = max(bisect_left(self.worked, worked), self.first_after(moment))
        if place == len(self.worked):
            return None
        return self.shuts[place] - (self.worked[place] - worked)


def microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def moment_of(microseconds: int) -> datetime:
    return EPOCH + timedelta(microseconds=microseconds)


@lru_cache(maxsize=1024)
def office_year(office: Office, year: int) -> OfficeYear:
    zone, (starts, ends) = ZoneInfo(office.zone), office.hours
    changed = closings(office.place, office.own_days, office.hours, year)
    worked = worked_days(office.place, office.own_days, office.working_days, year)
    begins, until = [], []
    day = date(year, 1, 1)
    while day.year == year:
        works = day.weekday() in office.working_days or day in worked
        shuts_at = changed.get(day, ends) if works else None
        if shuts_at is not None:
            begins.append(datetime.combine(day, starts, tzinfo=zone))
            until.append(datetime.combine(day, shuts_at, tzinfo=zone))
        if day == date.max:
            break
        day += DAY
    opens, shuts = [microseconds(each) for each in begins], [microseconds(each) for each in until]
    long = (max(0, shut - opened) for opened, shut in zip(opens, shuts, strict=True))
    return OfficeYear(opens, shuts, list(accumulate(long)), begins, until)
