"""The page of an application: what it shows to whom, what is written on it, and how it is decided."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from candidates.application_pages.queries import neighbours
from candidates.models import Application, Note, Promise, Review
from tests import factories as f
from tests.candidates.applications.pages import DIALOG, page, post
from tests.candidates.helpers import days
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_words_to_a_candidate_are_checked_by_the_law_of_the_roles_place(
    desk: Any, application: Application
) -> None:
    role = application.requisition
    role.location = f.make_location(role.organisation, country="US", region="California")
    role.save()
    own, all_of_it = f"/applications/{application.pk}", f"/requisitions/{role.pk}"
    asked = [f"{own}/{what}/" for what in ("reject", "hire", "write")] + [f"{all_of_it}/close/"]
    pages = [desk.get(address, **DIALOG) for address in asked]
    pages += [
        desk.post(f"{all_of_it}/board/{what}/", {"application": application.pk}, **DIALOG)
        for what in ("message", "reject")
    ]

    assert ['data-wording-place="US-CA"' in page.content.decode() for page in pages] == [True] * 6


@pytest.mark.parametrize(
    ("who", "decides"), [("recruiter", True), ("lead", True), ("manager", False), ("asked", False)]
)
def test_who_sees_it_and_who_decides(client: Any, application: Application, who: str, decides: bool) -> None:
    requisition = application.requisition
    f.make_note(application, requisition.recruiter, body="Among recruiters", visibility="recruiters")
    f.make_note(application, requisition.recruiter, body="For the team")
    user = (
        requisition.hiring_manager
        if who == "manager"
        else f.make_user(Role.INTERVIEWER if who == "asked" else who)
    )
    if who == "asked":
        Review.objects.create(
            application=application, reviewer=user, requested_by=requisition.recruiter, requested_at=NOW,
            due_at=days(2),
        )  # fmt: skip
    client.force_login(user)

    html = page(client, application)

    assert (f"/applications/{application.pk}/reject/" in html) is decides
    assert (f"/applications/{application.pk}/messages/" in html) is decides
    assert ("Among recruiters" in html) is decides
    assert ("For the team" in html) is (who != "asked")


@pytest.mark.parametrize("who", ["stranger", "stakeholder", "other interviewer"])
def test_to_everybody_else_it_does_not_exist(client: Any, application: Application, who: str) -> None:
    user = f.make_user({"stranger": Role.MANAGER, "stakeholder": Role.STAKEHOLDER}.get(who, Role.INTERVIEWER))
    if who != "stranger":
        f.add_member(application.requisition, user, user.role)
    client.force_login(user)
    for address in ("", "write/", "reject/", "hire/", "tell/"):
        assert client.get(f"/applications/{application.pk}/{address}").status_code == 404
    for address in ("move", "notes", "messages", "promise", "tags", "reject", "hire", "tell", "undo"):
        assert (address, post(client, application, address).status_code) == (address, 404)


def test_a_manager_notes_for_the_team_and_decides_nothing(client: Any, application: Application) -> None:
    client.force_login(application.requisition.hiring_manager)
    assert post(client, application, "notes", **{"note-body": "Good eye"}).status_code == 302
    assert Note.objects.get().visibility == "team"
    for address in ("move", "messages", "promise", "tags", "reject", "hire", "tell", "undo"):
        assert (address, post(client, application, address).status_code) == (address, 404)


def test_hostile_words_stay_words(desk: Any, application: Application) -> None:
    application.candidate.first_name = "<b>Ada</b>"
    application.candidate.save(update_fields=["first_name"])
    f.make_message(application, body="<script>alert(1)</script>{{ recruiter.name }}")
    application.cover_letter = "<img src=x onerror=alert(1)>"
    application.save(update_fields=["cover_letter"])

    for html in (
        page(desk, application),
        page(desk, application, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="sheet"),
    ):
        assert "<b>Ada" not in html
        assert "<script>alert" not in html
        assert "<img src=x" not in html


def test_it_asks_the_database_as_often_with_five_of_each_as_with_one(
    desk: Any, application: Application, recruiter: User
) -> None:
    def add() -> None:
        f.make_message(application)
        f.make_note(application, recruiter)
        f.make_application(candidate=application.candidate)

    add()
    page(desk, application)
    with CaptureQueriesContext(connection) as one:
        page(desk, application)
    for _ in range(4):
        add()
    with CaptureQueriesContext(connection) as five:
        page(desk, application)

    assert len(five) == len(one)


def test_neighbours_are_those_of_the_stage_in_the_boards_order(application: Application) -> None:
    role = application.requisition
    first = f.make_application(requisition=role, stage_entered_at=NOW - timedelta(days=2))
    last = f.make_application(requisition=role, stage_entered_at=NOW)  # the same moment, a higher number
    f.make_application(requisition=role, stage_kind="review")

    assert neighbours(application) == (first.pk, last.pk)
    assert neighbours(first) == (None, application.pk)
    assert neighbours(last) == (application.pk, None)


def test_a_note_mentions_whom_it_names_and_may_be_for_recruiters_alone(
    desk: Any, application: Application, recruiter: User
) -> None:
    manager = application.requisition.hiring_manager
    post(
        desk, application, "notes", **{"note-body": f"@{manager.name} please look", "note-visibility": "team"}
    )
    note = Note.objects.get()
    assert [user.pk for user in note.mentions.all()] == [manager.pk]

    wrong = post(
        desk,
        application,
        "notes",
        **{"note-body": f"@{manager.name}, between us", "note-visibility": "recruiters"},
    )
    assert wrong.status_code == 422
    assert "may not see this note" in wrong.content.decode()
    assert "between us" in wrong.content.decode()
    assert Note.objects.count() == 1


@pytest.mark.ordinary_day
def test_a_new_date_is_given_with_its_reason_and_told(desk: Any, application: Application) -> None:
    for facts in (
        {"promise-due_on": "2026-12-01"},
        {"promise-due_on": "2026-11-01", "promise-reason": "Ill"},
    ):
        assert post(desk, application, "promise", **facts).status_code == 422
    answer = post(
        desk,
        application,
        "promise",
        **{"promise-due_on": "2026-12-01", "promise-reason": "The team is away."},
    )
    promise = Promise.objects.open().get()
    assert answer.status_code == 302
    assert (promise.due_at.date().isoformat(), promise.reason) == ("2026-12-01", "The team is away.")


def test_tags_are_written_with_commas(desk: Any, application: Application) -> None:
    post(desk, application, "tags", tags="SQL, python ,, sql")
    assert [tag.name for tag in application.candidate.tags.order_by("name")] == ["python", "sql"]


def test_the_manager_is_asked_from_the_page_once(desk: Any, application: Application) -> None:
    assert "Ask Max Manager for a view" in page(desk, application)
    desk.post(f"/requisitions/{application.requisition_id}/board/ask/", {"application": application.pk})
    assert Review.objects.get().reviewer.name == "Max Manager"
    assert "Ask Max Manager for a view" not in page(desk, application)
