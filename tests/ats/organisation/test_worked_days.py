"""Weekend days that are worked for a day off in the week: by a country's law, and by an office's own word."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.calendars.models import WorkingHours
from ats.calendars.queries import working_spans
from ats.kernel.errors import Invalid
from ats.organisation import actions, queries
from ats.organisation.domain import due_days, working_time
from ats.organisation.domain.office_years import EPOCH, Office, office_year
from ats.organisation.domain.worked_days import moved_days
from ats.organisation.models import ConfirmedDays, Holiday, WorkingCalendar
from tests.ats.organisation.test_working import at, calendar
from tests.factories import NOW, make_calendar, make_user

SHANGHAI, BUDAPEST = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Budapest")
SignedIn = Callable[[User], Client]


def worked(country: str, year: int, **facts: Any) -> list[str]:
    """The days outside of its week on which an office works, asked day by day."""
    office = calendar(country=country, **facts)
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    return [
        f"{day:%m-%d}"
        for day in days
        if day.weekday() not in office.working_days and working_time.is_working_day(office, day)
    ]


@pytest.mark.parametrize(
    ("country", "year", "days"),
    [
        # As the governments announced them: State Council of China, decrees of Hungary's minister, Latvia's
        # cabinet, Russia's government, Kazakhstan's, Viet Nam's, Taiwan's personnel office.
        ("CN", 2025, ["01-26", "02-08", "04-27", "09-28", "10-11"]),
        ("CN", 2026, ["01-04", "02-14", "02-28", "05-09", "09-20", "10-10"]),
        ("HU", 2025, ["05-17", "10-18", "12-13"]),
        ("HU", 2026, ["01-10", "08-08"]),
        ("LV", 2025, ["05-10", "11-08"]),
        ("LV", 2026, ["01-17", "06-27"]),
        ("RU", 2025, ["11-01"]),
        ("RU", 2026, []),
        ("RU", 2027, ["02-20"]),
        ("KZ", 2025, ["01-05"]),
        ("TW", 2025, ["02-08"]),
        ("VN", 2025, ["04-26"]),
        ("VN", 2026, ["08-22"]),
        ("DE", 2026, []),
        ("XX", 2026, []),
        ("", 2026, []),
    ],
)
def test_the_days_are_those_that_were_announced(country: str, year: int, days: list[str]) -> None:
    assert worked(country, year) == days


def test_each_is_worked_for_a_day_off_also_of_another_year() -> None:
    assert moved_days("HU", "", 2026) == {
        date(2026, 1, 10): date(2026, 1, 2),
        date(2026, 8, 8): date(2026, 8, 21),
    }
    assert moved_days("MM", "", 2026) == {date(2026, 1, 3): date(2025, 12, 26)}
    assert moved_days("AZ", "", 2024)[date(2024, 12, 29)] == date(2025, 1, 3)
    assert moved_days("HU", "no such region", 2026) == {}


def test_they_are_of_offices_that_work_the_whole_week_of_the_country_and_keep_its_days_off() -> None:
    assert worked("CN", 2026, days=(0, 1, 2, 3)) == []
    assert worked("CN", 2026, days=(0, 1, 2, 3, 4, 5)) == ["01-04", "09-20"]  # Saturdays are theirs anyway
    assert worked("CN", 2026, kinds=("half_day",)) == []
    assert worked("CN", 2026, kinds=("public", "half_day")) == worked("CN", 2026)


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        ("2026-02-13 10:00", 1, "2026-02-14 17:00"),  # Friday; the Saturday is worked
        ("2026-02-13 10:00", 2, "2026-02-24 17:00"),  # then the Spring Festival, until Monday the 23rd
        ("2026-02-13 18:00", 0, "2026-02-14 17:00"),
        ("2026-02-27 10:00", 1, "2026-02-28 17:00"),
        ("2026-02-27 10:00", 2, "2026-03-02 17:00"),
        ("2026-09-18 10:00", 1, "2026-09-20 17:00"),  # a Sunday
        ("2026-09-19 10:00", 0, "2026-09-20 17:00"),
    ],
)
def test_promises_count_them(start: str, days: int, due: str) -> None:
    office = calendar("Asia/Shanghai", country="CN")
    assert working_time.after_days(office, at(start, SHANGHAI), days) == at(due, SHANGHAI)


def test_so_does_all_else_that_counts_in_working_time() -> None:
    office = calendar("Europe/Budapest", country="HU")
    friday, saturday, monday = (at(f"2026-08-0{day} 16:00", BUDAPEST) for day in (7, 8, 9))
    monday += timedelta(days=1)
    shut = saturday.replace(hour=17)

    assert working_time.hours_between(office, friday, monday) == 1 + 8 + 7
    assert working_time.after_hours(office, friday, 2) == saturday.replace(hour=10)
    assert working_time.hours_before(office, monday.replace(hour=10), 2) == saturday.replace(hour=16)
    assert working_time.days_between(office, friday, monday) == 2
    assert working_time.one_day_before(office, monday) == saturday.replace(hour=9)
    assert working_time.resumes(office, saturday) == saturday
    assert working_time.end_of(office, saturday.date()) == shut
    assert working_time.sendable(saturday, zone="Europe/Budapest", calendar=office) == saturday
    assert due_days.why_not(office, saturday) == ""
    ordinary = saturday + timedelta(days=7)
    assert due_days.why_not(office, ordinary) == (
        "Nobody is at work on Saturday 15 August: the next working day is Monday 17 August."
    )


OWN = (
    "2026-01-10 ",
    "2026-01-10 12:00",
    "2026-11-28+",
    "2026-11-29+13:00",
    "2026-03-15+",
    "2026-08-08+14:00",
)


@given(st.lists(st.sampled_from(OWN), unique_by=lambda said: said[:10]).map(tuple))
def test_the_lists_of_a_year_say_what_each_day_says(own: tuple[str, ...]) -> None:
    office = calendar("UTC", country="HU", half=own)
    place = ("HU", "", (), True)
    year = office_year(Office("UTC", (0, 1, 2, 3, 4), (time(9), time(17)), place, own), 2026)

    ends = {(EPOCH + timedelta(microseconds=shut)).replace(tzinfo=None) for shut in year.shuts}
    days = (date(2026, 1, 1) + timedelta(days=number) for number in range(365))
    asked = {day: working_time.closing(office, day) for day in days}
    assert ends == {datetime.combine(day, shuts) for day, shuts in asked.items() if shuts is not None}


def test_an_office_says_its_own() -> None:
    def closes(day: str, *own: str) -> time | None:
        office = calendar(country="HU", half=own)
        return working_time.closing(office, date.fromisoformat(day))

    assert closes("2026-11-28") is None
    assert closes("2026-11-28", "2026-11-28+") == time(17)
    assert closes("2026-11-28", "2026-11-28+13:00") == time(13)
    assert closes("2027-11-28", "2026-11-28+") is None  # once
    assert closes("2026-03-15", "2026-03-15+") is None  # a holiday stays one
    assert closes("2026-08-08", "2026-08-08 ") is None  # they have it off, whatever the country does
    assert closes("2026-08-08", "2026-08-08 13:00") == time(13)
    assert closes("2026-08-08", "2026-08-08+13:00") == time(13)
    assert closes("2026-11-25", "2026-11-25+") == time(17)  # an ordinary Wednesday


@pytest.mark.django_db
def test_who_keeps_the_hours_of_the_house_works_then_and_who_has_their_own_does_not() -> None:
    office = make_calendar("Europe/Budapest", holiday_country="HU")
    office.holidays.create(date=date(2026, 8, 9), name="Sunday sale", is_worked=True, shuts_at=time(12))
    theirs, own = (make_user(Role.INTERVIEWER, time_zone="Europe/Budapest") for _ in range(2))
    WorkingHours.objects.create(user=own, days={str(day): [["09:00", "17:00"]] for day in range(5)})
    since = at("2026-08-08 00:00", BUDAPEST)

    def spans(user: User) -> list[tuple[datetime, datetime]]:
        return working_spans(user, calendar=office, since=since, until=since + timedelta(days=2))

    assert spans(theirs) == [
        (since + timedelta(hours=9), since + timedelta(hours=17)),
        (since + timedelta(hours=33), since + timedelta(hours=36)),
    ]
    assert spans(own) == []


# --- The list to confirm


@pytest.fixture
def admin(db: None) -> User:
    return make_user(Role.ADMIN, name="Ada Admin")


@pytest.fixture
def budapest(db: None) -> WorkingCalendar:
    return make_calendar("Europe/Budapest", name="Budapest", holiday_country="HU")


def year(of: WorkingCalendar, number: int = 2026) -> queries.Year:
    found = queries.calendar(of.pk)
    assert found is not None
    return next(row for row in queries.years_of(found, now=NOW) if row.year == number)


@pytest.mark.ordinary_day
def test_the_list_has_them_with_what_they_are_worked_for(budapest: WorkingCalendar) -> None:
    budapest.holidays.create(date=date(2026, 11, 28), name="The move", is_worked=True)
    budapest.holidays.create(date=date(2026, 11, 29), name="Half of it", is_worked=True, shuts_at=time(12))

    listed = [day for day in year(budapest).content if day[1].startswith("works")]
    assert listed == [
        ["2026-01-10", "works", "For Friday 2 January", "moved"],
        ["2026-08-08", "works", "For Friday 21 August", "moved"],
        ["2026-11-28", "works", "The move", "own"],
        ["2026-11-29", "works 12:00", "Half of it", "own"],
    ]
    bridge = next(day for day in year(budapest).content if day[0] == "2026-01-02")
    assert bridge == ["2026-01-02", "", "Day off for Saturday 10 January", "public"]
    days = [day[0] for day in year(budapest).content]
    assert days == sorted(set(days))


@pytest.mark.ordinary_day
def test_a_list_that_was_confirmed_without_them_is_asked_about_again(
    admin: User, budapest: WorkingCalendar
) -> None:
    seen = year(budapest)
    actions.confirm_days(calendar_id=budapest.pk, year=2026, seen=seen.seen, by=admin, now=NOW)
    row = ConfirmedDays.objects.get()
    count = sum(day[1] != "works" for day in seen.content)
    assert Activity.objects.get(verb="calendar.days_confirmed").data["count"] == count == len(row.days) - 2

    row.days = [day for day in row.days if day[0] != "2026-01-10"] + [
        ["2026-12-12", "works 13:00", "For Thursday 24 December", "moved"]
    ]
    next(day for day in row.days if day[0] == "2026-08-08")[1] = ""
    row.save()

    assert [(change.day.isoformat(), change.said) for change in year(budapest).changes] == [
        ("2026-01-10", "For Friday 2 January: worked, was an ordinary day"),
        ("2026-08-08", "For Friday 21 August: worked, was shut"),
        ("2026-12-12", "For Thursday 24 December: an ordinary day now"),
    ]


@pytest.mark.ordinary_day
def test_a_year_of_which_nothing_is_announced_says_so(budapest: WorkingCalendar) -> None:
    assert [year(budapest, number).awaits_moved_days for number in (2026, 2027)] == [False, True]
    budapest.holidays.create(date=date(2027, 12, 11), name="Announced", is_worked=True)
    assert year(budapest, 2027).awaits_moved_days is False
    berlin = make_calendar("Europe/Berlin", holiday_country="DE")
    assert year(berlin, 2027).awaits_moved_days is False


@pytest.mark.ordinary_day
def test_the_page_shows_them_and_takes_those_of_the_house(
    admin: User, budapest: WorkingCalendar, signed_in: SignedIn
) -> None:
    browser, page = signed_in(admin), f"/settings/calendars/{budapest.pk}/"
    said = {"day": "2026-11-28", "name": "The move", "is_worked": "on", "shuts_at": "13:00"}

    assert browser.post(f"{page}holidays/", said).status_code == 302
    shown = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", browser.get(page).content.decode()))

    assert "Saturday 10 January For Friday 2 January · Moved working day Worked " in shown
    assert "Saturday 28 November The move · Your own Worked until 13:00" in shown
    assert shown.count("are not known for 2027 yet") == 1 == shown.count("not known for")
    added = Activity.objects.get(verb="calendar.holiday_added")
    assert added.data["name"] == "The move, worked, shut from 13:00"


@pytest.mark.parametrize(
    ("facts", "field", "why"),
    [
        ({"day": date(2026, 11, 27)}, "is_worked", "This is a working day of your week already."),
        ({"day": date(2026, 3, 15)}, "is_worked", "This is a day off where you are, and stays one."),
        ({"every_year": True}, None, "A day that is worked is one of one year."),
    ],
)
def test_what_cannot_be_worked_is_refused(
    admin: User, budapest: WorkingCalendar, facts: dict[str, Any], field: str | None, why: str
) -> None:
    said: dict[str, Any] = {"day": date(2026, 11, 28), "name": "No", "is_worked": True} | facts
    with pytest.raises((Invalid, ValidationError)) as refused:
        actions.add_holiday(calendar_id=budapest.pk, by=admin, now=NOW, **said)
    assert (getattr(refused.value, "field", None) or None, why in str(refused.value)) == (field, True)
    assert Holiday.objects.count() == 0
    day = {"calendar": budapest, "date": date(2026, 11, 28), "is_worked": True, "every_year": True}
    with pytest.raises(IntegrityError), transaction.atomic():
        Holiday.objects.create(**day)
