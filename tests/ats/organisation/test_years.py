"""The list of a year's days off: chosen by kinds, shown, confirmed, and asked about again when it changes."""

import re
from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.kernel.errors import Conflict, Invalid, NotAllowed
from ats.organisation import actions, queries
from ats.organisation.models import ConfirmedDays, Holiday, WorkingCalendar
from tests.factories import NOW, make_calendar, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]
SignedIn = Callable[[User], Client]
THIS = NOW.year


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMIN, name="Ada Admin")


@pytest.fixture
def berlin() -> WorkingCalendar:
    return make_calendar("Europe/Berlin", name="Berlin", holiday_country="DE", holiday_region="BE")


def year(calendar: WorkingCalendar, number: int = THIS) -> queries.Year:
    found = queries.calendar(calendar.pk)
    assert found is not None
    return next(row for row in queries.years_of(found, now=NOW) if row.year == number)


def confirm(calendar: WorkingCalendar, by: User, **facts: Any) -> ConfirmedDays:
    given = {"year": THIS, "seen": year(calendar).seen, "now": NOW} | facts
    return actions.confirm_days(calendar_id=calendar.pk, by=by, **given)


def test_the_list_has_every_day_with_its_name_and_why(berlin: WorkingCalendar) -> None:
    days = berlin.holidays
    days.create(date=date(2026, 11, 26), name="The fair", shuts_at=time(14))
    days.create(date=date(2025, 6, 1), name="Founders' day", every_year=True)
    days.create(date=date(2026, 12, 31), name="We work", shuts_at=time(17))
    days.create(date=date(2026, 12, 25), name="Not so", shuts_at=time(12))

    assert year(berlin).content == [
        ["2026-01-01", "", "New Year's Day", "public"],
        ["2026-03-08", "", "Women's Day", "public"],
        ["2026-04-03", "", "Good Friday", "public"],
        ["2026-04-06", "", "Easter Monday", "public"],
        ["2026-05-01", "", "Labor Day", "public"],
        ["2026-05-14", "", "Ascension Day", "public"],
        ["2026-05-25", "", "Pentecost Monday", "public"],
        ["2026-06-01", "", "Founders' day", "own"],
        ["2026-10-03", "", "German Unity Day", "public"],
        ["2026-11-26", "14:00", "The fair", "own"],
        ["2026-12-24", "12:00", "Christmas Eve", "custom"],
        ["2026-12-25", "", "Christmas Day", "public"],
        ["2026-12-26", "", "Second Day of Christmas", "public"],
    ]
    assert [off.day.day for off in year(berlin).days if off.free_anyway] == [8, 3, 26]


def test_it_stands_on_record_who_confirmed_which_list(admin: User, berlin: WorkingCalendar) -> None:
    shown = year(berlin).content

    row = confirm(berlin, admin)

    assert (row.confirmed_by, row.confirmed_at, row.days) == (admin, NOW, shown)
    activity = Activity.objects.get(verb="calendar.days_confirmed")
    assert (activity.actor_id, activity.data["days"], activity.data["count"]) == (admin.pk, shown, len(shown))
    assert [year(berlin, number).is_right for number in (THIS, THIS + 1)] == [True, False]


def test_what_changes_later_is_said_and_asked_again(admin: User, berlin: WorkingCalendar) -> None:
    confirm(berlin, admin)
    # A newer package knows a day that the one before did not, and no longer a day that it did; another shuts later.
    row = ConfirmedDays.objects.get()
    row.days = [day for day in row.days if day[0] != "2026-05-01"] + [
        ["2026-11-27", "", "Gone day", "public"]
    ]
    next(day for day in row.days if day[0] == "2026-12-24")[1] = "14:00"
    next(day for day in row.days if day[0] == "2026-12-25")[2] = "Another spelling"
    row.save()

    again = year(berlin)

    assert (again.is_right, [(change.day.isoformat(), change.said) for change in again.changes]) == (
        False,
        [
            ("2026-05-01", "Labor Day: shut, was an ordinary day"),
            ("2026-11-27", "Gone day: an ordinary day now"),
            ("2026-12-24", "Christmas Eve: shut from 12:00, was 14:00"),
        ],
    )
    confirm(berlin, admin, now=NOW + timedelta(days=1))
    assert year(berlin).is_right
    actions.change_calendar(calendar_id=berlin.pk, holiday_region="BB", by=admin, now=NOW)
    assert [change.said for change in year(berlin).changes] == [
        "Women's Day: an ordinary day now",
        "Easter Sunday: shut, was an ordinary day",
        "Pentecost: shut, was an ordinary day",
        "Reformation Day: shut, was an ordinary day",
    ]


def test_only_what_was_seen_is_confirmed(admin: User, berlin: WorkingCalendar) -> None:
    seen = year(berlin).seen
    Holiday.objects.create(calendar=berlin, date=date(2026, 11, 27), name="Meanwhile")

    with pytest.raises(Conflict):
        confirm(berlin, admin, seen=seen)
    with pytest.raises(Invalid):
        confirm(berlin, admin, year=THIS + 2)
    with pytest.raises(NotAllowed):
        confirm(berlin, make_user(Role.LEAD))
    assert ConfirmedDays.objects.count() == 0


