"""Telephone numbers: kept as typed, dialled as they say, found by any spelling."""

from typing import Any

import pytest
from django.test import Client

from ats.activity.models import Activity
from candidates.models import Candidate, WordsTaken
from candidates.people.actions import change_contact, find_or_create, read_phone, rebuild
from candidates.people.domain import phones
from candidates.people.queries import matching
from tests.candidates.helpers import run_lane
from tests.factories import NOW, make_application, make_location, make_requisition, make_user


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("+49 30 901820", "+4930901820"),
        ("0049 30 901820", "+4930901820"),
        ("00 49 (0)30 / 90 18 20", "+4930901820"),
        ("+49 (0) 30 901820", "+4930901820"),
        ("\uff0b49 30 901820", "+4930901820"),
        ("+39 (0)6 1234 5678", "+390612345678"),
        ("+1 (212) 555-0100", "+12125550100"),
        # Remarks are words, and not the keys of a telephone.
        ("+49 30 901820 home", "+4930901820"),
        ("mobile: +49 170 1234567", "+491701234567"),
        ("+1-800-FLOWERS", ""),
        # Extensions have their words.
        ("+49 30 901820 ext. 15", "+4930901820;ext=15"),
        ("+49 30 901820x15", "+4930901820;ext=15"),
        ("+49 30 901820 Durchwahl 15", "+4930901820;ext=15"),
        ("+33 1 23 45 67 89 poste 12", "+33123456789;ext=12"),
        ("+7 912 345-67-89 доб. 12", "+79123456789;ext=12"),
        ("+49 30 901820-15", "+493090182015"),
        # Nothing is guessed: no country, two numbers, a number of an hour.
        ("030 901820 (abends)", ""),
        ("06 12 34 56 78", ""),
        ("(212) 555-0100", ""),
        ("+49 30 901820 or +49 170 1234567", ""),
        ("+49 30 901820 after 6", ""),
        ("+49 30 1", ""),
        ("ask my mother", ""),
        ("", ""),
    ],
)
def test_how_a_number_is_dialled(typed, dialled) -> None:
    assert phones.as_dialled(typed) == dialled


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        ("+49 30 901820 home", "+4930901820"),
        ("030 901820 (abends)", "030901820"),
        ("+1-800-FLOWERS", ""),
        ("ask my mother", ""),
    ],
)
def test_what_a_telephone_is_to_dial(typed, link) -> None:
    assert Candidate(phone=typed, phone_normalised=phones.as_dialled(typed)).phone_link == link


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("+49 30 901820", "030 901820"),
        ("+49 30 901820", "+49 (0)30/901820"),
        ("+49 30 901820", "004930901820"),
        ("+49 30 901820", "90 18 20"),
        ("+49 (0)30 901820", "+4930901820"),
        ("030 901820 (abends)", "+49 30 901820"),
        ("030 901820 (abends)", "030901820"),
        ("06 12 34 56 78", "+33 6 12345678"),
        ("+33 6 12 34 56 78", "06.12.34.56.78"),
        ("(212) 555-0100", "+1 212 555 0100"),
        ("+1 212 555 0100", "212-555-0100"),
        ("+1 212 555 0100", "1 212 555 0100"),
        ("8 912 345 67 89", "+7 912 345-67-89"),
        ("+7 912 345-67-89", "8 912 345 67 89"),
        ("+39 06 1234 5678", "06 1234 5678"),
        ("06 1234 5678", "+39 06 1234 5678"),
        ("+49 30 901820 ext. 15", "030 901820"),
    ],
)
def test_a_number_is_found_by_any_spelling_of_its_digits(typed, asked) -> None:
    robin, _ = find_or_create(first_name="Robin", last_name="E", email="", phone=typed, now=NOW)
    find_or_create(first_name="Kim", last_name="E", email="", phone="+49 30 901299", now=NOW)
    assert list(matching(Candidate.objects.all(), asked)) == [robin]


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["1820", "030 90182", "+49 30 9018201"])
def test_other_digits_and_too_few_find_nobody_else(asked) -> None:
    find_or_create(first_name="Kim", last_name="E", email="", phone="+49 30 444555", now=NOW)
    assert matching(Candidate.objects.all(), asked).count() == 0


@pytest.mark.django_db
def test_what_was_typed_stays_whatever_is_changed_beside_it() -> None:
    typed = "030 901820 (abends)"
    robin, _ = find_or_create(first_name="Robin", last_name="E", email="", phone=typed, country="DE", now=NOW)
    change_contact(candidate=robin, by=make_user(), now=NOW, city="Berlin", phone=typed)
    robin.refresh_from_db()
    assert (robin.phone, robin.phone_normalised) == (typed, "")
    change_contact(candidate=robin, by=make_user(), now=NOW, phone="+49 30 901820 home")
    robin.refresh_from_db()
    assert (robin.phone, robin.phone_normalised) == ("+49 30 901820 home", "+4930901820")


