"""When people work, and what they have said takes their time."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.calendars.domain.hours import cut, of_a_day, of_calendar, parsed
from ats.calendars.domain.spans import DAY, Span
from ats.calendars.models import BusyTime, CalendarLink, CalendarSubscription, WorkingHours
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar


@dataclass(frozen=True)
class Availability:
    """All that the page about it shows."""

    hours: WorkingHours | None
    subscriptions: list[CalendarSubscription]
    blocks: list[BusyTime]
    link: CalendarLink | None


def availability_of(user: User, *, now: datetime) -> Availability:
    blocks = BusyTime.objects.filter(user=user, subscription=None, period__endswith__gt=now)
    return Availability(
        hours=WorkingHours.objects.filter(user=user).first(),
        subscriptions=list(
            CalendarSubscription.objects.filter(user=user)
            .annotate(times=Count("busy_times"))
            .order_by("created_at", "pk")
        ),
        blocks=list(blocks.order_by("period__startswith", "pk")),
        link=CalendarLink.objects.open().filter(user=user).first(),
    )


def hours_of(user: User) -> WorkingHours | None:
    """Their own hours; None for who works those of the house."""
    return getattr(user, "working_hours", None)


def working_spans(user: User, *, calendar: WorkingCalendar, since: datetime, until: datetime) -> list[Span]:
    """When this person works between two moments: by their own clock, and not when the office has off.

    Who keeps the hours of the house also works on a weekend day that it works.
    """
    own = hours_of(user)
    hours, zone = (parsed(own.days) if own else of_calendar(calendar)), user.zone
    if since >= until:
        return []
    day, last = since.astimezone(zone).date(), until.astimezone(zone).date()
    found: list[Span] = []
    while day <= last:
        there = hours.get(day.weekday(), [])
        if not own and not there and day in working_time.worked_in(calendar, day.year):
            there = [of_a_day(calendar)]
        if there:
            off = working_time.off_from(calendar, day)
            for opens, closes in there if off is None else cut(there, off):
                found += spans.on_the_wall(day, opens, closes, zone)
        day += DAY
    return spans.both(spans.joined(found), [(since, until)])


def blocked_times(user_ids: Sequence[int], *, since: datetime, until: datetime) -> dict[int, list[Span]]:
    """By person, what their calendars and they themselves keep free of interviews; one query."""
    blocked: dict[int, list[Span]] = defaultdict(list)
    rows = BusyTime.objects.filter(user__in=user_ids, period__overlap=(since - DAY, until + DAY))
    for user, period in rows.values_list("user", "period"):
        blocked[user].append((period.lower or since - DAY, period.upper or until + DAY))
    return blocked
