"""The page of an application: what it shows to whom, what is written on it, and how it is decided."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ats.accounts.models import Role, User
from ats.mail.models import OutgoingMail
from candidates.applications import actions
from candidates.applications.page import neighbours
from candidates.conversation import actions as conversation
from candidates.models import Application, Message, Note, Promise, Review
from tests import factories as f
from tests.candidates.helpers import days, mails
from tests.factories import NOW

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}
DIALOG = HTMX | {"HTTP_HX_TARGET": "dialog"}


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def recruiter() -> User:
    return f.make_user(Role.RECRUITER, name="Kim Recruiter")


@pytest.fixture
def application(recruiter: User) -> Application:
    role = f.make_requisition(recruiter=recruiter, manager=f.make_user(Role.MANAGER, name="Max Manager"))
    candidate = f.make_candidate(first_name="Ada", last_name="Example", email="ada@example.com")
    return f.make_application(requisition=role, candidate=candidate)


@pytest.fixture
def desk(client: Any, recruiter: User) -> Any:
    client.force_login(recruiter)
    return client


def page(client: Any, application: Application, **headers: str) -> str:
    answer = client.get(f"/applications/{application.pk}/", **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Any, application: Application, what: str, **facts: Any) -> Any:
    headers = facts.pop("headers", {})
    return client.post(f"/applications/{application.pk}/{what}/", facts, **headers)


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


# --- Who sees what


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


# --- Writing


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


def test_a_message_is_seen_as_it_leaves_and_then_sent(desk: Any, application: Application) -> None:
    words = {"write-subject": "Hello", "write-body": "Dear {{ candidate.first_name }}, a question."}
    seen = post(desk, application, "messages", preview="1", headers=HTMX, **words).content.decode()
    assert "Dear Ada, a question." in seen
    assert "(the link to their page)" in seen
    assert Message.objects.count() == 0

    assert post(desk, application, "messages", **words).status_code == 302
    assert Message.objects.get().body == "Dear Ada, a question."
    assert mails("conversation.message")[0].state == "queued"


def test_a_mistake_in_a_message_keeps_what_was_written(desk: Any, application: Application) -> None:
    answer = post(
        desk, application, "messages", **{"write-subject": "Hello", "write-body": "Dear {{ nobody }}"}
    )
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "There is no {{ nobody }} in this kind of message." in html
    assert "Dear {{ nobody }}" in html


def test_a_message_for_later_can_be_taken_back(desk: Any, application: Application) -> None:
    words = {"write-subject": "Hello", "write-body": "Later.", "write-send_at": "2026-11-25T09:00"}
    post(desk, application, "messages", **words)
    message = Message.objects.get()
    assert "Take it back" in page(desk, application)

    post(desk, application, f"messages/{message.pk}/take-back")
    assert OutgoingMail.objects.get(role="conversation.message").state == "cancelled"
    past = post(desk, application, "messages", **words | {"write-send_at": "2026-11-01T09:00"})
    assert "Give a time that lies ahead." in past.content.decode()


def test_a_message_that_needs_no_answer_is_settled(desk: Any, application: Application) -> None:
    message = conversation.receive(
        candidate=application.candidate, application=application, body="Thank you.", now=NOW
    )
    assert "Needs no answer" in page(desk, application)
    post(desk, application, f"messages/{message.pk}/answered")
    message.refresh_from_db()
    assert message.answered_at is not None


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


# --- Deciding


def test_a_move_says_where_to_and_can_be_taken_back(desk: Any, application: Application) -> None:
    review = f.stage(application.requisition, "review")
    answer = desk.post(
        f"/applications/{application.pk}/move/", {"stage": review.pk, "version": 1}, follow=True
    )
    assert "Moved Ada Example to Manager review." in answer.content.decode()
    undo = f"/applications/{application.pk}/move/undo/?stage={application.stage_id}&version=2"
    assert undo.replace("&", "&amp;") in answer.content.decode()

    desk.post(undo)
    application.refresh_from_db()
    assert application.stage.kind == "applied"


def test_who_decides_on_an_older_picture_is_told_what_happened_since(
    desk: Any, application: Application
) -> None:
    colleague = f.make_user(Role.RECRUITER, name="Alex Colleague")
    actions.move(
        application_id=application.pk,
        stage_id=f.stage(application.requisition, "offer").pk,
        by=colleague,
        now=NOW,
    )
    words = {"reason": f.make_reason().code, "subject": "No", "body": "No.", "version": 1}

    answer = post(desk, application, "reject", headers=DIALOG, **words)

    application.refresh_from_db()
    assert application.state == "active"
    assert "Alex Colleague has just moved Ada Example to Offer." in answer.content.decode()
    moved = post(
        desk,
        application,
        "move",
        stage=f.stage(application.requisition, "review").pk,
        version=1,
        headers=HTMX,
    )
    assert moved.status_code == 409


def test_the_message_of_a_no_follows_the_reason_and_is_seen_as_it_leaves(
    desk: Any, application: Application
) -> None:
    reason = f.make_reason(candidate_text="The seat went to somebody with more SQL.")
    address = f"/applications/{application.pk}/reject/"
    blank = desk.get(address, **DIALOG).content.decode()
    assert "Tuesday 24 November, 10:15 UTC" in blank  # the cool-off, said
    assert "more SQL" not in blank
    chosen = desk.get(
        address, {"reason": reason.code}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="decision-letter"
    )
    assert "The seat went to somebody with more SQL." in chosen.content.decode()

    words = {
        "reason": reason.code,
        "subject": "Your application",
        "body": "Dear {{ candidate.first_name }}. {{ reason }}",
    }
    seen = post(desk, application, "reject", preview="1", headers=HTMX, **words).content.decode()
    assert "Dear Ada. The seat went to somebody with more SQL." in seen

    post(desk, application, "reject", version=1, **words)
    application.refresh_from_db()
    mail = mails("application.rejected")[0]
    assert application.state == "rejected"
    assert mail.text.startswith("Dear Ada. The seat went to somebody with more SQL.")

    desk.post(f"/applications/{application.pk}/undo/")
    application.refresh_from_db()
    mail.refresh_from_db()
    assert (application.state, mail.state) == ("active", "cancelled")


def test_silence_is_said_to_be_a_debt_until_they_are_told(desk: Any, application: Application) -> None:
    reason = f.make_reason()
    answer = desk.post(
        f"/applications/{application.pk}/reject/", {"reason": reason.code, "silent": "on"}, follow=True
    )
    html = answer.content.decode()
    assert "it stays a debt" in html
    assert "Ada does not know yet." in html
    assert "Ada Example" in desk.get("/").content.decode()

    post(desk, application, "tell", subject="Your application", body="We decided otherwise.")
    assert mails("application.rejected")[0].state == "queued"


def test_that_they_withdrew_is_a_reason_too_and_thanks_them(desk: Any, application: Application) -> None:
    reason = f.make_reason("withdrew")
    chosen = desk.get(
        f"/applications/{application.pk}/reject/", {"reason": reason.code}, HTTP_HX_REQUEST="true",
        HTTP_HX_TARGET="decision-letter",
    )  # fmt: skip
    assert "They are thanked" in chosen.content.decode()
    post(desk, application, "reject", reason=reason.code, subject="x", body="x", note="Took another job")
    application.refresh_from_db()
    assert (application.state, application.reason_note) == ("withdrawn", "Took another job")


def test_the_last_seat_leads_to_what_becomes_of_the_others(desk: Any, application: Application) -> None:
    words = {"subject": "Welcome", "body": "Welcome.", "starts_on": "2027-01-04", "version": 1}
    assert (
        "This fills the last seat"
        in desk.get(f"/applications/{application.pk}/hire/", **DIALOG).content.decode()
    )

    answer = post(desk, application, "hire", headers=DIALOG, **words)

    application.refresh_from_db()
    assert (application.state, application.starts_on.isoformat()) == ("hired", "2027-01-04")
    close = f"/requisitions/{application.requisition_id}/close/?hired={application.pk}"
    assert answer["HX-Redirect"] == close
    assert "Ada Example is hired" in desk.get(close).content.decode()


def test_one_of_several_seats_leaves_the_role_open(desk: Any, recruiter: User) -> None:
    role = f.make_requisition(recruiter=recruiter, openings=2)
    first = f.make_application(requisition=role)
    answer = post(desk, first, "hire", subject="Welcome", body="Welcome.")
    assert answer.url == f"/applications/{first.pk}/"


def test_no_seat_is_a_clear_word_and_nothing_happens(desk: Any, application: Application) -> None:
    application.requisition.openings.all().delete()
    answer = post(desk, application, "hire", headers=DIALOG, subject="Welcome", body="Welcome.")
    application.refresh_from_db()
    assert (answer.status_code, application.state) == (422, "active")
    assert "Every opening of this role is filled." in answer.content.decode()


def test_from_a_board_the_dialogue_closes_and_the_board_reads_anew(
    desk: Any, application: Application
) -> None:
    live = DIALOG | {
        "HTTP_HX_CURRENT_URL": f"http://testserver/requisitions/{application.requisition_id}/board/"
    }
    words = {"reason": f.make_reason().code, "subject": "No", "body": "No.", "version": 1}
    answer = post(desk, application, "reject", headers=live, **words)
    assert answer.status_code == 204
    for event in ("close-dialog", "board-changed", "toast"):
        assert event in answer["HX-Trigger"]


def test_without_a_script_each_decision_has_a_page_of_its_own(desk: Any, application: Application) -> None:
    for what in ("reject", "hire", "write"):
        answer = desk.get(f"/applications/{application.pk}/{what}/")
        assert (what, answer.status_code, "<h1>" in answer.content.decode()) == (what, 200, True)


# --- Messages that did not arrive


def test_a_message_without_an_address_leaves_once_there_is_one(desk: Any, application: Application) -> None:
    candidate = application.candidate
    candidate.email, candidate.email_key = "", None
    candidate.save(update_fields=["email", "email_key"])
    conversation.send(
        application_id=application.pk,
        subject="Hello",
        body="Hello",
        by=application.requisition.recruiter,
        now=NOW,
    )
    mail = mails("conversation.message")[0]
    assert mail.state == "withheld"
    assert "Send it again" in page(desk, application)
    assert post(desk, application, f"mails/{mail.pk}/again", headers=HTMX).status_code == 409

    candidate.email, candidate.email_key = "ada@example.com", "ada@example.com"
    candidate.save(update_fields=["email", "email_key"])
    post(desk, application, f"mails/{mail.pk}/again")
    mail.refresh_from_db()
    assert (mail.state, mail.to) == ("queued", "ada@example.com")


@pytest.mark.parametrize(("arrived", "state", "told"), [("yes", "sent", True), ("no", "failed", False)])
def test_who_finds_out_whether_a_decision_arrived_says_so(
    desk: Any, application: Application, arrived: str, state: str, told: bool
) -> None:
    actions.reject(
        application_id=application.pk, reason=f.make_reason().code, message=("No", "No."), now=NOW,
        by=application.requisition.recruiter,
    )  # fmt: skip
    mail = mails("application.rejected")[0]
    OutgoingMail.objects.filter(pk=mail.pk).update(state="unknown", begun_at=NOW)
    assert "Did it arrive?" in page(desk, application)

    post(desk, application, f"mails/{mail.pk}/fate", arrived=arrived)

    mail.refresh_from_db()
    application.refresh_from_db()
    assert (mail.state, application.told_at is not None) == (state, told)


def test_a_message_of_another_application_is_not_touched(desk: Any, application: Application) -> None:
    other = f.make_application()
    conversation.send(application_id=other.pk, subject="x", body="x", by=f.make_user(Role.LEAD), now=NOW)
    mail = mails("conversation.message")[0]
    for what in ("again", "fate"):
        assert post(desk, application, f"mails/{mail.pk}/{what}").status_code == 404


def test_the_manager_is_asked_from_the_page_once(desk: Any, application: Application) -> None:
    assert "Ask Max Manager for a view" in page(desk, application)
    desk.post(f"/requisitions/{application.requisition_id}/board/ask/", {"application": application.pk})
    assert Review.objects.get().reviewer.name == "Max Manager"
    assert "Ask Max Manager for a view" not in page(desk, application)
