"""Facts are taken over through the doors that there are, and a person's own entries win."""

import pytest
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Missing
from candidates.models import Candidate, KnownFact, ResumeReading
from candidates.people.queries import matching
from candidates.people_pages import queries as people
from candidates.people_pages.queries import PeopleFilter
from candidates.resumes import actions, queries
from candidates.resumes.models import Origin
from tests.candidates.helpers import run_lane
from tests.candidates.resumes import papers
from tests.factories import NOW, make_candidate, make_user

pytestmark = pytest.mark.django_db


def bare(**facts):
    return make_candidate(
        **({"first_name": "Robin", "last_name": "Example", "email": "", "headline": ""} | facts)
    )


def key_of(row, user, text: str) -> str:
    shown = queries.panel(user, row.candidate_id).shown[0]
    return next(each.key for each in [*shown.open, *shown.settled] if each.text == text)


def stands(row, user) -> dict[str, str]:
    shown = queries.panel(user, row.candidate_id).shown[0]
    return {each.text: each.standing for each in [*shown.open, *shown.settled]}


def test_all_that_is_sure_is_taken_over_and_nothing_else(recruiter) -> None:
    person = bare()
    row = papers.read(person)
    unsure = {
        each.text for each in queries.panel(recruiter, person.pk).shown[0].open if each.confidence != "sure"
    }
    done = actions.take(reading_id=row.pk, keys=None, by=recruiter, now=NOW)
    person = Candidate.objects.get(pk=person.pk)
    assert (person.email, person.phone) == ("robin.example@post.example", "+49 30 901820")
    assert person.links == ["https://linkedin.com/in/robin-example"]
    assert {"Python", "PostgreSQL", "Kubernetes"} == set(
        KnownFact.objects.filter(kind="skill").values_list("value", flat=True)
    )
    assert {each.text for each in queries.panel(recruiter, person.pk).shown[0].open} == unsure
    told = Activity.objects.filter(verb="resume.taken")
    assert [each.data["number"] for each in told] == [done.number]
    assert Activity.objects.filter(verb="candidate.changed").exists()
    again = actions.take(reading_id=row.pk, keys=None, by=recruiter, now=NOW)
    assert (again.number, told.count()) == (0, 1)


def test_their_own_entries_are_never_written_over(recruiter) -> None:
    person = bare(
        first_name="Kim", email="kim@post.example", phone="+49 30 111111", headline="Nurse", city="Bonn"
    )
    row = papers.read(person)
    found = stands(row, recruiter)
    assert found["Robin Example"] == found["Data engineer"] == "differs"
    assert found["robin.example@post.example"] == found["+49 30 901820"] == "further"
    shown = queries.panel(recruiter, person.pk).shown[0]
    actions.take(reading_id=row.pk, keys={each.key for each in shown.open}, by=recruiter, now=NOW)
    person = Candidate.objects.get(pk=person.pk)
    assert (person.first_name, person.email, person.phone) == ("Kim", "kim@post.example", "+49 30 111111")
    assert (person.headline, person.city) == ("Nurse", "Bonn")
    assert set(person.further_addresses.values_list("kind", "value")) == {
        ("email", "robin.example@post.example"),
        ("phone", "+49 30 901820"),
    }


def test_an_address_of_somebody_else_is_left_with_the_reason_and_the_rest_is_taken(recruiter) -> None:
    make_candidate(email="robin.example@post.example")
    row = papers.read(bare())
    done = actions.take(reading_id=row.pk, keys=None, by=recruiter, now=NOW)
    assert done.problems == ("Somebody else is known by this address.",)
    assert stands(row, recruiter)["robin.example@post.example"] == "new"
    assert Candidate.objects.get(pk=row.candidate_id).phone == "+49 30 901820"


