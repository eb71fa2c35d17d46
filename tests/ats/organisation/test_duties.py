"""The table of duties by place: what is enforced where, for whom, since when."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pycountry
import pytest
from django.test import Client

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, NotAllowed
from ats.organisation import actions, queries
from ats.organisation.domain import duties
from ats.organisation.domain.duty import Kind, Sure
from ats.organisation.domain.duty_table import DUTIES
from tests.factories import NOW, make_location, make_organisation

SignedIn = Callable[[User], Client]
TODAY = date(2026, 11, 30)
ONTARIO = "CA-ON"


def codes(place: str, employees: dict[str, int] | None = None, on: date = TODAY) -> list[str]:
    return [duty.code for duty in duties.statements_required(place, employees=employees or {}, on=on)]


def outer(place: str, employees: dict[str, int] | None = None, on: date = TODAY) -> duties.Duty | None:
    return duties.outer_date_duty(place, employees=employees or {}, on=on)


@pytest.mark.parametrize(
    ("employees", "on", "holds"),
    [
        ({ONTARIO: 25}, TODAY, True),
        ({ONTARIO: 24}, TODAY, False),
        ({ONTARIO: 0}, TODAY, False),
        ({}, TODAY, True),
        ({"CA": 3}, TODAY, True),
        ({ONTARIO: 25}, date(2026, 1, 1), True),
        ({ONTARIO: 25}, date(2025, 12, 31), False),
    ],
)
def test_ontario_binds_by_size_and_day(employees: dict[str, int], on: date, holds: bool) -> None:
    duty = outer(ONTARIO, employees, on)

    assert (duty is not None) is holds
    assert codes(ONTARIO, employees, on) == (
        ["ca-on-pay", "ca-on-vacancy", "ca-on-screening"] if holds else []
    )


def test_what_ontario_wants() -> None:
    duty = outer(ONTARIO)

    assert duty is not None
    assert (duty.days, duty.kept_years, duty.fewest_employees) == (45, 3, 25)


@pytest.mark.parametrize("place", ["", "CA", "CA-QC", "DE", "DE-BE", "US-NY", "US-CA", "KR", "GB", "XX"])
def test_elsewhere_nothing_is_enforced(place: str) -> None:
    assert outer(place) is None
    assert codes(place) == []


def test_what_is_only_reported_is_shown_and_never_enforced() -> None:
    reported = [duty for duty in DUTIES if duty.sure is not Sure.READ]

    assert reported
    assert not any(duty.holds_on(date(year, 1, 1)) for duty in reported for year in range(2020, 2040))
    assert all(duty.state for duty in reported)
    assert {duty.code for duty in duties.at("US-NY")} == {"us-ny-fill-by", "us-ny-city-automated"}
    assert {duty.code for duty in duties.at("DE-BE")} == {
        *("eu-ai-act", "eu-pay-transparency", "eu-pay-history")
    }


def test_a_duty_ends_with_its_last_day() -> None:
    duty = replace(DUTIES[0], until=date(2026, 12, 31))

    assert [duty.holds_on(date(2026, 12, 31)), duty.holds_on(date(2027, 1, 1))] == [True, False]


def test_each_row_is_whole() -> None:
    assert len({duty.code for duty in DUTIES}) == len(DUTIES)
    for duty in DUTIES:
        country, _, part = duty.place.partition("-")
        assert duty.place == "EU" or pycountry.countries.get(alpha_2=country)
        assert not part or pycountry.subdivisions.get(code=duty.place)
        assert duty.says
        assert duty.source
        assert duty.link.startswith("https://")
        assert duty.sure is Sure.REPORTED or (duty.since and duty.kept_years)
        assert (duty.days is not None) or duty.kind is not Kind.OUTCOME or duty.sure is Sure.REPORTED


# --- The size of the employer


@pytest.mark.django_db
def test_the_size_is_said_by_place_and_taken_back(admin: User, lead: User) -> None:
    company = make_organisation()

    def say(number: int | None, by: User = admin, place: str = ONTARIO) -> dict[str, int]:
        return actions.count_employees(
            organisation_id=company.pk, by=by, now=NOW, employees={place: number}
        ).employees

    assert say(24) == {ONTARIO: 24}
    assert say(24) == {ONTARIO: 24}
    assert say(None) == {}
    changes = Activity.objects.filter(verb="organisation.changed")
    assert [each.data["fields"] for each in changes] == ["employees", "employees"]
    for number in (-1, 10**9):
        with pytest.raises(Invalid, match="Nobody employs"):
            say(number)
    with pytest.raises(Invalid, match="No law in the table"):
        say(5, place="DE")
    with pytest.raises(NotAllowed):
        say(5, by=lead)


@pytest.mark.django_db
def test_the_page_says_what_holds_where(admin: User, signed_in: SignedIn) -> None:
    company = make_organisation()
    for name, country, region in [
        ("Toronto", "CA", "Ontario"),
        ("Somewhere", "CA", ""),
        ("Berlin", "DE", "BE"),
        ("Oslo", "NO", ""),
    ]:
        make_location(organisation=company, name=name, city=name, country=country, region=region)
    browser = signed_in(admin)

    page = browser.get("/settings/law/").content.decode()

    for said in [
        f"Version of the table: {duties.VERSION}",
        "within 45 days of their last interview",
        "which nobody has said",
        "knows duties of CA-ON",
        "Nothing is enforced here. What is reported",
        "The table says nothing about this place.",
        "Regulation (EU) 2024/1689, Art. 50",
    ]:
        assert said in page
    saved = browser.post(f"/settings/law/{company.pk}/sizes/", {ONTARIO: "12"})
    assert (saved.status_code, saved["Location"]) == (302, "/settings/law/")
    company.refresh_from_db()
    assert company.employees == {ONTARIO: 12}
    ((_, places),) = queries.law_of_places(on=TODAY)
    assert [at.binds for at in places if at.location.name == "Toronto"] == [[]]
    wrong = browser.post(f"/settings/law/{company.pk}/sizes/", {ONTARIO: "many"})
    assert wrong.status_code == 422
    assert browser.post("/settings/law/999999/sizes/").status_code == 404


@pytest.mark.django_db
def test_only_administrators_see_it(lead: User, signed_in: SignedIn) -> None:
    assert signed_in(lead).get("/settings/law/").status_code == 403
