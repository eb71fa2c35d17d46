"""Finding people, looking at them, adding them."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from candidates.applications import actions
from candidates.models import Application, Candidate
from candidates.people_pages import queries
from candidates.people_pages.queries import PeopleFilter
from tests import factories as f
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def person(first: str, role: Any = None, **facts: Any) -> Candidate:
    candidate = f.make_candidate(first_name=first, last_name="Example")
    if role is not None:
        f.make_application(candidate=candidate, requisition=role, **facts)
    return candidate


def found(user: User, **wanted: Any) -> list[str]:
    return sorted(row.first_name for row in queries.people(user, PeopleFilter(**wanted)).rows)


def test_one_application_meets_all_filters_or_the_person_is_not_found(role: Any, recruiter: User) -> None:
    source = f.make_source()
    ada = person("Ada", role, stage_kind="interview", source=source)
    other = f.make_requisition()
    f.make_application(candidate=ada, requisition=other, stage_kind="offer")
    person("Ben", role, state="rejected")
    person("Cleo")
    actions.set_tags(candidate_id=ada.pk, tags=["sql"], by=recruiter, now=NOW)

    assert found(recruiter) == ["Ada", "Ben", "Cleo"]
    assert found(recruiter, text="ada") == ["Ada"]
    assert found(recruiter, requisition=role.pk) == ["Ada", "Ben"]
    assert found(recruiter, requisition=role.pk, stage="interview") == ["Ada"]
    assert found(recruiter, requisition=role.pk, stage="offer") == []
    assert found(recruiter, state="rejected") == ["Ben"]
    assert found(recruiter, source=source.pk) == ["Ada"]
    assert found(recruiter, tag=ada.tags.get().pk) == ["Ada"]


def test_the_list_pages_by_where_it_was_and_misses_nobody(desk: Any, recruiter: User) -> None:
    for number in range(7):
        person(f"Person{number}")
    Candidate.objects.update(created_at=NOW)  # all at once: the order is by number then
    first = queries.people(recruiter, PeopleFilter(), size=3)
    second = queries.people(recruiter, PeopleFilter(), size=3, after=first.next)
    third = queries.people(recruiter, PeopleFilter(), size=3, after=second.next)

    names = [row.first_name for page in (first, second, third) for row in page.rows]
    assert names == [f"Person{number}" for number in reversed(range(7))]
    assert third.next is None
    assert desk.get("/candidates/", {"after": first.after}).status_code == 200
    assert desk.get("/candidates/", {"after": "nonsense"}).status_code == 404


def test_it_asks_the_database_as_often_for_five_as_for_one(desk: Any, role: Any) -> None:
    person("Ada", role)
    desk.get("/candidates/")
    with CaptureQueriesContext(connection) as one:
        desk.get("/candidates/")
    for name in "BCDE":
        person(name, role)
    with CaptureQueriesContext(connection) as five:
        desk.get("/candidates/")

    assert len(five) == len(one)


def test_each_sees_the_people_whose_applications_they_may_see(client: Any, role: Any) -> None:
    person("Mine", role)
    person("Others", f.make_requisition())
    for user, seen in ((role.hiring_manager, ["Mine Example"]), (f.make_user(Role.STAKEHOLDER), [])):
        client.force_login(user)
        html = client.get("/candidates/").content.decode()
        assert re.findall(r"<bdi>(.*? Example)</bdi>", html) == seen


def test_an_empty_list_says_what_to_do_next(desk: Any) -> None:
    assert "No candidates yet." in desk.get("/candidates/").content.decode()
    assert "Nobody fits that." in desk.get("/candidates/", {"q": "nobody"}).content.decode()


def test_the_page_of_a_person_shows_what_the_viewer_may_see_of_them(client: Any, role: Any) -> None:
    ada = person("Ada", role)
    mine = ada.applications.get()
    hidden = f.make_application(candidate=ada, requisition=f.make_requisition(title="Secret role"))
    f.make_note(mine, role.recruiter, body="For us alone", visibility="recruiters")
    f.make_note(hidden, role.recruiter, body="Elsewhere")

    client.force_login(role.recruiter)
    html = client.get(f"/candidates/{ada.pk}/").content.decode()
    assert "Secret role" in html
    assert "For us alone" in html

    client.force_login(role.hiring_manager)
    html = client.get(f"/candidates/{ada.pk}/").content.decode()
    assert "Data engineer" in html
    assert "Secret role" not in html
    assert "For us alone" not in html
    assert "Elsewhere" not in html

    client.force_login(f.make_user(Role.MANAGER))
    assert client.get(f"/candidates/{ada.pk}/").status_code == 404


def test_a_person_costs_the_same_with_five_applications_as_with_one(desk: Any, role: Any) -> None:
    ada = person("Ada", role)
    desk.get(f"/candidates/{ada.pk}/")
    with CaptureQueriesContext(connection) as one:
        desk.get(f"/candidates/{ada.pk}/")
    for _ in range(4):
        f.make_message(f.make_application(candidate=ada))
    with CaptureQueriesContext(connection) as five:
        desk.get(f"/candidates/{ada.pk}/")

    assert len(five) == len(one)


# --- Adding


def new(client: Any, **facts: Any) -> Any:
    return client.post("/candidates/new/", {"first_name": "Ada", "last_name": "Example", **facts})


def test_a_person_is_added_with_a_role_and_a_resume(desk: Any, role: Any) -> None:
    resume = SimpleUploadedFile("ada.txt", b"Ada Example\nBuilt a pipeline in Python.")
    answer = new(desk, email="ada@example.com", requisition=role.pk, resume=resume)

    ada = Candidate.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/candidates/{ada.pk}/")
    assert Application.objects.get().requisition == role
    assert ada.documents.get().filename == "ada.txt"


def test_who_may_be_known_already_is_shown_before_there_are_two(desk: Any, role: Any) -> None:
    known = f.make_candidate(
        first_name="Ada", last_name="Exámple", email="ada@example.com", name_key="ada example"
    )
    for facts in ({"email": "Ada@Example.com"}, {"email": "other@example.com"}):
        answer = new(desk, requisition=role.pk, **facts)
        assert answer.status_code == 422
        assert "Is it one of these?" in answer.content.decode()
        assert f"/candidates/{known.pk}/roles/" in answer.content.decode()
    assert Candidate.objects.count() == 1

    assert new(desk, email="other@example.com", new="1").status_code == 302
    assert Candidate.objects.count() == 2


def test_who_is_refused_as_somebody_new_is_asked_once_more(desk: Any, role: Any) -> None:
    known = f.make_candidate(first_name="Ada", last_name="Example", name_key="ada example")
    resume = SimpleUploadedFile("ada.pdf", b"MZ not a document")
    answer = new(desk, email="other@example.com", new="1", requisition=role.pk, resume=resume)
    assert answer.status_code == 422
    assert f"/candidates/{known.pk}/roles/" in answer.content.decode()


def test_who_may_be_known_is_shown_to_those_alone_who_see_them(desk: Any) -> None:
    f.make_candidate(first_name="Ada", last_name="Example", name_key="ada example", only_confidential=True)
    assert new(desk, email="other@example.com").status_code == 302
    assert Candidate.objects.count() == 2


def test_to_add_somebody_costs_as_many_queries_however_many_roles_there_are(desk: Any) -> None:
    f.make_requisition()
    with CaptureQueriesContext(connection) as seen:
        assert new(desk, email="other@example.com").status_code == 302
    asked = [query["sql"] for query in seen if "requisitions_requisition" in query["sql"]]
    assert asked == []


def test_the_same_address_never_makes_a_second_person(desk: Any) -> None:
    f.make_candidate(email="ada@example.com")
    new(desk, email="ADA@example.com", new="1")
    assert Candidate.objects.count() == 1


def test_a_wrong_file_is_named_at_its_field_and_nobody_is_half_added(desk: Any, role: Any) -> None:
    answer = new(desk, requisition=role.pk, resume=SimpleUploadedFile("ada.pdf", b"MZ not a document"))

    assert answer.status_code == 422
    assert "Please attach a PDF" in answer.content.decode()
    assert (Candidate.objects.count(), Application.objects.count()) == (0, 0)


def test_only_the_recruiting_team_adds_and_changes_people(client: Any, role: Any) -> None:
    ada = person("Ada", role)
    client.force_login(role.hiring_manager)
    assert client.get("/candidates/new/").status_code == 403
    assert client.get(f"/candidates/{ada.pk}/edit/").status_code == 404
    assert client.post(f"/candidates/{ada.pk}/roles/", {"requisition": role.pk}).status_code == 404


def test_a_person_is_taken_up_for_a_role_once(desk: Any, role: Any) -> None:
    ada = person("Ada")
    assert desk.post(f"/candidates/{ada.pk}/roles/", {"requisition": role.pk}).status_code == 302
    again = desk.post(f"/candidates/{ada.pk}/roles/", {"requisition": role.pk}, HTTP_HX_REQUEST="true")
    assert again.status_code == 409
    assert Application.objects.count() == 1


def test_what_is_known_is_changed_by_the_action(desk: Any) -> None:
    ada = person("Ada")
    facts = {"first_name": "Ada", "last_name": "Lovely", "email": "not an address"}
    assert desk.post(f"/candidates/{ada.pk}/edit/", facts).status_code == 422
    assert desk.post(f"/candidates/{ada.pk}/edit/", facts | {"email": "ada@example.com"}).status_code == 302
    ada.refresh_from_db()
    assert (ada.name, ada.name_key) == ("Ada Lovely", "ada lovely")


def test_somebody_elses_address_is_refused_at_its_field(desk: Any) -> None:
    f.make_candidate(email="taken@example.com")
    ada = person("Ada")
    answer = desk.post(
        f"/candidates/{ada.pk}/edit/",
        {"first_name": "Ada", "last_name": "Example", "email": "TAKEN@example.com"},
    )
    assert answer.status_code == 422
    assert "Somebody else is known by this address." in answer.content.decode()


def test_long_ago_is_not_today(recruiter: User) -> None:
    old = person("Old")
    Candidate.objects.filter(pk=old.pk).update(created_at=NOW - timedelta(days=400))
    person("New")
    assert [row.first_name for row in queries.people(recruiter, PeopleFilter()).rows] == ["New", "Old"]