def test_the_pages_ask_until_somebody_has_confirmed(
    admin: User, berlin: WorkingCalendar, signed_in: SignedIn
) -> None:
    browser, page = signed_in(admin), f"/settings/calendars/{berlin.pk}/"
    assert browser.get("/settings/calendars/").context["calendars"] == [(berlin, "2026 and 2027")]
    seen = year(berlin).seen

    stale = browser.post(f"{page}years/2026/confirm/", {"seen": "another"}, follow=True)
    assert (ConfirmedDays.objects.count(), b"has changed while you read it" in stale.content) == (0, True)
    told = browser.post(f"{page}years/2026/confirm/", {"seen": seen}, follow=True)

    assert b"Ada Admin confirmed this list" in told.content
    assert browser.get("/settings/calendars/").context["calendars"] == [(berlin, "2027")]


def test_as_many_queries_for_many_calendars_and_days(
    admin: User, berlin: WorkingCalendar, signed_in: SignedIn, django_assert_max_num_queries: Any
) -> None:
    browser = signed_in(admin)
    browser.get("/settings/calendars/")
    for number in range(8):
        row = make_calendar(name=f"Office {number}", holiday_country="DE")
        row.holidays.create(date=date(2026, 11, 26), name="The fair", shuts_at=time(14))
        confirm(row, admin)
    with django_assert_max_num_queries(6):
        assert len(browser.get("/settings/calendars/").context["calendars"]) == 9


def facts(**said: Any) -> dict[str, Any]:
    return {
        "name": "Stockholm",
        "time_zone": "Europe/Stockholm",
        "working_days": ["0", "1", "2", "3", "4"],
        "day_starts": "09:00",
        "day_ends": "17:00",
        "holiday_country": "SE",
        "customary_days_off": "on",
    } | said


def test_kinds_of_days_are_chosen_among_those_of_the_country(admin: User, signed_in: SignedIn) -> None:
    browser = signed_in(admin)
    shown = browser.get("/settings/calendars/kinds/", {"holiday_country": "SE"}).content.decode()
    boxes = re.findall(r'value="(\w+)"(?: id="\w+")?( checked)?', shown)
    assert boxes == [("public", " checked"), ("bank", ""), ("de_facto", ""), ("optional", "")]
    assert "checkbox" not in browser.get("/settings/calendars/kinds/").content.decode()

    browser.post("/settings/calendars/new/", facts(holiday_categories=["bank", "public"]))
    calendar = WorkingCalendar.objects.get()
    assert sorted(calendar.holiday_categories) == ["bank", "public"]
    assert ["2027-03-25", "14:00", "Maundy Thursday (from 2pm)", "bank"] in year(calendar, 2027).content
    # The usual ones are no choice: they go along with what is usual.
    browser.post(f"/settings/calendars/{calendar.pk}/", facts(holiday_categories=["public"]))
    calendar.refresh_from_db()
    assert calendar.holiday_categories == []


def test_another_country_has_its_own_usual_kinds(admin: User, signed_in: SignedIn) -> None:
    """Without scripts the kinds of the country before come along: they are refused and not counted."""
    browser, calendar = signed_in(admin), make_calendar(name="Here", holiday_country="SE")
    page = f"/settings/calendars/{calendar.pk}/"

    wrong = browser.post(page, facts(holiday_country="IS", holiday_categories=["public", "bank"]))
    assert (wrong.status_code, list(wrong.context["form"].errors)) == (422, ["holiday_categories"])
    browser.post(page, facts(holiday_country="IS"))

    calendar.refresh_from_db()
    assert (calendar.holiday_country, calendar.holiday_categories) == ("IS", [])
    assert ["2026-12-24", "13:00", "Christmas Eve (from 1pm)", "half_day"] in year(calendar).content


def test_half_days_of_its_own_once_or_every_year(
    admin: User, berlin: WorkingCalendar, signed_in: SignedIn
) -> None:
    browser, page = signed_in(admin), f"/settings/calendars/{berlin.pk}/holidays/"
    said = {"day": "2026-06-18", "name": "Summer party", "shuts_at": "13:00", "every_year": "on"}

    browser.post(page, said)
    twice = browser.post(page, said | {"day": "2027-06-18"})
    browser.post(page, {"day": "2027-06-18", "name": "Not this year", "shuts_at": "17:00"})

    assert twice.context["holiday_form"].errors == {"day": ["Every year has this day already."]}
    assert [row for row in year(berlin).content if row[3] == "own"] == [
        ["2026-06-18", "13:00", "Summer party", "own"]
    ]
    assert [row for row in year(berlin, 2027).content if row[3] == "own"] == []
    added = Activity.objects.filter(verb="calendar.holiday_added").order_by("pk").first()
    assert added is not None
    assert added.data["name"] == "Summer party, shut from 13:00, every year"
