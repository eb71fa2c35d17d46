"""The reviewer's yes, no or unsure."""

import threading

import pytest
from django.db import connection

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import ActionError, Conflict, Invalid, Missing, WrongState
from candidates.applications import actions as applications
from candidates.models import Review
from candidates.reviews import actions
from requisitions.roles.actions import change_requisition
from tests import factories as make
from tests.candidates.helpers import while_held
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def asked(must_haves=("Python", "SQL")):
    role = make.make_requisition(must_haves=must_haves)
    person = make.make_application(requisition=role)
    slate = actions.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    return slate.reviews.select_related("application__requisition", "reviewer").get()


def marks(review, met="yes"):
    return {must.pk: {"met": met, "text": "Seen."} for must in review.application.requisition.criteria.all()}


def answer(review, verdict="yes", by=None, **given):
    given = {"reason": "Has done the work.", "criteria": marks(review)} | given
    return actions.answer(review_id=review.pk, verdict=verdict, by=by or review.reviewer, now=NOW, **given)


def test_an_answer_is_kept_with_its_marks_and_the_promise_turns_to_the_recruiter():
    review = asked()
    before = review.application.promises.get(state="open")
    answer(review, "no", criteria=marks(review, "no"), reason="  No SQL at all.  ")
    review.refresh_from_db()
    assert (review.state, review.verdict, review.reason, review.settled_at) == (
        "answered",
        "no",
        "No SQL at all.",
        NOW,
    )
    assert [mark["name"] for mark in review.criteria.values()] == ["Python", "SQL"]
    assert {mark["met"] for mark in review.criteria.values()} == {"no"}
    promise = review.application.promises.get(state="open")
    assert (promise.side, promise.due_at) == ("recruiter", before.due_at)
    activity = Activity.objects.get(verb="review.answered")
    assert (activity.actor_id, activity.data["verdict"], activity.data["body"]) == (
        review.reviewer_id,
        "no",
        "No SQL at all.",
    )


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"reason": "  "}, "reason"),
        ({"verdict": "perhaps"}, "verdict"),
        ({"criteria": {}}, "met"),
        ({"criteria": "odd"}, "met"),
    ],
)
def test_what_is_missing_is_said_by_field(given, field):
    review = asked()
    if given.get("criteria") == "odd":
        given = {"criteria": marks(review, "perhaps")}
    with pytest.raises(Invalid) as refusal:
        answer(review, **given)
    assert refusal.value.field.startswith(field)
    review.refresh_from_db()
    assert review.state == "open"


def test_only_the_reviewer_answers():
    review = asked()
    for other in (
        review.application.requisition.recruiter,
        make.make_user(Role.ADMIN),
        make.make_user(Role.MANAGER),
    ):
        with pytest.raises(Missing):
            answer(review, by=other)


def test_an_unsure_may_become_a_yes_or_a_no_and_nothing_else_changes():
    review = asked()
    answer(review, "unsure")
    with pytest.raises(Conflict):
        answer(review, "unsure")
    answer(review, "yes")
    with pytest.raises(Conflict):
        answer(review, "no")
    review.refresh_from_db()
    assert review.verdict == "yes"
    assert list(
        Activity.objects.filter(verb="review.answered").order_by("id").values_list("data__verdict", flat=True)
    ) == ["unsure", "yes"]


def test_after_the_end_no_view_is_needed():
    review = asked()
    recruiter = review.application.requisition.recruiter
    reason = make.make_reason()
    applications.reject(
        application_id=review.application_id, reason=reason.code, by=recruiter, now=NOW, message=None
    )
    with pytest.raises(WrongState):
        answer(review)


def test_only_the_managers_view_passes_the_move_on():
    review = asked()
    requisition = review.application.requisition
    interviewer = make.make_user(Role.INTERVIEWER)
    make.add_member(requisition, interviewer, "interviewer")
    actions.ask(
        application_ids=[review.application_id],
        reviewer_id=interviewer.pk,
        by=requisition.recruiter,
        now=NOW,
    )
    answer(Review.objects.get(reviewer=interviewer))
    assert review.application.promises.get(state="open").side == "manager"
    answer(review)
    assert review.application.promises.get(state="open").side == "recruiter"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_answers_at_once_one_counts_and_the_other_is_told():
    review = asked()
    given = marks(review)
    outcomes = []
    start = threading.Barrier(2)

    def run(verdict):
        start.wait()
        try:
            answer(review, verdict, criteria=given)
            outcomes.append("saved")
        except ActionError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(verdict,)) for verdict in ("yes", "no")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["conflict", "saved"]
    assert Activity.objects.filter(verb="review.answered").count() == 1


def move(person, kind):
    role = person.requisition
    return applications.move(
        application_id=person.pk, stage_id=make.stage(role, kind).pk, by=role.recruiter, now=NOW
    )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_an_answer_to_a_card_that_is_just_moved_is_told_so():
    review = asked()
    given = marks(review)
    outcome = while_held(
        lambda: move(review.application, "interview"), lambda: answer(review, criteria=given)
    )
    assert isinstance(outcome, WrongState)
    assert outcome.message == "Your view is not needed any more: the application has moved on."
    review.refresh_from_db()
    assert review.state == "cancelled"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_an_answer_to_a_card_that_stays_in_review_counts_though_something_else_changed_meanwhile():
    review = asked()
    given = marks(review)

    def other_stage():
        row = review.application
        second = {"name": "Second look", "position": 20, "kind": "review"}
        row.stage = row.requisition.stages.create(promise="News", promise_side="manager", **second)
        row.save(update_fields=["stage"])

    outcome = while_held(other_stage, lambda: answer(review, criteria=given))
    assert (outcome.state, outcome.verdict) == ("answered", "yes")


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_slate_that_is_asked_for_while_a_card_is_moved_is_put_together():
    role = make.make_requisition()
    people = [make.make_application(requisition=role) for _ in range(3)]
    slate = while_held(
        lambda: move(people[1], "offer"),
        lambda: actions.ask(application_ids=[person.pk for person in people], by=role.recruiter, now=NOW),
    )
    assert slate.reviews.count() == 3


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_an_answer_that_is_given_while_the_role_changes_hands_stays():
    review = asked()
    role, given = review.application.requisition, marks(review)
    heir = make.make_user(Role.MANAGER)
    outcome = while_held(
        lambda: answer(review, "no", criteria=given),
        lambda: change_requisition(requisition_id=role.pk, hiring_manager=heir, by=role.recruiter, now=NOW),
    )
    assert outcome.hiring_manager == heir
    review.refresh_from_db()
    assert (review.state, review.verdict) == ("answered", "no")
