"""What a place brings along: the clock, the working days, the holidays, the money."""

import pytest

from ats.organisation.domain.defaults import country_of, currency_of, days_in_words, place


@pytest.mark.parametrize(
    ("country", "city", "seen", "zone"),
    [
        ("DE", "", "", "Europe/Berlin"),
        ("US", "", "", "America/New_York"),
        ("US", "Los Angeles", "America/Denver", "America/Los_Angeles"),
        ("US", "Boulder", "America/Denver", "America/Denver"),
        ("CA", "Ottawa", "Europe/Berlin", "America/Toronto"),
        ("UA", "", "", "Europe/Kyiv"),
        ("XX", "", "", "UTC"),
    ],
)
def test_the_clock_of_a_place(country: str, city: str, seen: str, zone: str) -> None:
    assert place(country, city, seen=seen).time_zone == zone


def test_the_week_and_the_holidays_of_a_place() -> None:
    def said(country: str) -> str:
        return place(country).sentence

    assert (
        said("FR")
        == "Monday to Friday, 9:00 to 17:00, by the clock of Europe/Paris. Public holidays off: France."
    )
    assert said("SA") == (
        "Sunday to Thursday, 9:00 to 17:00, by the clock of Asia/Riyadh. Public holidays off: Saudi Arabia."
    )
    assert days_in_words([0, 2]) == "Monday, Wednesday"


def test_the_money_of_a_place() -> None:
    found = {country: currency_of(country) for country in ("DE", "US", "GB", "PL", "JP", "CH", "XX")}
    assert found == {
        "DE": "EUR",
        "US": "USD",
        "GB": "GBP",
        "PL": "PLN",
        "JP": "JPY",
        "CH": "CHF",
        "XX": "EUR",
    }


def test_the_country_in_which_a_clock_goes() -> None:
    assert [country_of(zone) for zone in ("Europe/Berlin", "America/Denver", "UTC", "")] == [
        "DE",
        "US",
        "",
        "",
    ]
