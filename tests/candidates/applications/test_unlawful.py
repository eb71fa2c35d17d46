"""No unlawful ground is kept, wherever somebody is judged: a walk through all the places."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from ats.accounts.models import Role
from ats.kernel.lawful import Unlawful
from candidates.applications import actions
from candidates.board.actions import bulk_write
from candidates.messages.actions import send
from candidates.models import Application, Debrief, Review, Scorecard
from candidates.promises.actions import change_promise
from candidates.reviews.actions import answer, ask
from candidates.scheduling import actions as booking
from candidates.scorecards import actions as scorecards
from candidates.scorecards.actions.decide import decide
from candidates.scorecards.domain.evidence import Content, Given
from tests import factories as f
from tests.candidates.applications.helpers import NO, reject
from tests.candidates.applications.pages import post
from tests.candidates.helpers import days, hours, mails
from tests.candidates.scorecards.helpers import AFTER, card_of, hold, met, whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
OLD = "Too old for a young team."
LETTER = ("Your application", f"Dear you,\n\n{OLD}")


def reviewed(application: Application, **more: Any) -> Review:
    role = application.requisition
    with transaction.atomic():
        ask(application_ids=[application.pk], by=role.recruiter, now=hours(1))
    review = Review.objects.get(application=application)
    given = {"verdict": "no", "reason": "No SQL.", "criteria": {}} | more
    return answer(review_id=review.pk, by=role.hiring_manager, now=hours(2), **given)


def evidence(**more: Any) -> Scorecard:
    who = f.make_user(Role.INTERVIEWER)
    interview = met(who)
    hold(interview)
    card = card_of(interview, who)
    given = whole(card, **more)
    return scorecards.hand_in(scorecard_id=card.pk, revision=0, content=given, by=who, now=AFTER)


PLACES: dict[str, Callable[[Application], object]] = {
    "reason": lambda one: reviewed(one, reason=OLD),
    "note of a slate": lambda one: ask(
        application_ids=[one.pk], by=one.requisition.recruiter, now=hours(1), note=OLD
    ),
    "evidence": lambda _: evidence(word=OLD),
    "what decided it": lambda _: evidence(reason=OLD),
    "debrief": lambda one: decide(
        application_id=one.pk, outcome="decline", reason=OLD, by=one.requisition.hiring_manager, now=hours(1)
    ),
    "note on a no": lambda one: reject(one, note=OLD),
    "silent no": lambda one: reject(one, note=OLD, message=None),
    "letter": lambda one: reject(one, message=LETTER),
    "subject": lambda one: reject(one, message=(OLD, NO[1])),
    "withdrawal noted by us": lambda one: actions.withdraw(
        application=one, by=one.requisition.recruiter, reason_text=OLD, now=hours(1)
    ),
    "message": lambda one: send(
        application_id=one.pk, subject="A question", body="How old are you?", by=one.requisition.recruiter,
        now=hours(1),
    ),
    "new date": lambda one: change_promise(
        application_id=one.pk, due_at=days(3), reason=OLD, by=one.requisition.recruiter, now=hours(1)
    ),
}  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_it_is_not_kept(application: Application, place: str) -> None:
    with pytest.raises(Unlawful) as refused:
        PLACES[place](application)
    assert refused.value.field
    application.refresh_from_db()
    assert application.state == "active"
    assert not Debrief.objects.exists()
    assert not Review.objects.filter(state="answered").exists()
    assert not Scorecard.objects.filter(state="submitted").exists()
    assert mails("application.rejected") + mails("conversation.message") == []


def test_each_must_have_of_a_view_is_looked_at(application: Application) -> None:
    must = f.Criterion.objects.create(requisition=application.requisition, name="SQL", why="All day.")
    with pytest.raises(Unlawful) as refused:
        reviewed(application, criteria={must.pk: {"met": "no", "text": OLD}})
    assert refused.value.field == f"text_{must.pk}"


def test_why_an_interview_is_called_off(application: Application) -> None:
    interview = f.make_interview(application)
    with pytest.raises(Unlawful):
        booking.cancel(interview=interview, reason=OLD, by=application.requisition.recruiter, now=hours(1))


def test_a_draft_of_evidence_keeps_what_was_typed(application: Application) -> None:
    who = f.make_user(Role.INTERVIEWER)
    card = card_of(met(who), who)
    content = Content(marks={0: Given("no", OLD)}, reason=OLD)
    scorecards.save_draft(scorecard_id=card.pk, revision=0, content=content, by=who, now=AFTER)
    card.refresh_from_db()
    assert (card.state, card.reason) == ("draft", OLD)


def test_what_a_candidate_says_is_theirs(application: Application) -> None:
    actions.withdraw(
        application=application, by=application.candidate, reason_text="You said I am too old.", now=hours(1)
    )
    application.refresh_from_db()
    assert application.reason_note == "You said I am too old."


def test_of_many_nobody_gets_it(application: Application) -> None:
    by = application.requisition.recruiter
    other = f.make_application(requisition=application.requisition)
    ids = [application.pk, other.pk]
    result = actions.bulk_reject(
        application_ids=ids, reason="stronger-match", message=LETTER, by=by, now=hours(1)
    )
    assert (result.done, list(result.refused), result.input) == ([], ids, "body")
    wrote = bulk_write(application_ids=ids, subject="Hi", body="Are you married?", by=by, now=hours(1))
    assert (wrote.done, list(wrote.refused)) == ([], ids)


def test_a_reason_from_the_debrief_is_looked_at_again_in_a_letter(application: Application) -> None:
    """One that was kept before there was such a check."""
    Debrief.objects.create(
        application=application, outcome="decline", reason=OLD, decided_at=hours(-1),
        decided_by=application.requisition.hiring_manager,
    )  # fmt: skip
    with pytest.raises(Unlawful):
        reject(application, message=("No", f"What decided it: {OLD}"))


class TestOnPages:
    def test_a_debrief_stands_beside_its_field_with_what_was_typed(
        self, client: Any, application: Application
    ) -> None:
        client.force_login(application.requisition.hiring_manager)
        f.make_interview(application, state="held", starts_at=hours(-5))
        words = {"outcome": "decline", "reason": OLD}
        answer = client.post(f"/scorecards/debrief/{application.pk}/", words)
        assert answer.status_code == 422
        form = answer.context["form"]
        assert (list(form.errors), form["reason"].value()) == (["reason"], OLD)
        assert "age is no lawful ground" in str(form.errors["reason"])
        assert not Debrief.objects.exists()

    def test_a_view_too(self, client: Any, application: Application) -> None:
        role = application.requisition
        ask(application_ids=[application.pk], by=role.recruiter, now=hours(-1))
        review = Review.objects.get()
        client.force_login(role.hiring_manager)
        answer = client.post(f"/reviews/{review.pk}/", {"verdict": "no", "reason": OLD})
        text = answer.content.decode()
        assert answer.status_code == 422
        assert "age is no lawful ground" in text
        assert "The rule misread this: ask a lead</button>" in text
        assert f">{OLD}</textarea>" in text.replace("\n", "")

    def test_the_note_of_a_no_too(self, desk: Any, application: Application) -> None:
        words = {"reason": "stronger-match", "subject": "No", "body": "No.", "note": OLD, "version": 1}
        answer = post(desk, application, "reject", **words)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])

    def test_the_api_names_field_and_code(self, client: Any, application: Application) -> None:
        from ats.api.actions import create_token

        lead = f.make_user(Role.LEAD)
        _, key = create_token(user=lead, name="x", now=hours(0))
        answer = client.post(
            f"/api/v1/applications/{application.pk}/reject/",
            {"reason": "stronger-match", "message": {"subject": "No", "body": OLD}},
            content_type="application/json",
            headers={"Authorization": f"Bearer {key}"},
        )
        assert answer.status_code == 400
        problem = answer.json()["errors"][0]
        assert (problem["attr"], problem["code"]) == ("body", "unlawful_wording")