@pytest.mark.parametrize(
    ("typed", "country", "dialled"),
    [
        ("030 901820 (abends)", "DE", "+4930901820"),
        ("(030) 901820 Durchwahl 15", "DE", "+4930901820;ext=15"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("(212) 555-0100", "US", "+12125550100"),
        ("06 1234 5678", "IT", "+390612345678"),
        # Nobody's number there, no number, two of them, or one that says its country itself.
        ("06 12 34 56 78", "US", ""),
        ("06 12 34 56 78", "XX", ""),
        ("06 12 34 56 78", "", ""),
        ("ask my mother", "DE", ""),
        ("030 901820 or 030 901299", "DE", ""),
        ("030 901820 after 6", "DE", ""),
        ("+49 30 901820", "DE", ""),
    ],
)
def test_how_a_number_is_dialled_in_a_country_that_somebody_chose(typed, country, dialled) -> None:
    assert phones.in_country(typed, country) == dialled


@pytest.mark.parametrize(
    ("typed", "lacks"),
    [
        ("030 901820", True),
        ("1-800-3569377", True),
        ("+49 30 901820", False),
        ("ext. 12", False),
        ("", False),
    ],
)
def test_whether_a_country_is_to_be_asked_for(typed, lacks) -> None:
    assert Candidate(phone=typed, phone_normalised=phones.as_dialled(typed)).phone_lacks_country == lacks


@pytest.fixture
def national(db: Any) -> Candidate:
    """In France, with a German number, applying to a job in Germany."""
    role = make_requisition()
    role.location = make_location(role.organisation, country="DE")
    role.save()
    robin, _ = find_or_create(
        first_name="Robin", last_name="E", email="", phone="030 901820", country="FR", now=NOW
    )
    make_application(candidate=robin, requisition=role)
    return robin


def test_the_page_says_that_no_country_is_known_and_offers_some(client: Client, national: Candidate) -> None:
    client.force_login(make_user())
    address = f"/candidates/{national.pk}/"
    page = client.get(address)
    offered = [(each.code, each.why) for each in page.context["person"].phone_countries]
    assert offered == [("DE", "where the job is")]  # there is no such number in France
    assert "No country known. Is it one of these?" in page.content.decode()
    assert client.post(f"{address}phone/", {"country": "FR"}).status_code == 422
    client.post(f"{address}phone/", {"country": "DE"})
    national.refresh_from_db()
    assert (national.phone, national.phone_normalised) == ("030 901820", "+4930901820")
    assert "Dialled as +49 30 901820" in client.get(address).content.decode()
    client.post(f"{address}phone/", {"country": ""})
    national.refresh_from_db()
    assert (national.phone, national.phone_normalised) == ("030 901820", "")
    told = Activity.objects.filter(verb="candidate.phone_read").order_by("pk")
    assert [row.data["how"] for row in told] == ["as one of DE", "without a country"]


@pytest.mark.django_db
def test_without_a_country_to_offer_it_says_so(client: Client) -> None:
    robin, _ = find_or_create(first_name="Robin", last_name="E", email="", phone="030 901820", now=NOW)
    client.force_login(make_user())
    said = "No country known: with its country in front it is dialled from anywhere"
    assert said in client.get(f"/candidates/{robin.pk}/").content.decode()


def test_what_was_chosen_stays_until_another_number_is_typed(national: Candidate) -> None:
    read_phone(candidate=national, country="DE", by=make_user(), now=NOW)
    change_contact(candidate=national, by=make_user(), now=NOW, city="Berlin", phone="030 901820")
    WordsTaken.objects.update(form=1)
    run_lane("words", NOW)
    national.refresh_from_db()
    assert (national.city, national.phone_normalised) == ("Berlin", "+4930901820")
    change_contact(candidate=national, by=make_user(), now=NOW, phone="030 901821")
    assert national.phone_normalised == ""


def test_the_add_form_asks_while_it_is_filled_in(client: Client, national: Candidate) -> None:
    role = national.applications.get().requisition
    client.force_login(role.recruiter)
    facts = {"first_name": "Kim", "last_name": "S", "phone": "030 901299", "requisition": role.pk}
    asked = client.post("/candidates/new/phone/", facts).content.decode()
    assert "Germany, where the job is: +49 30 901299" in asked
    without = client.post("/candidates/new/phone/", facts | {"requisition": ""}).content.decode()
    assert ("No country known: with its country" in without, "Germany" in without) == (True, False)
    assert client.post("/candidates/new/phone/", facts | {"phone": "+49 30 901299"}).content.strip() == b""
    client.post("/candidates/new/", facts | {"phone_country": "DE"})
    assert Candidate.objects.values_list("phone", "phone_normalised").get(first_name="Kim") == (
        "030 901299",
        "+4930901299",
    )
    client.post("/candidates/new/", facts | {"first_name": "Lee", "phone_country": ""})
    assert Candidate.objects.values_list("phone_normalised", flat=True).get(first_name="Lee") == ""


@pytest.mark.django_db
def test_numbers_of_an_older_house_stay_and_get_their_dialled_form_beside_them(monkeypatch) -> None:
    monkeypatch.setattr(rebuild, "BATCH", 2)
    typed = ["+49 30 901820 home", "030 901820", "", "+49 30 9018204663"]
    for number in typed:
        find_or_create(first_name="Robin", last_name="E", email="", phone=number, now=NOW)
    Candidate.objects.update(phone_normalised="")
    WordsTaken.objects.update(form=1)
    run_lane("words", NOW)
    assert list(Candidate.objects.order_by("pk").values_list("phone", "phone_normalised")) == [
        ("+49 30 901820 home", "+4930901820"),
        ("030 901820", ""),
        ("", ""),
        ("+49 30 9018204663", "+49309018204663" if phones.as_dialled(typed[3]) else ""),
    ]
