from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role
from ats.models import Activity
from requisitions.models import WordingRule
from requisitions.wording import views
from requisitions.wording.queries.checks import check
from tests.factories import make_user

pytestmark = pytest.mark.django_db

RULE = {
    "topic": "Star sign",
    "phrases": "star sign*\nwhich sign are you",
    "except_phrases": "road sign",
    "uses": ["question", "message"],
    "severity": "unlawful",
    "jurisdictions": "de, US-CA",
    "reason": "It says nothing.",
    "alternative": "Ask about the work.",
    "source": "",
}
HTMX = {"HX-Request": "true"}


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(make_user(role))
    return client


def test_a_field_is_checked_as_one_types_by_anybody_of_the_house() -> None:
    interviewer = signed_in(Role.INTERVIEWER)
    asked = {"text": "What is your current salary? <b>", "use": "question"}

    anywhere = interviewer.post("/settings/wording/check/", asked)
    union = interviewer.post("/settings/wording/check/", asked | {"place": "de-be"})
    clean = interviewer.post("/settings/wording/check/", asked | {"text": "What did you build?"})

    assert [one.code for one in anywhere.context["findings"]] == ["pay-history"]
    assert [one.code for one in union.context["findings"]] == ["pay-history-eu"]
    assert "Name the range, and ask" in union.content.decode()
    assert "2023/970" in union.content.decode()
    assert clean.content.strip() == b""
    assert (
        interviewer.post("/settings/wording/check/", {"text": "x", "use": "party"}, headers=HTMX).status_code
        == 422
    )
    assert (
        interviewer.post(
            "/settings/wording/check/", asked | {"text": "x" * 200_001}, headers=HTMX
        ).status_code
        == 422
    )


def test_rules_are_read_in_the_language_of_who_reads_them() -> None:
    client = Client()
    client.force_login(make_user(Role.LEAD, language="de"))
    own = {name: value for name, value in RULE.items() if name != "jurisdictions"}
    client.post("/settings/wording/new/", own)
    found = client.post(
        "/settings/wording/check/", {"text": "What is your current salary?", "use": "question"}
    )
    rules = client.get("/settings/wording/").content.decode()
    assert "Was jemand früher verdient hat, trägt altes Unrecht in das neue Gehalt." in found.content.decode()
    assert ">Bisheriges Gehalt</h2>" in rules
    assert "<dd>Nennen Sie die Spanne, und fragen Sie: „Passt diese Spanne für Sie?“</dd>" in rules
    assert "<dd>It says nothing.</dd>" in rules  # a rule of the house is its own words


def test_the_list_shows_every_rule_by_topic_in_a_fixed_number_of_queries(
    django_assert_num_queries: Any,
) -> None:
    client = signed_in(Role.RECRUITER)
    client.get("/settings/wording/")

    with django_assert_num_queries(2):  # who it is, the rules
        page = client.get("/settings/wording/")

    topics = dict(page.context["topics"])
    assert next((row.rule.code, row.place) for row in topics["Pay so far"]) == ("pay-history", "Everywhere")
    assert {row.place for row in topics["Pay so far"]} > {"Everywhere", "European Union"}
    assert sum(map(len, topics.values())) == WordingRule.objects.count()
    assert page.context["may_change"] is False
    assert b"Switch off" not in page.content
    assert b"No rule of your own yet" in page.content
    assert b"/settings/wording/new/" not in page.content


def test_words_can_be_tried() -> None:
    client = signed_in(Role.RECRUITER)

    page = client.get("/settings/wording/", {"text": "How old are you?", "use": "question"})
    part = client.get("/settings/wording/", {"text": "What did you build?"}, headers=HTMX)

    assert [one.topic for one in page.context["findings"]] == ["Age"]
    assert b"<html" not in part.content
    assert b"Nothing to find in it." in part.content


