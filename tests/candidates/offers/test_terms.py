"""What terms may be given, how they are said, and where a pay stands in the range; no database."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from ats.kernel.errors import Invalid
from candidates.offers.domain import terms
from candidates.offers.domain.pay import Place, in_words, standing
from candidates.offers.models import OfferTerms
from requisitions.models import Requisition

TODAY = date(2026, 11, 24)
FIRST = date(2027, 3, 1)


def role(**facts):
    return Requisition(
        **({"pay_min": 60000, "pay_max": 80000, "pay_currency": "EUR", "pay_period": "year"} | facts)
    )


def given(**facts):
    return {
        "pay": Decimal(70000),
        "pay_currency": "EUR",
        "pay_period": "year",
        "starts_on": FIRST,
        "employment_type": "full_time",
        "remote_mode": "hybrid",
        "letter": "Dear you",
    } | facts


def checked(**facts):
    return terms.checked(given(**facts), requisition=role(), today=TODAY)


def test_what_was_not_given_is_empty_and_what_was_is_tidied():
    tidy = checked(
        pay_currency="eur",
        place=" Berlin\n Mitte ",
        bonus="A  week",
        range_reason=" Rare. \r\n",
        custom=[{"label": " Car ", "text": "Blue\r\nor red "}, {"label": "", "text": " "}],
        letter=" Dear you \n",
    )
    assert tidy == {
        "pay": Decimal(70000),
        "pay_currency": "EUR",
        "pay_period": "year",
        "range_reason": "Rare.",
        "starts_on": FIRST,
        "employment_type": "full_time",
        "ends_on": None,
        "hours_a_week": None,
        "place": "Berlin Mitte",
        "remote_mode": "hybrid",
        "bonus": "A week",
        "equity": "",
        "custom": [{"label": "Car", "text": "Blue\nor red"}],
        "letter": "Dear you",
        "language": "",
    }


CAR = {"label": "Car", "text": "Blue"}


@pytest.mark.parametrize(
    ("name", "allowed", "refused"),
    [
        ("place", "x" * 200, "x" * 201),
        ("bonus", "x" * 300, "x" * 301),
        ("equity", "x" * 300, "x" * 301),
        ("custom", [CAR] * 12, [CAR] * 13),
        ("custom", [], [{"label": "", "text": "Blue"}]),
        ("letter", "x" * 20_000, "x" * 20_001),
        ("hours_a_week", Decimal(80), Decimal("80.5")),
        ("hours_a_week", Decimal("0.5"), Decimal(0)),
        ("starts_on", TODAY + timedelta(days=1), TODAY),
        ("starts_on", TODAY + terms.FARTHEST, TODAY + terms.FARTHEST + timedelta(days=1)),
        ("ends_on", FIRST + timedelta(days=1), FIRST),
        ("pay", Decimal(60000), Decimal(0)),
        ("pay", Decimal("0.01") + 79999, Decimal(10**10)),
        ("pay", Decimal(80000), None),
        ("employment_type", "part_time", "for_ever"),
        ("pay_period", "year", ""),
        ("remote_mode", "remote", None),
        ("pay_currency", "EUR", "EURO"),
    ],
)
def test_up_to_where_it_makes_sense(name, allowed, refused):
    assert checked(**{name: allowed})[name] == allowed
    with pytest.raises(Invalid) as caught:
        checked(**{name: refused}, **({} if name == "range_reason" else {"range_reason": "Because."}))
    assert caught.value.field == name


def test_outside_the_range_it_takes_a_reason():
    with pytest.raises(Invalid, match=r"^€1 below the approved range\. Say why\.$") as caught:
        checked(pay=Decimal(59999))
    assert caught.value.field == "range_reason"
    assert checked(pay=Decimal(59999), range_reason="x" * 2001)["range_reason"] == "x" * 2000
    assert terms.checked(given(pay=Decimal(1)), requisition=role(pay_min=None), today=TODAY)["pay"] == 1


def test_long_words_of_further_terms_are_cut():
    [row] = checked(custom=[{"label": "x" * 81, "text": "y" * 1001}])["custom"]
    assert (len(row["label"]), len(row["text"])) == (80, 1000)


@pytest.mark.parametrize(("days", "allowed"), [("1", True), (60, True), (0, False), (61, False)])
def test_the_time_to_answer_is_from_one_to_sixty_working_days(days, allowed):
    if allowed:
        assert terms.valid_days(days) == int(days)
        return
    with pytest.raises(Invalid) as caught:
        terms.valid_days(days)
    assert caught.value.field == "valid_days"


FULL = given(
    ends_on=date(2028, 3, 1), hours_a_week=Decimal("38.50"), place="Berlin", bonus="A week", custom=[CAR]
)


def test_the_terms_are_said_as_people_read_them():
    assert terms.facts(OfferTerms(**FULL)) == [
        ("Pay", "€70,000 a year"),
        ("First day", "1 March 2027"),
        ("Contract", "Full time"),
        ("Last day", "1 March 2028"),
        ("Hours a week", "38.5"),
        ("Place", "Berlin"),
        ("Way of working", "Hybrid"),
        ("Bonus", "A week"),
        ("Car", "Blue"),
    ]
    assert in_words(OfferTerms(**given(pay_period="month", pay=Decimal(5000)))) == "€5,000 a month"


def test_each_change_is_a_sentence_and_our_reasons_stay_inside():
    before = OfferTerms(**FULL)
    assert terms.changes(before, OfferTerms(**FULL)) == []
    other = FULL | {
        "pay_period": "month",
        "starts_on": date(2027, 4, 1),
        "place": "",
        "equity": "A share",
        "custom": [],
        "letter": "Dear friend",
        "range_reason": "Rare.",
    }
    for_candidates = [
        "Pay: €70,000 a month instead of €70,000 a year",
        "First day: 1 April 2027 instead of 1 March 2027",
        "Place: no longer Berlin",
        "Equity: A share",
        "Further terms: no longer Car: Blue",
    ]
    after = OfferTerms(**other)
    assert terms.changes(before, after, internal=False) == [*for_candidates, "The words of the letter"]
    assert terms.changes(before, after) == [
        *for_candidates, "Reason for the pay: Rare.", "The words of the letter",
    ]  # fmt: skip


def test_the_role_suggests_what_it_knows():
    assert terms.suggested(role(employment_type="contract", remote_mode="remote", target_start=FIRST)) == {
        "pay_currency": "EUR",
        "pay_period": "year",
        "employment_type": "contract",
        "remote_mode": "remote",
        "place": "",
        "starts_on": FIRST,
    }


@pytest.mark.parametrize(
    ("pay", "facts", "place", "share", "words"),
    [
        (60000, {}, Place.WITHIN, 0, "In the lower third of the approved range."),
        (66799, {}, Place.WITHIN, 33, "In the lower third of the approved range."),
        (66800, {}, Place.WITHIN, 34, "In the middle of the approved range."),
        (73399, {}, Place.WITHIN, 66, "In the middle of the approved range."),
        (73400, {}, Place.WITHIN, 67, "In the upper third of the approved range."),
        (60000, {"pay_max": 60000}, Place.WITHIN, 50, "In the middle of the approved range."),
        (80500, {}, Place.ABOVE, 100, "€500 above the approved range."),
        (59000, {}, Place.BELOW, 0, "€1,000 below the approved range."),
        (66000, {"pay_period": "month", "pay_min": 5000, "pay_max": 6000}, Place.WITHIN, 50,
         "In the middle of the approved range."),
        (70000, {"pay_period": "hour"}, Place.OTHER, None, "It cannot be compared with the approved range."),
        (70000, {"pay_currency": "USD"}, Place.OTHER, None, "It cannot be compared with the approved range."),
    ],
)  # fmt: skip
def test_where_a_pay_by_the_year_stands(pay, facts, place, share, words):
    found = standing(Decimal(pay), "EUR", "year", requisition=role(**facts))
    assert (found.place, found.share, found.words) == (place, share, words)
    assert found.is_within is (place is Place.WITHIN)


@pytest.mark.parametrize("facts", [{"pay_min": None}, {"pay_max": None}])
def test_where_no_range_was_approved_it_stands_nowhere(facts):
    assert standing(Decimal(70000), "EUR", "year", requisition=role(**facts)) is None
