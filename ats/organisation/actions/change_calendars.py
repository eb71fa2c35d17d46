"""Every write about working calendars."""

from datetime import date, datetime, time
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.staff_words import gettext
from ats.organisation import queries
from ats.organisation.actions.write import change, check, locked, permit, words
from ats.organisation.domain.working_time import closings_of
from ats.organisation.models import ConfirmedDays, Holiday, WorkingCalendar

CALENDAR = frozenset(
    {
        *("name", "time_zone", "working_days", "day_starts", "day_ends"),
        *("holiday_country", "holiday_region", "holiday_categories", "customary_days_off"),
    }
)


@transaction.atomic
def create_calendar(*, by: User, now: datetime, **facts: Any) -> WorkingCalendar:
    permit(by)
    if unknown := set(facts) - CALENDAR:
        raise TypeError(f"A calendar has no {', '.join(sorted(unknown))}.")
    calendar = WorkingCalendar(**facts)
    check(calendar)
    calendar.save()
    record("calendar.created", subject=calendar, by=by, now=now, data={"name": calendar.name})
    return calendar


@transaction.atomic
def change_calendar(*, calendar_id: int, by: User, now: datetime, **facts: Any) -> WorkingCalendar:
    """Change when an office works. Promises made before keep their date; new ones count anew."""
    permit(by)
    calendar = locked(WorkingCalendar, calendar_id)
    if changed := change(calendar, facts, CALENDAR):
        data = {"name": calendar.name, "fields": words(changed)}
        record("calendar.changed", subject=calendar, by=by, now=now, data=data)
    return calendar


@transaction.atomic
def add_holiday(
    *,
    calendar_id: int,
    day: date,
    name: str,
    by: User,
    now: datetime,
    shuts_at: time | None = None,
    every_year: bool = False,
    is_worked: bool = False,
) -> Holiday:
    """A day of its own: shut, or only until `shuts_at`, once or from then on every year; or a worked one."""
    permit(by)
    calendar = locked(WorkingCalendar, calendar_id)
    facts = {"shuts_at": shuts_at, "every_year": every_year, "is_worked": is_worked}
    holiday = Holiday(calendar=calendar, date=day, name=name.strip(), **facts)
    same = Holiday.objects.filter(
        calendar=calendar, every_year=True, date__month=day.month, date__day=day.day
    )
    if every_year and same.exists():
        raise Invalid(gettext("Every year has this day already."), field="day")
    if is_worked:
        _may_be_worked(calendar, day)
    check(holiday)
    holiday.save()
    record("calendar.holiday_added", subject=holiday.calendar, by=by, now=now, data=_facts(holiday))
    return holiday


def _may_be_worked(calendar: WorkingCalendar, day: date) -> None:
    if day.weekday() in calendar.working_days:
        raise Invalid(gettext("This is a working day of your week already."), field="is_worked")
    if closings_of(calendar, day.year).get(day, calendar.day_ends) is None:
        raise Invalid(gettext("This is a day off where you are, and stays one."), field="is_worked")


def _facts(holiday: Holiday) -> dict[str, str]:
    every = ", every year" if holiday.every_year else ""
    until = f", shut from {holiday.shuts_at:%H:%M}" if holiday.shuts_at else ""
    worked = ", worked" if holiday.is_worked else ""
    return {"day": holiday.date.isoformat(), "name": f"{holiday.name}{worked}{until}{every}"}


@transaction.atomic
def remove_holiday(*, holiday_id: int, by: User, now: datetime) -> int:
    """Remove an own day off; the number of its calendar."""
    permit(by)
    holiday = locked(Holiday, holiday_id)
    record("calendar.holiday_removed", subject=holiday.calendar, by=by, now=now, data=_facts(holiday))
    holiday.delete()
    return holiday.calendar_id


@transaction.atomic
def confirm_days(*, calendar_id: int, year: int, seen: str, by: User, now: datetime) -> ConfirmedDays:
    """The days off of this year are right, as they were `seen` (the digest of the list that was shown)."""
    permit(by)
    calendar = locked(WorkingCalendar, calendar_id)
    shown = next((row for row in queries.years_of(calendar, now=now) if row.year == year), None)
    if shown is None:
        raise Invalid(gettext("This year is not asked about."))
    if shown.seen != seen:
        raise Conflict(gettext("The list has changed while you read it. Look at it once more."))
    facts = {"days": shown.content, "confirmed_by": by, "confirmed_at": now}
    confirmed, _ = ConfirmedDays.objects.update_or_create(calendar=calendar, year=year, defaults=facts)
    count = sum(not off.is_worked for off in shown.days)
    data = {"name": calendar.name, "year": year, "count": count, "days": shown.content}
    record("calendar.days_confirmed", subject=calendar, by=by, now=now, data=data)
    return confirmed