def test_what_is_refused_is_asked_about_no_more_and_not_taken(recruiter) -> None:
    row = papers.read(bare())
    key = key_of(row, recruiter, "Python")
    actions.refuse(reading_id=row.pk, keys={key}, by=recruiter, now=NOW)
    actions.take(reading_id=row.pk, keys={key}, by=recruiter, now=NOW)
    assert stands(row, recruiter)["Python"] == "refused"
    assert not KnownFact.objects.exists()


def test_a_confirmed_skill_is_found_in_any_of_its_spellings_until_it_is_removed(recruiter) -> None:
    person = bare()
    row = papers.read(person, "Robin Example\n\nSkills\nk8s\n")

    def found(text: str) -> list[str]:
        return [each.name for each in people.people(recruiter, PeopleFilter(text=text)).rows]

    assert found("skill:kubernetes") == []
    actions.take(reading_id=row.pk, keys=None, by=recruiter, now=NOW)
    assert found("skill:kubernetes") == found("skill:k8s") == [person.name]
    assert matching(Candidate.objects.all(), "kubernetes").count() == 1
    fact = KnownFact.objects.get()
    actions.forget(candidate_id=person.pk, fact_id=fact.pk, by=recruiter, now=NOW)
    assert found("skill:kubernetes") == []


def test_who_may_not_see_or_change_the_person_decides_nothing(recruiter) -> None:
    row = papers.read(bare())
    for somebody in (make_user(Role.INTERVIEWER), make_user(Role.MANAGER)):
        with pytest.raises(Missing):
            actions.take(reading_id=row.pk, keys=None, by=somebody, now=NOW)
        with pytest.raises(Missing):
            actions.refuse(reading_id=row.pk, keys={"x"}, by=somebody, now=NOW)
    assert ResumeReading.objects.get().decided == {}


def test_the_panel_takes_over_refuses_and_removes(client, recruiter) -> None:
    person = bare()
    row = papers.read(person)
    client.force_login(recruiter)
    address = reverse("resume_panel", args=[person.pk])
    page = client.get(address).content.decode()
    assert "Take over all" in page
    assert "cv.txt" in page
    panel = client.get(address, HTTP_HX_REQUEST="true").content.decode()
    assert "<html" not in panel
    decide = reverse("resume_decide", args=[row.pk])
    assert client.post(decide, {"refuse": key_of(row, recruiter, "Python")}).url == address
    assert client.post(decide, {"sure": "1"}).url == address
    taken = client.post(decide, {"take": key_of(row, recruiter, "Berlin")}, HTTP_HX_REQUEST="true")
    assert "person-changed" in taken["HX-Trigger"]
    assert Candidate.objects.get(pk=person.pk).city == "Berlin"
    fact = KnownFact.objects.get(value="PostgreSQL")
    client.post(reverse("known_fact", args=[person.pk, fact.pk]))
    assert not KnownFact.objects.filter(value="PostgreSQL").exists()
    assert client.post(decide, {"take": "nothing-like-that"}).status_code == 302


def test_the_panels_cost_does_not_grow_with_its_facts(
    client, recruiter, django_assert_max_num_queries
) -> None:
    person = bare()
    papers.read(person, "Robin Example\n\nSkills\n" + ", ".join(f"Tool {number}" for number in range(70)))
    client.force_login(recruiter)
    with django_assert_max_num_queries(16):
        assert client.get(reverse("resume_panel", args=[person.pk])).status_code == 200


def test_a_hostile_link_is_no_link(client, recruiter) -> None:
    person = bare()
    facts = {"links": [{"value": "javascript:alert(1)", "confidence": "sure", "more": ""}]}
    actions.bring(candidate_id=person.pk, origin=Origin.JSON_RESUME, text="{}", by=recruiter, now=NOW)
    run_lane("resumes", NOW)
    ResumeReading.objects.update(state="read", problem="", facts=facts)
    client.force_login(recruiter)
    page = client.get(reverse("resume_panel", args=[person.pk])).content.decode()
    assert 'href="javascript' not in page
    assert "javascript:alert(1)" in page
