"""Working time: what arrives when, what is due when, and how long something took."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.organisation.domain import working_time
from ats.organisation.models import Holiday, WorkingCalendar

BERLIN = ZoneInfo("Europe/Berlin")


def calendar(
    zone: str = "Europe/Berlin",
    *,
    days: tuple[int, ...] = (0, 1, 2, 3, 4),
    country: str = "",
    region: str = "",
    own: tuple[date, ...] = (),
    half: tuple[str, ...] = (),
    kinds: tuple[str, ...] = (),
    starts: time = time(9),
    ends: time = time(17),
    custom: bool = True,
) -> WorkingCalendar:
    made = WorkingCalendar(
        customary_days_off=custom,
        holiday_categories=list(kinds),
        name="Test",
        time_zone=zone,
        working_days=list(days),
        day_starts=starts,
        day_ends=ends,
        holiday_country=country,
        holiday_region=region,
    )
    made.__dict__["own_days"] = tuple(f"{day} " for day in own) + half
    return made


def at(text: str, zone: ZoneInfo = BERLIN) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-11-24 10:00", 0, "2026-11-24 17:00"),  # a Tuesday morning
        ("2026-11-24 10:00", 3, "2026-11-27 17:00"),
        ("2026-11-24 10:00", 4, "2026-11-30 17:00"),  # over the weekend
        ("2026-11-24 16:59", 1, "2026-11-25 17:00"),
        ("2026-11-24 17:00", 1, "2026-11-26 17:00"),  # after work: it arrives tomorrow
        ("2026-11-27 18:30", 0, "2026-11-30 17:00"),  # Friday evening arrives on Monday
        ("2026-11-27 18:30", 1, "2026-12-01 17:00"),
        ("2026-11-28 12:00", 1, "2026-12-01 17:00"),  # and so does Saturday
        ("2026-11-24 03:00", 0, "2026-11-24 17:00"),  # before work is still that day
        ("2026-12-31 12:00", 1, "2027-01-01 17:00"),  # no country, no holidays
    ],
)
def test_after_days(start: str, days: int, due: str) -> None:
    assert working_time.after_days(calendar(), at(start), days) == at(due)


def test_after_days_passes_over_public_and_own_holidays() -> None:
    german = calendar(country="DE", own=(date(2026, 12, 28),))

    assert working_time.after_days(german, at("2026-12-23 10:00"), 1) == at("2026-12-24 12:00")
    # On the 24th offices shut at noon; 25 (Friday) is Christmas, 26 and 27 the weekend, 28 our own day off
    assert working_time.after_days(german, at("2026-12-23 10:00"), 2) == at("2026-12-29 17:00")


def test_holidays_are_those_of_the_region() -> None:
    epiphany = date(2027, 1, 6)

    assert not working_time.is_working_day(calendar(country="DE", region="BY"), epiphany)
    assert working_time.is_working_day(calendar(country="DE", region="BE"), epiphany)
    assert working_time.is_working_day(calendar(country="US"), epiphany)
    assert working_time.is_working_day(calendar(country="XX"), epiphany)


def test_a_week_that_begins_on_sunday() -> None:
    dubai = calendar("Asia/Dubai", days=(6, 0, 1, 2, 3))

    # Thursday evening arrives on Sunday
    due = working_time.after_days(dubai, at("2026-11-26 19:00", ZoneInfo("Asia/Dubai")), 0)
    assert due == at("2026-11-29 17:00", ZoneInfo("Asia/Dubai"))


def test_the_office_s_day_counts_and_not_the_server_s() -> None:
    tokyo = calendar("Asia/Tokyo")

    # 23:30 UTC on Monday is Tuesday morning in Tokyo
    due = working_time.after_days(tokyo, datetime(2026, 11, 23, 23, 30, tzinfo=UTC), 0)
    assert due == datetime(2026, 11, 24, 17, tzinfo=ZoneInfo("Asia/Tokyo"))
    # 22:00 UTC on a Friday is Friday afternoon in Los Angeles
    west = calendar("America/Los_Angeles")
    due = working_time.after_days(west, datetime(2026, 11, 27, 22, tzinfo=UTC), 0)
    assert due == datetime(2026, 11, 27, 17, tzinfo=ZoneInfo("America/Los_Angeles"))


def test_it_is_the_office_s_day_also_where_the_world_s_is_the_next_one() -> None:
    zone = ZoneInfo("America/Los_Angeles")
    west = calendar("America/Los_Angeles")
    evening = datetime(2026, 11, 25, 0, 30, tzinfo=UTC)  # 16:30 on Tuesday the 24th
    night = datetime(2026, 11, 25, 6, tzinfo=UTC)  # 22:00 on that Tuesday
    noon = datetime(2026, 11, 25, 20, tzinfo=UTC)  # 12:00 on Wednesday
    late = datetime(2026, 11, 26, 2, tzinfo=UTC)  # 18:00 on Wednesday

    assert working_time.hours_between(west, evening, noon) == 3.5
    assert working_time.days_between(west, night, noon) == 1
    assert working_time.days_between(west, noon, late) == 0
    assert working_time.one_day_before(west, night) == datetime(2026, 11, 23, 9, tzinfo=zone)
    due = working_time.after_hours(west, evening, 1)
    assert (due, due.tzinfo) == (datetime(2026, 11, 25, 9, 30, tzinfo=zone), zone)
    assert working_time.resumes(west, late) == datetime(2026, 11, 26, 9, tzinfo=zone)


@pytest.mark.parametrize(
    ("moment", "goes_on"),
    [
        ("2026-11-24 12:00", "2026-11-24 12:00"),
        ("2026-11-24 08:00", "2026-11-24 09:00"),
        ("2026-11-24 16:59", "2026-11-24 16:59"),
        ("2026-11-24 17:00", "2026-11-25 09:00"),
        ("2026-11-27 18:00", "2026-11-30 09:00"),  # Friday evening: on Monday
        ("2026-11-28 12:00", "2026-11-30 09:00"),
    ],
)
def test_work_goes_on_at_once_or_when_the_next_working_day_begins(moment: str, goes_on: str) -> None:
    assert working_time.resumes(calendar(), at(moment)) == at(goes_on)


def test_a_working_day_has_the_hours_between_its_start_and_its_end() -> None:
    assert working_time.hours_of_a_day(calendar()) == 8
    assert working_time.hours_of_a_day(calendar(starts=time(8, 30), ends=time(17, 15))) == 8.75


@pytest.mark.parametrize(
    "day", [date(2026, 3, 27), date(2026, 10, 23)]
)  # the Fridays before the clocks change
def test_the_end_of_work_is_the_end_of_work_when_the_clocks_change(day: date) -> None:
    start = datetime.combine(day, time(10), tzinfo=BERLIN)

    due = working_time.after_days(calendar(), start, 1)

    assert (due.time(), due.weekday()) == (time(17), 0)
    shift = due.astimezone(UTC) - start.astimezone(UTC) - timedelta(days=3, hours=7)
    assert abs(shift) == timedelta(hours=1)


def test_a_working_day_at_night_has_its_real_hours_when_the_clocks_change() -> None:
    night = calendar(days=(0, 1, 2, 3, 4, 5, 6), starts=time(0), ends=time(6))

    def hours(day: str) -> float:
        return working_time.hours_between(night, at(f"{day} 00:00"), at(f"{day} 23:00"))

    assert [hours("2026-03-28"), hours("2026-03-29"), hours("2026-10-25")] == [6, 5, 7]


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-11-24 10:00", "2026-11-24 12:30", 2.5),
        ("2026-11-24 16:00", "2026-11-25 10:00", 2),
        ("2026-11-27 16:00", "2026-11-30 10:00", 2),  # the weekend does not count
        ("2026-11-28 10:00", "2026-11-29 10:00", 0),
        ("2026-11-24 18:00", "2026-11-25 08:00", 0),
        ("2026-11-24 12:00", "2026-11-24 12:00", 0),
        ("2026-11-25 12:00", "2026-11-24 12:00", 0),
        ("2026-11-23 00:00", "2026-11-30 00:00", 40),
    ],
)
def test_hours_between(start: str, end: str, hours: float) -> None:
    assert working_time.hours_between(calendar(), at(start), at(end)) == hours


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-11-24 10:00", 2, "2026-11-24 12:00"),
        ("2026-11-24 16:00", 2, "2026-11-25 10:00"),
        ("2026-11-27 16:00", 2, "2026-11-30 10:00"),  # over the weekend
        ("2026-11-24 10:00", 7, "2026-11-24 17:00"),  # the end of work is still today
        ("2026-11-28 12:00", 8, "2026-11-30 17:00"),
        ("2026-11-24 20:00", 0, "2026-11-25 09:00"),
    ],
)
def test_after_hours(start: str, hours: float, due: str) -> None:
    assert working_time.after_hours(calendar(), at(start), hours) == at(due)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        ("2026-11-24 10:00", "2026-11-24 16:00", 0),
        ("2026-11-24 10:00", "2026-11-25 09:00", 1),
        ("2026-11-27 10:00", "2026-11-30 09:00", 1),
        ("2026-11-27 10:00", "2026-11-29 09:00", 0),
        ("2026-11-24 10:00", "2026-12-01 10:00", 5),
        ("2026-11-25 10:00", "2026-11-24 10:00", 0),
    ],
)
def test_days_between(start: str, end: str, days: int) -> None:
    assert working_time.days_between(calendar(), at(start), at(end)) == days


@pytest.mark.parametrize(
    ("moment", "reminder"),
    [
        ("2026-11-27 17:00", "2026-11-26 09:00"),
        ("2026-11-30 17:00", "2026-11-27 09:00"),  # of Monday one is reminded on Friday
        ("2026-11-29 12:00", "2026-11-27 09:00"),
    ],
)
def test_one_day_before(moment: str, reminder: str) -> None:
    assert working_time.one_day_before(calendar(), at(moment)) == at(reminder)


@pytest.mark.parametrize(
    ("moment", "zone", "leaves"),
    [
        ("2026-11-24 10:00", "Europe/Berlin", "2026-11-24 10:00"),
        ("2026-11-24 20:00", "Europe/Berlin", "2026-11-25 08:00"),
        ("2026-11-24 07:59", "Europe/Berlin", "2026-11-24 08:00"),
        ("2026-11-24 08:30", "Europe/Berlin", "2026-11-24 08:30"),
        ("2026-11-27 21:00", "Europe/Berlin", "2026-11-30 08:00"),  # Friday night leaves on Monday
        ("2026-11-28 12:00", "Europe/Berlin", "2026-11-30 08:00"),
        ("2026-11-24 10:00", "Asia/Tokyo", "2026-11-24 10:00"),  # 18:00 there
        ("2026-11-24 12:00", "Asia/Tokyo", "2026-11-25 00:00"),  # 20:00 there: 8:00 there is midnight here
        ("2026-11-24 10:00", "America/New_York", "2026-11-24 14:00"),  # 4:00 there
    ],
)
def test_nobody_is_written_to_at_night_or_on_a_day_off(moment: str, zone: str, leaves: str) -> None:
    assert working_time.sendable(at(moment), zone=zone, calendar=calendar()) == at(leaves)


ZONES = st.sampled_from(
    ["UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", "America/St_Johns"]
)
MOMENTS = st.integers(0, 3 * 365 * 24 * 60).map(
    lambda m: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=m)
)
CALENDARS = st.builds(
    calendar,
    ZONES,
    days=st.sets(st.integers(0, 6), min_size=1).map(lambda days: tuple(sorted(days))),
    country=st.sampled_from(["", "DE", "US", "NZ", "IS", "EE"]),
    own=st.lists(st.dates(date(2025, 1, 1), date(2028, 1, 1)), max_size=5).map(tuple),
    half=st.lists(
        st.builds(
            "{}{}{:%H:%M}".format,
            st.dates(date(2024, 12, 1), date(2028, 1, 1)),
            st.sampled_from(" *"),
            st.times(time(7), time(18)),
        ),
        max_size=40,
    ).map(tuple),
)


@given(CALENDARS, MOMENTS, st.integers(0, 15))
def test_a_due_time_is_the_end_of_a_working_day_and_never_before_its_start(
    office: WorkingCalendar, start: datetime, days: int
) -> None:
    due = working_time.after_days(office, start, days)
    local = due.astimezone(office.zone)

    assert due > start
    assert local.time() == working_time.closing(office, local.date())
    assert working_time.after_days(office, start, days + 1) > due


@given(CALENDARS, MOMENTS, st.integers(0, 15))
def test_counting_back_gives_the_days_that_were_counted_on(
    office: WorkingCalendar, start: datetime, days: int
) -> None:
    first = working_time.after_days(office, start, 0)

    assert working_time.days_between(office, first, working_time.after_days(office, start, days)) == days


@given(
    CALENDARS,
    MOMENTS,
    st.timedeltas(timedelta(), timedelta(days=20)),
    st.timedeltas(timedelta(), timedelta(days=20)),
)
def test_hours_add_up(office: WorkingCalendar, start: datetime, first: timedelta, second: timedelta) -> None:
    middle, end = start + first, start + first + second

    whole = working_time.hours_between(office, start, end)
    parts = working_time.hours_between(office, start, middle) + working_time.hours_between(
        office, middle, end
    )

    assert whole == pytest.approx(parts)
    assert 0 <= whole <= (end - start).total_seconds() / 3600 + 1e-9


@given(CALENDARS, MOMENTS, st.integers(1, 100))
def test_so_many_working_hours_later_so_many_have_passed(
    office: WorkingCalendar, start: datetime, hours: int
) -> None:
    due = working_time.after_hours(office, start, hours)

    assert working_time.hours_between(office, start, due) == pytest.approx(hours)
    assert working_time.is_working_day(office, due.astimezone(office.zone).date())


@given(CALENDARS, MOMENTS, ZONES)
def test_what_may_leave_now_may_leave_now_again(office: WorkingCalendar, moment: datetime, zone: str) -> None:
    leaves = working_time.sendable(moment, zone=zone, calendar=office)
    local = leaves.astimezone(ZoneInfo(zone))

    assert leaves >= moment
    assert time(8) <= local.time() < time(20)
    shuts_at = working_time.closing(office, local.date()) or time()
    assert shuts_at == office.day_ends or local.time() < shuts_at
    assert working_time.sendable(leaves, zone=zone, calendar=office) == leaves


@given(CALENDARS, MOMENTS)
def test_a_reminder_comes_on_a_working_day_before(office: WorkingCalendar, moment: datetime) -> None:
    reminder = working_time.one_day_before(office, moment)

    assert reminder < moment
    assert working_time.is_working_day(office, reminder.astimezone(office.zone).date())


def test_own_holidays_come_from_the_database(db: None) -> None:
    made = WorkingCalendar.objects.create(name="Office", time_zone="Europe/Berlin")
    Holiday.objects.create(calendar=made, date=date(2026, 11, 25), name="Company day")
    found = WorkingCalendar.objects.get()

    assert working_time.after_days(found, at("2026-11-24 10:00"), 1) == at("2026-11-26 17:00")


@pytest.mark.parametrize(
    ("country", "region", "day", "custom"),
    [
        ("GB", "", "2026-04-06", False),  # Easter Monday, by law in most of it
        ("GB", "", "2026-08-31", False),
        ("GB", "WLS", "2026-08-31", False),
        ("SE", "", "2026-06-19", True),  # Midsummer Eve
        ("SE", "", "2026-12-24", True),
        ("SE", "", "2026-12-31", True),
        ("BR", "", "2026-02-16", True),  # Carnival
        ("BR", "SP", "2026-02-17", True),
        ("PT", "", "2026-02-17", True),
    ],
)
def test_offices_are_shut_by_law_and_by_custom(country: str, region: str, day: str, custom: bool) -> None:
    shut = date.fromisoformat(day)
    assert not working_time.is_working_day(calendar(country=country, region=region), shut)
    by_law_alone = calendar(country=country, region=region, custom=False)
    assert working_time.is_working_day(by_law_alone, shut) is custom
    eve = datetime.combine(shut - timedelta(days=1), time(10), tzinfo=BERLIN)
    due = working_time.after_days(calendar(country=country, region=region), eve, 1)
    assert due.date() > shut


@pytest.mark.parametrize(
    ("country", "region", "day"),
    [
        ("GB", "SCT", "2026-04-06"),
        ("SE", "", "2026-04-30"),  # Walpurgis: offices work till two
        ("SE", "", "2026-05-15"),
        ("BR", "", "2026-10-28"),  # of public servants
        ("PT", "", "2026-06-12"),
        ("DE", "BE", "2026-12-24"),
    ],
)
def test_other_days_of_a_library_are_working_days(country: str, region: str, day: str) -> None:
    assert working_time.is_working_day(calendar(country=country, region=region), date.fromisoformat(day))
