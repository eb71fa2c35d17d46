"""Scorecards follow their interview."""

from datetime import timedelta

import pytest
from django.db import transaction

from ats.accounts import actions as accounts
from ats.accounts.queries.succession import held_by
from ats.kernel.errors import WrongState
from ats.models import Activity
from candidates.applications import actions as applications
from candidates.models import Scorecard
from candidates.scorecards import actions, queries
from candidates.scorecards.actions import decide, follow
from requisitions.models import Criterion
from tests import factories as make
from tests.candidates.helpers import at_once
from tests.candidates.scorecards.helpers import AFTER, card_of, hand_in, happen, hold, met
from tests.factories import NOW, make_user

pytestmark = pytest.mark.django_db


def states(interview):
    return dict(interview.scorecards.order_by("pk").values_list("interviewer__name", "state"))


@pytest.mark.ordinary_day
def test_booking_asks_each_interviewer_once_with_the_words_of_the_kit():
    one, two = make_user("interviewer", name="One"), make_user("manager", name="Two")
    interview = met(one, two)
    follow.follow(interview_id=interview.pk, by=None, now=NOW)
    assert states(interview) == {"One": "draft", "Two": "draft"}
    card = card_of(interview, one)
    assert list(card.marks.order_by("position").values_list("name", "is_must", "rating")) == [
        ("Python", True, ""),
        ("SQL", True, ""),
    ]
    # The interview ends at eleven on a Tuesday; eight working hours of nine to five later.
    assert (card.due_at, card.nudge_at) == (NOW + timedelta(days=1, hours=1), interview.ends_at)
    assert Activity.objects.filter(verb="scorecard.opened").count() == 2


def test_a_criterion_that_was_removed_keeps_its_words():
    interview = make.make_interview(
        people=[make_user("interviewer")],
        kit={"criteria": [{"id": 999_999, "name": "Gone", "is_must": True}], "questions": []},
    )
    (card,) = follow.follow(interview_id=interview.pk, by=None, now=NOW)
    assert list(card.marks.values_list("name", "criterion")) == [("Gone", None)]
    assert not Criterion.objects.filter(pk=999_999).exists()


@pytest.mark.ordinary_day
def test_moving_moves_cancelling_cancels_and_a_substitute_is_asked_instead():
    one, two, three = (make_user("interviewer", name=name) for name in ("One", "Two", "Three"))
    interview = met(one, two)
    later = NOW + timedelta(days=2)
    happen("moved", interview, now=NOW, starts_at=later, ends_at=later + timedelta(hours=1))
    assert set(interview.scorecards.values_list("due_at", "nudge_at")) == {
        (later + timedelta(days=1, hours=1), later + timedelta(hours=1))
    }
    interview.seats.filter(user=two).update(released=True)
    make.seat_at(interview, three)
    happen("interviewer_replaced", interview, now=NOW)
    assert states(interview) == {"One": "draft", "Two": "cancelled", "Three": "draft"}
    interview.seats.update(released=True)
    happen("cancelled", interview, now=NOW, state="cancelled", settled_at=NOW)
    assert set(states(interview).values()) == {"cancelled"}
    why = (
        Activity.objects.filter(verb="scorecard.cancelled").order_by("pk").values_list("data__why", flat=True)
    )
    assert list(why) == ["somebody else takes part", *["the interview was cancelled"] * 2]


def test_who_did_not_come_is_not_written_about_unless_they_did():
    one = make_user("interviewer", name="One")
    interview = met(one)
    hold(interview)
    happen("no_show", interview, state="no_show")
    assert states(interview) == {"One": "cancelled"}
    happen("held", interview, state="held")
    assert states(interview) == {"One": "draft"}


