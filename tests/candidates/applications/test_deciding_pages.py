"""Moving and deciding from the page of an application: what is shown before, and what comes of it."""

from typing import Any

import pytest

from ats.accounts.models import Role, User
from candidates.applications import actions
from candidates.models import Application
from tests import factories as f
from tests.candidates.applications.pages import DIALOG, HTMX, post
from tests.candidates.helpers import mails
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


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


@pytest.mark.ordinary_day
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


@pytest.mark.ordinary_day
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