def test_a_house_adds_changes_and_removes_its_own() -> None:
    client = signed_in(Role.LEAD)

    client.post("/settings/wording/new/", RULE)
    rule = WordingRule.objects.get(topic="Star sign")
    assert (rule.code, rule.phrases, rule.jurisdictions, rule.is_shipped) == (
        f"own-{rule.pk}",
        ["star sign*", "which sign are you"],
        ["DE", "US-CA"],
        False,
    )
    asked = "Which sign are you?"
    assert [one.code for one in check(asked, use="question", jurisdiction="DE-BE")] == [rule.code]
    assert check(asked, use="question", jurisdiction="FR") == []

    assert client.get(f"/settings/wording/{rule.pk}/").context["form"].initial["phrases"] == RULE[
        "phrases"
    ].replace("\r", "")
    client.post(f"/settings/wording/{rule.pk}/", RULE | {"jurisdictions": ""})
    assert [one.code for one in check(asked, use="question", jurisdiction="FR")] == [rule.code]
    client.post(f"/settings/wording/{rule.pk}/remove/")
    assert check(asked, use="question", jurisdiction="DE") == []
    assert list(
        Activity.objects.filter(verb__startswith="wording").order_by("id").values_list("verb", flat=True)
    ) == [
        "wording.added",
        "wording.changed",
        "wording.removed",
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("topic", ""),
        ("phrases", ""),
        ("phrases", "ab*"),
        ("phrases", "... alone"),
        ("phrases", "x" * 121),
        ("phrases", "\n".join(f"phrase {number}" for number in range(101))),
        ("except_phrases", "?!"),
        ("uses", []),
        ("uses", ["party"]),
        ("severity", "bad"),
        ("jurisdictions", "Bavaria"),
        ("reason", " "),
        ("alternative", ""),
    ],
)
def test_a_rule_that_could_not_be_looked_for_is_refused_beside_its_field(field: str, value: Any) -> None:
    client = signed_in(Role.ADMIN)

    page = client.post("/settings/wording/new/", RULE | {field: value})

    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    assert not WordingRule.objects.filter(is_shipped=False).exists()


def test_a_shipped_rule_is_switched_off_and_on_by_name_and_keeps_its_words() -> None:
    client = signed_in(Role.ADMIN)
    rule = WordingRule.objects.get(code="age")
    address = f"/settings/wording/{rule.pk}/switch/"

    assert client.post(address, {"why": " "}, headers=HTMX).status_code == 422
    client.post(address, {"why": "We ask pupils."})
    assert check("How old are you?", use="question") == []
    off = Activity.objects.get(verb="wording.switched_off")
    assert off.data == {"code": "age", "topic": "Age", "why": "We ask pupils."}
    client.post(address, {"way": "on"})
    assert len(check("How old are you?", use="question")) == 1
    assert client.get(f"/settings/wording/{rule.pk}/").status_code == 404
    assert client.post(f"/settings/wording/{rule.pk}/remove/", headers=HTMX).status_code == 409
    assert WordingRule.objects.filter(pk=rule.pk).exists()


def test_only_who_oversees_changes_what_is_looked_for() -> None:
    rule = WordingRule.objects.get(code="age")

    for role, seen in ((Role.RECRUITER, 200), (Role.MANAGER, 403)):
        client = signed_in(role)
        assert client.get("/settings/wording/").status_code == seen
        for address, data in (
            ("/settings/wording/new/", RULE),
            (f"/settings/wording/{rule.pk}/switch/", {"why": "No."}),
            (f"/settings/wording/{rule.pk}/remove/", {}),
        ):
            assert client.post(address, data).status_code == 403
    assert not Activity.objects.filter(verb__startswith="wording").exists()


def test_nobody_has_more_checked_than_they_can_type(monkeypatch: Any) -> None:
    monkeypatch.setattr(views, "RATE", "2/minute")
    first, second = signed_in(Role.INTERVIEWER), signed_in(Role.RECRUITER)
    asked = {"text": "What is your current salary?", "use": "question"}
    answers = [first.post("/settings/wording/check/", asked).status_code for _ in range(3)]
    assert answers == [200, 200, 429]
    assert second.post("/settings/wording/check/", asked).status_code == 200