@pytest.mark.ordinary_day
def test_the_end_of_the_application_ends_what_is_owed_and_undoing_it_asks_again():
    one, two = make_user("interviewer", name="One"), make_user("interviewer", name="Two")
    interview = met(one, two)
    hold(interview)
    hand_in(card_of(interview, two))
    recruiter = interview.application.requisition.recruiter
    reason = make.make_reason()
    applications.reject(
        application_id=interview.application_id, reason=reason.code, by=recruiter, now=AFTER, message=None
    )
    assert states(interview) == {"One": "cancelled", "Two": "submitted"}
    applications.undo_decision(application_id=interview.application_id, by=recruiter, now=AFTER)
    assert states(interview) == {"One": "draft", "Two": "submitted"}
    # Asked again, one has as long as everybody else.
    assert card_of(interview, one).due_at == AFTER + timedelta(days=1)


def test_who_leaves_owes_nothing_and_the_debrief_does_not_wait(client):
    one, two = make_user("interviewer", name="One"), make_user("interviewer", name="Two")
    admin = make_user("admin")
    interview = met(one, two)
    application = interview.application
    hold(interview)
    ahead = met(one, application=application, starts_at=NOW + timedelta(days=3))
    hand_in(card_of(interview, two))
    assert [(each.what, each.goes) for each in held_by(one)] == [
        ("1 interview to hold", "need somebody else; the roles' recruiters see it on their day"),
        ("1 scorecard to hand in", "noted as never given: ask for it first"),
    ]
    accounts.deactivate(user_id=one.pk, by=admin, now=AFTER)
    assert states(interview) == {"One": "never", "Two": "submitted"}
    assert states(ahead) == {"One": "cancelled"}
    noted = Activity.objects.get(verb="scorecard.never_given")
    assert (noted.actor_name, noted.data["interviewer"], noted.data["why"]) == (
        admin.name,
        "One",
        "they have left",
    )
    why = Activity.objects.get(verb="scorecard.cancelled").data["why"]
    assert why == "they have left"
    # Whatever happens to the interviews, nobody asks them again.
    happen(
        "moved", ahead, now=AFTER, starts_at=NOW + timedelta(days=4), ends_at=NOW + timedelta(days=4, hours=1)
    )
    assert states(ahead) == {"One": "cancelled"}
    recruiter = application.requisition.recruiter
    client.force_login(recruiter)
    page = client.get(f"/scorecards/debrief/{application.pk}/").content.decode()
    assert "One never gave evidence from Technical conversation: they have left." in page
    assert "has not handed in" not in page
    happen("cancelled", ahead, now=AFTER, state="cancelled", settled_at=AFTER)
    assert list(queries.debriefs_ready([application.requisition_id], most=5)) == [application.pk]
    assert queries.awaited_by([application.pk]) == {}
    decided = decide.decide(
        application_id=application.pk, outcome="advance", reason="Enough.", by=recruiter, now=AFTER
    )
    assert (decided.evidence["never"], decided.evidence["awaited"]) == (["One"], [])
    accounts.reactivate(user_id=one.pk, by=admin, now=AFTER)
    card = card_of(interview, one)
    assert (card.state, card.why_never) == ("draft", "")


def test_an_agreement_may_move_the_date():
    interview = met(make_user("interviewer"))
    card = Scorecard.objects.get()
    actions.change_due(scorecard_id=card.pk, due_at=NOW + timedelta(hours=3))
    follow.follow(interview_id=interview.pk, by=None, now=NOW)
    card.refresh_from_db()
    assert card.due_at == NOW + timedelta(hours=3)


@pytest.mark.django_db(transaction=True)
def test_handing_in_while_somebody_decides_one_comes_first_and_neither_hangs():
    user = make_user("manager")
    interview = met(user)
    with transaction.atomic():
        hold(interview)
    recruiter, reason = interview.application.requisition.recruiter, make.make_reason()
    card = card_of(interview, user)
    handed, rejected = at_once(
        lambda: hand_in(card),
        lambda: applications.reject(
            application_id=interview.application_id, reason=reason.code, by=recruiter, now=AFTER, message=None
        ),
    )
    card.refresh_from_db()
    assert rejected.state == "rejected"
    assert card.state == ("cancelled" if isinstance(handed, WrongState) else "submitted")
