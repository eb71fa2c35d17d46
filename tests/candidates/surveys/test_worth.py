"""What respect is worth, who asked to hear more, and what the API hands out."""

import pytest
from django.test import Client
from django.utils import timezone

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.mail.models import SuppressedAddress
from candidates.consents.actions import agree
from candidates.models import SurveyResponse, SurveyRules
from tests.candidates.surveys.helpers import answer
from tests.candidates.surveys.test_report import answers, page, published
from tests.factories import (
    make_application,
    make_candidate,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_what_respect_is_worth_is_not_set_until_an_organisation_says() -> None:
    organisation = make_organisation()
    answers(organisation, 10, outcome="rejected", again="no", refer="no", buy="no")
    answers(organisation, 10, outcome="rejected", again="yes")
    published(organisation)
    assert "Not set." in page(query=f"?organisation={organisation.pk}")
    role = make_requisition(organisation=organisation)
    for _ in range(4):
        make_application(requisition=role, state="rejected", now=timezone.now())
    SurveyRules.objects.create(
        organisation=organisation, customers_percent=50, value_a_year=100, currency="EUR"
    )
    text = page(query=f"?organisation={organisation.pk}")
    assert (
        "<strong>100 EUR</strong>" in text
    )  # 4 rejected, half of them customers, half of those gone, 100 a year
    assert "a year, an estimate: between 60 and 140 EUR" in text


def test_its_figures_are_given_together() -> None:
    organisation, client = make_organisation(), Client()
    client.force_login(make_user("lead"))
    prefix = f"of-{organisation.pk}-"
    said = {"organisation": organisation.pk, f"{prefix}apply_one_in": "5", f"{prefix}value_a_year": "100"}
    assert client.post("/settings/surveys/", said).status_code == 422
    whole = said | {f"{prefix}customers_percent": "18", f"{prefix}currency": "EUR"}
    assert client.post("/settings/surveys/", whole).status_code == 302
    assert SurveyRules.objects.get().value_a_year == 100


def test_customers_of_the_future_are_those_who_agreed_and_can_be_written_to() -> None:
    now = timezone.now()
    organisation = make_organisation()
    answers(organisation, 5)
    published(organisation)
    yes, refused, never = make_candidate(first_name="=1"), make_candidate(), make_candidate()
    for each in (yes, refused):
        agree(candidate=each, purpose="news", where="form", by=each, now=now)
    agree(candidate=never, purpose="roles", where="form", by=never, now=now)
    SuppressedAddress.objects.create(address=refused.email, reason="bounced", since=now)
    assert "1 person has asked to hear of our products" in page()
    recruiter, lead = Client(), Client()
    recruiter.force_login(make_user("recruiter"))
    lead.force_login(make_user("lead"))
    assert recruiter.post("/reports/respect/customers.csv").status_code == 403
    lines = lead.post("/reports/respect/customers.csv").content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == "first_name,last_name,email,language,agreed_until"
    assert [line.split(",")[:3] for line in lines[1:-1]] == [["'=1", yes.last_name, yes.email]]
    assert Activity.objects.get(verb="survey.customers_exported").data == {"number": 1}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_the_api_gives_named_answers_and_of_others_nothing_that_joins() -> None:
    role = make_requisition()
    named = make_application(requisition=role, state="rejected")
    answer(named, named=True, score=8, customer="yes")
    answer(make_application(requisition=role, state="rejected"), score=7)
    rows = signed_in(role.recruiter).get("/api/v1/surveys/").json()["results"]
    assert [(row["application"], row["score"]) for row in rows] == [(named.pk, 8)]
    assert "customer" not in rows[0]
    assert "facts" not in rows[0]
    answers(role.organisation, 6, score=3)
    SurveyResponse.objects.filter(application=None, score=7).delete()
    published(role.organisation)
    client = signed_in(role.recruiter)
    counted = client.get("/api/v1/surveys/?named=false").json()["results"]
    assert {(row["application"], row["occasion"], row["score"]) for row in counted} == {(None, "", 3)}
    first = client.get("/api/v1/surveys/?limit=2").json()
    assert client.get(first["next"]).status_code == 200
    assert client.get(f"/api/v1/surveys/{counted[0]['id']}/").status_code == 200
    assert signed_in(make_user("manager")).get("/api/v1/surveys/").json()["results"] == []
