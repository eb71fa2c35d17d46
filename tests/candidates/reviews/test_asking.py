"""Putting candidates before the hiring manager."""

from datetime import UTC, datetime, timedelta

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.mail.models import OutgoingMail
from candidates.applications import actions as applications
from candidates.models import Review, Slate
from candidates.reviews import actions
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return make.make_requisition(must_haves=("Python", "SQL"))


def in_play(role, count=1, **facts):
    return [make.make_application(requisition=role, **facts) for _ in range(count)]


@pytest.mark.ordinary_day
def test_ask_puts_several_before_the_manager_in_one_mail(role):
    people = in_play(role, 3)
    slate = actions.ask(
        application_ids=[person.pk for person in people],
        by=role.recruiter,
        now=NOW,
        note="Two of them know us.",
    )
    reviews = list(slate.reviews.order_by("pk"))
    assert [review.application_id for review in reviews] == [person.pk for person in people]
    assert {review.reviewer for review in reviews} == {role.hiring_manager}
    assert {review.due_at for review in reviews} == {datetime(2026, 11, 26, 17, tzinfo=UTC)}
    assert (
        list(Activity.objects.order_by("id").values_list("verb", flat=True).filter(subject_type="review"))
        == ["review.asked"] * 3
    )
    presented = Activity.objects.get(verb="slate.presented")
    assert presented.data["applications"] == [person.pk for person in people]
    assert presented.requisition_id == role.pk
    mail = OutgoingMail.objects.get()
    assert mail.to == role.hiring_manager.email
    assert mail.subject == f"3 candidates for {role.title}: your view by Thursday 26 November"
    assert "Two of them know us." in mail.text
    assert [line for line in mail.text.splitlines() if line.startswith("- ")] == [
        f"- {person.candidate}" for person in people
    ]


def test_asking_turns_the_promise_to_the_manager_and_keeps_its_date(role):
    (person,) = in_play(role)
    before = person.promises.get(state="open")
    actions.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    after = person.promises.get(state="open")
    assert (after.side, after.owner, after.due_at, after.what) == (
        "manager",
        role.hiring_manager,
        before.due_at,
        before.what,
    )


def test_nobody_is_asked_twice_while_a_question_is_open(role):
    first, second = in_play(role, 2)
    actions.ask(application_ids=[first.pk], by=role.recruiter, now=NOW)
    with pytest.raises(Conflict):
        actions.ask(application_ids=[first.pk], by=role.recruiter, now=NOW)
    slate = actions.ask(application_ids=[first.pk, second.pk], by=role.recruiter, now=NOW)
    assert [review.application_id for review in slate.reviews.all()] == [second.pk]


def test_only_candidates_in_play_of_one_role_and_only_the_team_can_be_asked(role):
    (person,) = in_play(role)
    (other,) = in_play(make.make_requisition(recruiter=role.recruiter))
    gone = make.make_application(requisition=role, state="rejected")
    with pytest.raises(Invalid):
        actions.ask(application_ids=[person.pk, other.pk], by=role.recruiter, now=NOW)
    with pytest.raises(WrongState):
        actions.ask(application_ids=[gone.pk], by=role.recruiter, now=NOW)
    stranger = make.make_user(Role.MANAGER)
    with pytest.raises(Invalid):
        actions.ask(application_ids=[person.pk], reviewer_id=stranger.pk, by=role.recruiter, now=NOW)
    with pytest.raises(Missing):
        actions.ask(application_ids=[], by=role.recruiter, now=NOW)
    assert not Review.objects.exists()


@pytest.mark.parametrize("who", ["manager", "stranger", "interviewer"])
def test_only_the_recruiting_team_asks(role, who):
    (person,) = in_play(role)
    by = {
        "manager": role.hiring_manager,
        "stranger": make.make_user(Role.MANAGER),
        "interviewer": make.make_user(Role.INTERVIEWER),
    }[who]
    with pytest.raises(Missing):
        actions.ask(application_ids=[person.pk], by=by, now=NOW)


def test_entering_a_review_stage_asks_and_moves_made_together_are_one_mail(role):
    people = in_play(role, 3)
    review = make.stage(role, "review")
    for minute, person in enumerate(people[:2]):
        moment = NOW + timedelta(seconds=20 * minute)
        applications.move(application_id=person.pk, stage_id=review.pk, by=role.recruiter, now=moment)
    assert Slate.objects.count() == 1
    assert not OutgoingMail.objects.exists()
    engine.tick(NOW + timedelta(minutes=2))
    mail = OutgoingMail.objects.get(role="reviews.slate")
    assert mail.subject.startswith("2 candidates for")
    applications.move(
        application_id=people[2].pk, stage_id=review.pk, by=role.recruiter, now=NOW + timedelta(minutes=3)
    )
    assert Slate.objects.count() == 2
    engine.tick(NOW + timedelta(minutes=10))
    assert OutgoingMail.objects.filter(role="reviews.slate").count() == 2


def test_who_was_asked_before_the_move_is_not_asked_again(role):
    (person,) = in_play(role)
    actions.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    applications.move(
        application_id=person.pk, stage_id=make.stage(role, "review").pk, by=role.recruiter, now=NOW
    )
    assert Review.objects.count() == 1


@pytest.mark.parametrize("ending", ["move", "reject", "withdraw"])
def test_leaving_takes_open_questions_back_and_a_mail_that_nobody_needs_is_not_written(role, ending):
    (person,) = in_play(role)
    recruiter = role.recruiter
    applications.move(application_id=person.pk, stage_id=make.stage(role, "review").pk, by=recruiter, now=NOW)
    if ending == "move":
        place = make.stage(role, "interview")
        applications.move(application_id=person.pk, stage_id=place.pk, by=recruiter, now=NOW)
    elif ending == "reject":
        reason = make.make_reason()
        applications.reject(
            application_id=person.pk,
            reason=reason.code,
            by=recruiter,
            now=NOW,
            message=("News", "Thank you."),
        )
    else:
        person.refresh_from_db()
        applications.withdraw(application=person, by=person.candidate, reason_text="", now=NOW)
    assert Review.objects.get().state == "cancelled"
    assert Activity.objects.filter(verb="review.cancelled").count() == 1
    engine.tick(NOW + timedelta(minutes=2))
    assert not OutgoingMail.objects.filter(role="reviews.slate").exists()


def test_a_new_manager_takes_over_what_is_open(role):
    from requisitions.roles.actions import change_requisition

    (person,) = in_play(role)
    actions.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    successor = make.make_user(Role.MANAGER)
    change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=successor)
    old, new = Review.objects.order_by("pk")
    assert (old.state, new.state, new.reviewer) == ("cancelled", "open", successor)
    assert OutgoingMail.objects.filter(role="reviews.slate", to=successor.email).count() == 1
