"""When partners meet: pure."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ats.organisation.domain import working_time
from ats.organisation.domain.due_days import why_not
from ats.organisation.models import WorkingCalendar


@dataclass(frozen=True)
class Times:
    """A check-in's moment, when its agenda is written, and when it counts as skipped."""

    scheduled_at: datetime
    agenda_at: datetime
    skipped_at: datetime


def times(calendar: WorkingCalendar, scheduled_at: datetime) -> Times:
    """The agenda a working day before; two working days after, nobody held it."""
    return Times(
        scheduled_at=scheduled_at,
        agenda_at=working_time.one_day_before(calendar, scheduled_at),
        skipped_at=working_time.after_days(calendar, scheduled_at, 2),
    )


def first(calendar: WorkingCalendar, started_at: datetime, every_days: int) -> Times:
    """One rhythm after the start, an hour into the working day."""
    local = started_at.astimezone(calendar.zone)
    opens = datetime.combine(local.date(), calendar.day_starts) + timedelta(hours=1)
    return _on(calendar, local.date() + timedelta(days=every_days), opens.time())


def soonest(calendar: WorkingCalendar, like: datetime, now: datetime) -> Times:
    """Two working days from now, which leaves one to read the agenda; at the time of the day of `like`."""
    day = working_time.next_working_day(calendar, now.astimezone(calendar.zone).date())
    return _on(calendar, working_time.next_working_day(calendar, day), like.astimezone(calendar.zone).time())


@dataclass(frozen=True)
class Rhythm:
    """Every so many weeks on this day of the week, at this time of the office."""

    weeks: int
    weekday: int
    at: time


def in_rhythm(calendar: WorkingCalendar, rhythm: Rhythm, before: datetime | None, now: datetime) -> Times:
    """The next of the rhythm that lies ahead, so many weeks after the one `before`, if there was one.

    Counted from the start of its week: a public holiday moves one check-in, and not all that follow it.
    """
    local, today = (before or now).astimezone(calendar.zone), now.astimezone(calendar.zone)
    day = local.date() - timedelta(days=local.weekday() - rhythm.weekday)
    if before is not None:
        day += timedelta(weeks=rhythm.weeks)
    while day <= today.date():
        day += timedelta(weeks=rhythm.weeks if before else 1)
    return _on(calendar, day, rhythm.at)


def following(calendar: WorkingCalendar, before: datetime, every_days: int, now: datetime) -> Times:
    """The next of the rhythm that lies ahead, at the same time of the day."""
    local = before.astimezone(calendar.zone)
    day = local.date()
    today = now.astimezone(calendar.zone).date()
    while True:
        day += timedelta(days=every_days)
        if day > today:
            return _on(calendar, day, local.time())


def _on(calendar: WorkingCalendar, day: date, at: time) -> Times:
    """At this time of the first working day from `day` on that lasts until then: half days do not, in the afternoon."""
    moment = datetime.combine(day, at, tzinfo=calendar.zone)
    while why_not(calendar, moment):
        day = working_time.next_working_day(calendar, day)
        moment = datetime.combine(day, at, tzinfo=calendar.zone)
    return times(calendar, moment)
