"""Counting by lists of a year's working days gives what counting day by day gives, to the microsecond."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar

DAY = timedelta(days=1)
ZONES = ("UTC", "Europe/Berlin", "America/Sao_Paulo", "Asia/Kolkata", "Pacific/Apia", "Australia/Lord_Howe")
OWN = ("2026-06-15 ", "2026-03-02 11:30", "2025-12-30*14:00", "2024-02-29*")


def office(zone: str, country: str, days: list[int], hours: tuple[time, time], own: tuple[str, ...]):
    calendar = WorkingCalendar(
        name="Office",
        time_zone=zone,
        holiday_country=country,
        working_days=days,
        day_starts=hours[0],
        day_ends=hours[1],
    )
    vars(calendar)["own_days"] = own
    return calendar


offices = st.builds(
    office,
    st.sampled_from(ZONES),
    st.sampled_from(("", "DE", "BR", "IL")),
    st.sampled_from(([0, 1, 2, 3, 4], [6, 0, 1, 2, 3], [2])),
    st.sampled_from(((time(9), time(17)), (time(0), time(23, 59)), (time(1, 30), time(2, 45)))),
    st.lists(st.sampled_from(OWN), unique=True).map(tuple),
)
moments = st.integers(0, 792 * 86400).map(
    lambda seconds: datetime(2024, 12, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)


def spans(calendar, moment, until):
    """Each working day from the day of `moment` on: when it opens and shuts, one by one."""
    day = moment.astimezone(calendar.zone).date()
    while day <= until:
        if (shuts_at := working_time.closing(calendar, day)) is not None:
            opens = datetime.combine(day, calendar.day_starts, tzinfo=calendar.zone).astimezone(UTC)
            yield opens, datetime.combine(day, shuts_at, tzinfo=calendar.zone).astimezone(UTC)
        day += DAY


@settings(max_examples=200, deadline=None)
@given(calendar=offices, start=moments, seconds=st.integers(0, 500 * 86400), micro=st.integers(0, 999_999))
def test_hours_between(calendar, start, seconds, micro):
    end = start + timedelta(seconds=seconds, microseconds=micro)
    total = timedelta()
    for opens, shuts in spans(calendar, start, end.astimezone(calendar.zone).date()):
        total += max(timedelta(), min(end, shuts) - max(start, opens))
    assert working_time.hours_between(calendar, start, end) == total.total_seconds() / 3600
    assert working_time.hours_between(calendar, end, start) == 0.0


@settings(max_examples=200, deadline=None)
@given(calendar=offices, start=moments, hours=st.floats(0, 300))
def test_after_hours(calendar, start, hours):
    left, found = timedelta(hours=hours), None
    for opens, shuts in spans(calendar, start, start.date() + 1200 * DAY):
        here = max(timedelta(), shuts - max(start, opens))
        if here >= left and here:
            found = max(start, opens) + left
            break
        left -= here
    if found is not None:
        assert working_time.after_hours(calendar, start, hours) == found


@settings(max_examples=200, deadline=None)
@given(calendar=offices, start=moments, days=st.integers(0, 60))
def test_after_days_and_when_work_goes_on(calendar, start, days):
    whole = [each for each in spans(calendar, start, start.date() + 600 * DAY) if each[1] > start]
    assert working_time.after_days(calendar, start, days) == whole[days][1]
    assert working_time.resumes(calendar, start) == max(start, whole[0][0])


def test_an_office_that_never_opens_is_said():
    calendar = office("UTC", "", [], (time(9), time(17)), ())
    moment = datetime(2026, 5, 4, 10, tzinfo=UTC)
    said = "has no working day within a year after 2026-05-04"
    for count in (working_time.after_days, working_time.after_hours):
        with pytest.raises(ValueError, match=said):
            count(calendar, moment, 1)
