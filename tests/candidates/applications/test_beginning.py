"""A no begins with what was decided before it, not with an empty form."""

from typing import Any

import pytest

from candidates.models import Application
from candidates.reviews.actions import answer, ask
from candidates.scorecards.actions.decide import decide
from tests import factories as f
from tests.candidates.helpers import hours
from tests.candidates.scorecards.helpers import met

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
WORDS = "No evidence on the second must-have in either talk."


def form_of(client: Any, application: Application) -> Any:
    return client.get(f"/applications/{application.pk}/reject/").context["form"]


def debriefed(application: Application, outcome: str = "decline") -> None:
    manager = application.requisition.hiring_manager
    decide(application_id=application.pk, outcome=outcome, reason=WORDS, by=manager, now=hours(-1))


def test_from_the_debrief_with_its_words_and_the_letter_of_an_interview(
    desk: Any, application: Application
) -> None:
    f.make_interview(application, state="held", starts_at=hours(-5))
    debriefed(application)
    form = form_of(desk, application)
    assert (form["reason"].value(), form["note"].value()) == ("interviews", WORDS)
    assert form["subject"].value().startswith("After our conversation about ")
    assert "After our conversations we decided not to go on." in form["body"].value()
    assert WORDS not in form["body"].value()
    page = desk.get(f"/applications/{application.pk}/reject/").content.decode()
    assert "Max Manager decided against it in the debrief" in page


def test_from_the_view_of_the_manager_with_the_must_have_that_is_missing(
    desk: Any, application: Application
) -> None:
    must = f.Criterion.objects.create(requisition=application.requisition, name="SQL", why="All day.")
    role = application.requisition
    slate = ask(application_ids=[application.pk], by=role.recruiter, now=hours(-3))
    answer(
        review_id=slate.reviews.get().pk, verdict="no", reason=WORDS, by=role.hiring_manager, now=hours(-2),
        criteria={must.pk: {"met": "no", "text": ""}},
    )  # fmt: skip
    form = form_of(desk, application)
    assert (form["reason"].value(), form["note"].value()) == ("missing-must-have", WORDS)
    assert "We have read your application with care" in form["body"].value()


def test_a_yes_is_no_beginning_of_a_no(desk: Any, application: Application) -> None:
    debriefed(application)
    debriefed(application, outcome="offer")
    form = form_of(desk, application)
    assert (form["reason"].value(), form["note"].value()) == ("", "")


def test_who_still_owes_evidence_is_not_led_by_it(client: Any) -> None:
    recruiter = f.make_user("recruiter")
    application = met(recruiter, f.make_user("interviewer")).application
    debriefed(application)
    client.force_login(recruiter)
    assert form_of(client, application)["note"].value() == ""


def test_another_reason_changes_the_letter_and_not_what_was_decided(
    desk: Any, application: Application
) -> None:
    debriefed(application)
    chosen = desk.get(
        f"/applications/{application.pk}/reject/", {"reason": "expectations"}, HTTP_HX_REQUEST="true",
        HTTP_HX_TARGET="decision-letter",
    )  # fmt: skip
    assert "What you are looking for and what we can offer" in chosen.content.decode()
