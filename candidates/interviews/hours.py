"""When people work, what takes their time already, and what is left: in four queries for any number of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo

from ats.accounts.models import User
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.interviews import spans
from candidates.interviews.models import BusyTime, InterviewSeat, WorkingHours
from candidates.interviews.spans import DAY, MINUTE, Span

Hours = dict[int, list[tuple[int, int]]]
"""By weekday (0 is Monday): from which minute of the day to which."""


@dataclass(frozen=True)
class Person:
    """Somebody who may take an interview, and their time between two moments."""

    user: User
    hours: list[Span]
    busy: list[Span]
    free: list[Span]
    loads: Counter[date] = field(default_factory=Counter)
    """How many interviews they have, by the Monday of the week."""
    shares: Counter[tuple[int, date]] = field(default_factory=Counter)
    """How many of those they have as a member of a pool: by its number and the Monday."""

    def week(self, moment: datetime) -> date:
        return week_of(moment, self.user.zone)


def week_of(moment: datetime, zone: tzinfo) -> date:
    """The Monday of the week in which this moment lies there."""
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


def people(
    user_ids: Iterable[int],
    *,
    calendar: WorkingCalendar,
    since: datetime,
    until: datetime,
    leaving_out: Iterable[int] = (),
) -> dict[int, Person]:
    """These people's time between two moments, by their number; who has left has none.

    `leaving_out` are interviews that count as if they were not there: those that are to be moved.
    """
    users = list(User.objects.filter(pk__in=set(user_ids)).select_related("working_hours").order_by("pk"))
    ids = [user.pk for user in users]
    leaving_out = set(leaving_out)
    booked: dict[int, list[Span]] = defaultdict(list)
    loads: dict[int, Counter[date]] = defaultdict(Counter)
    shares: dict[int, Counter[tuple[int, date]]] = defaultdict(Counter)
    week = timedelta(days=8)  # weeks are counted whole, wherever their Monday begins
    for user, interview, member, monday, period in InterviewSeat.objects.filter(
        user__in=ids, released=False, period__overlap=(since - week, until + week)
    ).values_list("user", "interview", "pool_member", "week", "period"):
        if interview in leaving_out:
            continue
        booked[user].append((period.lower, period.upper))
        loads[user][monday] += 1
        if member is not None:
            shares[user][member, monday] += 1
    blocked: dict[int, list[Span]] = defaultdict(list)
    for user, period in BusyTime.objects.filter(
        user__in=ids, period__overlap=(since - DAY, until + DAY)
    ).values_list("user", "period"):
        blocked[user].append((period.lower or since - DAY, period.upper or until + DAY))
    found = {}
    for user in users:
        hours = working_spans(user, calendar=calendar, since=since, until=until) if user.is_active else []
        taken = booked[user.pk] + blocked[user.pk]
        own = _own(user)
        buffer = own.buffer_minutes * MINUTE if own else timedelta()
        found[user.pk] = Person(
            user=user,
            hours=hours,
            busy=spans.both(spans.joined(taken), [(since, until)]),
            free=spans.without(hours, spans.widened(taken, buffer)),
            loads=loads[user.pk],
            shares=shares[user.pk],
        )
    return found


def _own(user: User) -> WorkingHours | None:
    return getattr(user, "working_hours", None)


def working_spans(user: User, *, calendar: WorkingCalendar, since: datetime, until: datetime) -> list[Span]:
    """When this person works between two moments: by their own clock, and not on the calendar's holidays."""
    own = _own(user)
    hours, zone = (parsed(own.days) if own else of_calendar(calendar)), user.zone
    if since >= until:
        return []
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    found: list[Span] = []
    while day <= last:
        if hours.get(day.weekday()) and not working_time.is_holiday(calendar, day):
            for opens, closes in hours[day.weekday()]:
                found += spans.on_the_wall(day, opens, closes, zone)
        day += DAY
    return spans.both(spans.joined(found), [(since, until)])


def parsed(days: dict[str, list[list[str]]]) -> Hours:
    """Working hours as they are kept ("0": [["09:00", "12:00"]]) in minutes of the day."""
    return {
        int(day): [(minutes_of(opens), minutes_of(closes)) for opens, closes in pairs]
        for day, pairs in days.items()
    }


def of_calendar(calendar: WorkingCalendar) -> Hours:
    opens, closes = _minutes(calendar.day_starts), _minutes(calendar.day_ends)
    return {day: [(opens, closes)] for day in calendar.working_days}


def minutes_of(text: str) -> int:
    """`09:30` as minutes of the day; `24:00` is its end."""
    hours, _, rest = text.partition(":")
    return int(hours) * 60 + int(rest)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
