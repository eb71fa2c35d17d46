"""Every write about working calendars."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.organisation.actions.write import change, check, locked, permit, words
from ats.organisation.models import Holiday, WorkingCalendar

CALENDAR = frozenset(
    {
        *("name", "time_zone", "working_days", "day_starts", "day_ends"),
        *("holiday_country", "holiday_region", "customary_days_off"),
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
def add_holiday(*, calendar_id: int, day: date, name: str, by: User, now: datetime) -> Holiday:
    permit(by)
    holiday = Holiday(calendar=locked(WorkingCalendar, calendar_id), date=day, name=name.strip())
    check(holiday)
    holiday.save()
    data = {"day": day.isoformat(), "name": holiday.name}
    record("calendar.holiday_added", subject=holiday.calendar, by=by, now=now, data=data)
    return holiday


@transaction.atomic
def remove_holiday(*, holiday_id: int, by: User, now: datetime) -> int:
    """Remove an own day off; the number of its calendar."""
    permit(by)
    holiday = locked(Holiday, holiday_id)
    data = {"day": holiday.date.isoformat(), "name": holiday.name}
    record("calendar.holiday_removed", subject=holiday.calendar, by=by, now=now, data=data)
    holiday.delete()
    return holiday.calendar_id
