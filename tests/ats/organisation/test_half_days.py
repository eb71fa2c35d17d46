"""Half days: an office that shuts at noon has half a day, to the minute, in every count of working time."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ats.accounts.models import User
from ats.calendars.queries import working_spans
from ats.organisation.domain import working_time
from ats.organisation.domain.days_off import closings, days_off
from ats.organisation.models import Holiday, WorkingCalendar
from tests.ats.organisation.test_working import BERLIN, CALENDARS, MOMENTS, at, calendar

CHRISTMAS_EVE, NEW_YEARS_EVE = date(2026, 12, 24), date(2026, 12, 31)  # both are Thursdays


def closes(country: str, region: str = "", *, day: date = CHRISTMAS_EVE, **facts: object) -> time | None:
    return working_time.closing(calendar(country=country, region=region, **facts), day)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("country", "eve", "last"),
    [
        ("DE", time(12), time(12)),
        ("AT", time(12), time(12)),
        ("CH", time(12), time(12)),
        ("NO", time(12), time(12)),
        ("LU", time(12), time(17)),
        ("BR", time(13), time(13)),
        ("DK", None, time(12)),
        ("IS", time(13), time(13)),  # the library's own half days, from one o'clock
        ("GR", time(12), time(12)),
        ("EE", None, time(14)),  # three hours less
        ("AU", time(17), time(17)),  # evenings of two of its states
        ("SE", None, None),
        ("FI", None, time(17)),
        ("US", time(17), time(17)),
        ("GB", time(17), time(17)),
        ("", time(17), time(17)),
    ],
)
def test_the_eves_are_what_they_are_in_offices_of_the_country(
    country: str, eve: time | None, last: time | None
) -> None:
    assert (closes(country), closes(country, day=NEW_YEARS_EVE)) == (eve, last)


def test_half_days_by_custom_can_be_left_out_and_those_by_law_cannot() -> None:
    assert [closes(country, custom=False) for country in ("DE", "IS")] == [time(17), time(13)]


def test_half_days_of_other_people_are_chosen_and_never_taken_for_granted() -> None:
    women = date(2027, 3, 8)  # a Monday

    assert closes("CN", day=women) == time(17)
    assert closes("CN", day=women, kinds=("public", "half_day")) == time(12)


def test_the_hour_is_read_from_the_name_whatever_the_kind() -> None:
    republic = date(2026, 10, 28)
    assert days_off("TR", "", 2026, custom=False)[republic].shuts_at == time(13)
    # Swedish banks shut at two on Maundy Thursday, and altogether on Good Friday
    chosen = {"kinds": ("public", "bank")}
    assert [closes("SE", day=date(2026, 4, day), **chosen) for day in (1, 2, 3)] == [time(17), time(14), None]
    assert closes("LU", custom=False, kinds=("bank",)) == time(12)
    assert closes("AD", custom=False, kinds=("government",)) == time(13)


def test_kinds_are_chosen_freely() -> None:
    good_friday, corpus_christi = date(2026, 4, 3), date(2026, 6, 4)

    assert closes("DE", day=good_friday, kinds=("catholic",)) == time(17)
    assert closes("DE", "SN", day=corpus_christi) == time(17)
    assert closes("DE", "SN", day=corpus_christi, kinds=("public", "catholic")) is None


def test_its_own_word_goes_before_a_half_day_of_the_country() -> None:
    assert closes("DE", half=("2026-12-24 14:00",)) == time(14)
    assert closes("DE", half=("2026-12-24 17:00",)) == time(17)  # they work as ever
    assert closes("DE", half=("2026-12-24 20:00",)) == time(17)
    assert closes("DE", own=(CHRISTMAS_EVE,)) is None
    assert closes("DE", half=("2026-12-25 12:00",), day=date(2026, 12, 25)) is None  # a holiday stays one
    assert closes("DE", half=("2026-12-24 09:00",)) is None  # nobody comes in to go home


def test_every_year_from_then_on_but_for_a_year_of_which_it_is_said_otherwise() -> None:
    half = ("2026-06-18*13:00", "2028-06-18 15:00", "2024-02-29*12:00")

    def shuts(day: str) -> time | None:
        return working_time.closing(calendar(half=half, days=(0, 1, 2, 3, 4, 5, 6)), date.fromisoformat(day))

    assert [shuts(f"{year}-06-18") for year in (2025, 2026, 2027, 2028, 2029)] == [
        time(17), time(13), time(13), time(15), time(13),
    ]  # fmt: skip
    assert [shuts(day) for day in ("2027-02-28", "2027-03-01", "2028-02-29")] == [
        time(17),
        time(17),
        time(12),
    ]


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-12-23 10:00", 1, "2026-12-24 12:00"),  # a half day is a working day
        ("2026-12-23 10:00", 2, "2026-12-28 17:00"),  # over Christmas and the weekend
        ("2026-12-24 11:59", 0, "2026-12-24 12:00"),
        ("2026-12-24 12:00", 0, "2026-12-28 17:00"),  # after noon nobody is there
        ("2026-12-30 18:00", 0, "2026-12-31 12:00"),
        ("2026-12-31 13:00", 1, "2027-01-05 17:00"),  # New Year is a Friday
    ],
)
def test_days_over_a_half_day(start: str, days: int, due: str) -> None:
    assert working_time.after_days(calendar(country="DE"), at(start), days) == at(due)


@pytest.mark.parametrize(
    ("start", "hours", "due"),
    [
        ("2026-12-23 16:00", 4, "2026-12-24 12:00"),
        ("2026-12-23 16:00", 5, "2026-12-28 10:00"),
        ("2026-12-24 11:00", 2, "2026-12-28 10:00"),
        ("2026-12-24 13:00", 2, "2026-12-28 11:00"),
    ],
)
def test_hours_over_a_half_day(start: str, hours: float, due: str) -> None:
    german = calendar(country="DE")

    assert working_time.after_hours(german, at(start), hours) == at(due)
    assert working_time.hours_between(german, at(start), at(due)) == hours


def test_after_noon_of_a_half_day_work_goes_on_and_letters_leave_when_the_office_opens_again() -> None:
    german, noon = calendar(country="DE"), at("2026-12-24 12:00")

    assert working_time.resumes(german, noon) == at("2026-12-28 09:00")
    assert working_time.one_day_before(german, at("2026-12-28 17:00")) == at("2026-12-24 09:00")
    assert working_time.end_of(german, CHRISTMAS_EVE) == noon
    assert working_time.sendable(noon, zone="Europe/Berlin", calendar=german) == at("2026-12-28 08:00")
    before = at("2026-12-24 11:59")
    assert working_time.sendable(before, zone="Europe/Berlin", calendar=german) == before
    # An ordinary day's end of work keeps no letter back.
    evening = at("2026-12-23 19:00")
    assert working_time.sendable(evening, zone="Europe/Berlin", calendar=german) == evening


def test_nobody_is_booked_in_the_free_half_of_a_day(db: None) -> None:
    office = WorkingCalendar.objects.create(name="Berlin", time_zone="Europe/Berlin", holiday_country="DE")
    Holiday.objects.create(calendar=office, date=date(2026, 12, 23), name="Ours", shuts_at=time(10, 30))
    user = User(name="Ada", email="ada@example.com", time_zone="Europe/Berlin")

    found = working_spans(user, calendar=office, since=at("2026-12-22 12:00"), until=at("2026-12-29 00:00"))

    assert [(opens.astimezone(BERLIN), shuts.astimezone(BERLIN)) for opens, shuts in found] == [
        (at("2026-12-22 12:00"), at("2026-12-22 17:00")),
        (at("2026-12-23 09:00"), at("2026-12-23 10:30")),
        (at("2026-12-24 09:00"), at("2026-12-24 12:00")),
        (at("2026-12-28 09:00"), at("2026-12-28 17:00")),
    ]


def test_a_half_day_at_night_has_its_real_hours_when_the_clocks_change() -> None:
    night = calendar(
        days=(0, 1, 2, 3, 4, 5, 6),
        starts=time(0),
        ends=time(8),
        half=("2026-03-29 04:00", "2026-10-25 04:00"),
    )

    def hours(day: str) -> float:
        return working_time.hours_between(night, at(f"{day} 00:00"), at(f"{day} 23:00"))

    assert [hours("2026-03-29"), hours("2026-10-25")] == [3, 5]


def test_own_half_days_come_from_the_database(db: None) -> None:
    made = WorkingCalendar.objects.create(name="Office", time_zone="Europe/Berlin")
    Holiday.objects.create(calendar=made, date=date(2026, 11, 25), name="Fair", shuts_at=time(14, 30))
    Holiday.objects.create(calendar=made, date=date(2025, 11, 26), name="Founders", every_year=True)
    found = WorkingCalendar.objects.get()

    assert working_time.after_days(found, at("2026-11-24 10:00"), 1) == at("2026-11-25 14:30")
    assert working_time.after_days(found, at("2026-11-24 10:00"), 2) == at("2026-11-27 17:00")


def open_at(office: WorkingCalendar, moment: datetime) -> bool:
    """Whether somebody is there, said anew from what the calendar holds."""
    local = moment.astimezone(office.zone)
    if local.weekday() not in office.working_days:
        return False
    place = (office.holiday_country, office.holiday_region, tuple(office.holiday_categories), True)
    found = closings(place, office.own_days, (office.day_starts, office.day_ends), local.year)
    shuts_at = found.get(local.date(), office.day_ends)
    return shuts_at is not None and office.day_starts <= local.time() < shuts_at


@given(CALENDARS, MOMENTS, st.integers(1, 9 * 24 * 60))
def test_hours_are_the_minutes_in_which_somebody_is_there(
    office: WorkingCalendar, start: datetime, minutes: int
) -> None:
    there = sum(open_at(office, start + timedelta(minutes=passed)) for passed in range(minutes))

    passed = working_time.hours_between(office, start, start + timedelta(minutes=minutes))
    assert passed * 60 == pytest.approx(there)


@given(CALENDARS, MOMENTS, st.integers(0, 15), st.integers(1, 100))
def test_nothing_is_due_when_nobody_is_there(
    office: WorkingCalendar, start: datetime, days: int, hours: int
) -> None:
    for due in (
        working_time.after_days(office, start, days),
        working_time.after_hours(office, start, hours),
    ):
        assert open_at(office, due.astimezone(UTC) - timedelta(microseconds=1))


@given(CALENDARS, MOMENTS)
def test_work_goes_on_when_somebody_is_there_again(office: WorkingCalendar, moment: datetime) -> None:
    again = working_time.resumes(office, moment)

    assert open_at(office, again)
    assert working_time.hours_between(office, moment, again) == 0
