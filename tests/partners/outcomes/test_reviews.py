"""Outcomes are agreed in the first week, and asked about on their days, of both sides, each apart."""

from datetime import date, timedelta

import pytest

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.mail.models import OutgoingMail
from candidates.applications.actions import hire
from candidates.hires import actions as hires
from candidates.models import HireState
from partners.commitments.actions import remeasure
from partners.models import Commitment, HireOutcome, OutcomeLink, OutcomeReview, Partnership
from partners.outcomes import actions, queries
from partners.outcomes.domain.answers import MOST
from tests import factories as make
from tests.candidates.helpers import mails, run_lane
from tests.factories import NOW
from tests.partners.outcomes import parts

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def days_of(outcome):
    rows = outcome.reviews.order_by("day")
    return [(row.day, row.state, row.opens_at.date() if row.opens_at else None) for row in rows]


def test_they_are_planned_with_the_hire_and_move_with_its_first_day():
    outcome = parts.hired()
    assert (outcome.state, days_of(outcome)) == (
        "ahead",
        [
            (30, "planned", date(2027, 3, 31)),
            (90, "planned", date(2027, 5, 31)),  # the 30th is a Sunday
            (180, "planned", date(2027, 8, 30)),  # the 28th is a Saturday
        ],
    )
    by = outcome.partnership.requisition.recruiter
    hires.set_first_day(hire_id=outcome.hire_id, starts_on=date(2027, 3, 2), by=by, now=NOW)
    assert [day for _, _, day in days_of(outcome)] == [
        date(2027, 4, 1),
        date(2027, 5, 31),
        date(2027, 8, 30),
    ]


def test_without_a_first_day_nothing_is_asked_until_there_is_one():
    outcome = parts.hired(starts_on=None)
    assert [day for _, _, day in days_of(outcome)] == [None, None, None]
    by = outcome.partnership.requisition.recruiter
    hires.set_first_day(hire_id=outcome.hire_id, starts_on=parts.FIRST, by=by, now=NOW)
    assert days_of(outcome)[0] == (30, "planned", date(2027, 3, 31))


def test_it_is_taken_back_with_the_hire():
    outcome = parts.started()
    parts.agreed(outcome)
    review = parts.asked(outcome, 30)
    assert review.state == "open"
    hires.end(
        application_id=outcome.hire.application_id,
        state=HireState.RENEGED,
        reason="They left.",
        by=outcome.partnership.requisition.recruiter,
        now=parts.morning(34),
    )
    outcome.refresh_from_db()
    assert outcome.state == "taken_back"
    assert {state for _, state, _ in days_of(outcome)} == {"taken_back"}
    assert OutcomeLink.objects.count() == 0
    assert run_lane("outcome-reviews", parts.morning(200)) == 0


def test_the_manager_is_asked_to_agree_and_the_outcomes_are_those_of_the_brief():
    outcome = parts.started()
    manager = outcome.partnership.requisition.hiring_manager
    assert [mail.to for mail in mails("outcomes.to_agree")] == [manager.email]
    page = queries.page(manager, outcome.hire.application_id)
    assert page.expected == [
        {"text": "The load runs.", "by": "90 days"},
        {"text": "Nobody is called at night.", "by": "90 days"},
    ]
    assert page.points == ["Work at home.", "A small team."]


def test_agreeing_keeps_them_and_tells_the_new_hire_with_a_link_of_their_own():
    outcome = parts.agreed(parts.started(), "The load runs.")
    (mail,) = mails("outcomes.agreed")
    assert (outcome.expected, outcome.points) == (
        [{"text": "The load runs.", "by": "90 days"}],
        ["Work at home.", "A small team."],
    )
    assert mail.to == outcome.hire.application.candidate.email
    assert "/first-months/" in mail.text
    fact = Activity.objects.get(verb="hire.outcomes_agreed")
    assert (fact.application_id, fact.data) == (
        outcome.hire.application_id,
        {"hire_id": outcome.hire_id, "count": "1 outcome"},
    )


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "Agree on one outcome at least."),
        (["  "], "Agree on one outcome at least."),
        (["x"] * (MOST + 1), f"Keep it to {MOST} outcomes: the most important ones."),
        (["x" * 501], "Keep each outcome under 500 characters."),
    ],
)
def test_what_cannot_be_agreed(lines, said):
    outcome = parts.started()
    by = outcome.partnership.requisition.hiring_manager
    with pytest.raises(Invalid) as refused:
        actions.agree(
            outcome_id=outcome.pk,
            expected=[{"text": line, "by": "90 days"} for line in lines],
            by=by,
            now=parts.morning(1),
        )
    assert refused.value.message == said
    assert Activity.objects.filter(verb="hire.outcomes_agreed").count() == 0


def test_nothing_is_agreed_before_the_first_day_nor_by_others():
    outcome = parts.hired()
    role = outcome.partnership.requisition
    wanted = {"outcome_id": outcome.pk, "expected": [{"text": "x", "by": "90 days"}], "now": NOW}
    with pytest.raises(WrongState):
        actions.agree(by=role.hiring_manager, **wanted)
    for other in (role.recruiter, make.make_user(Role.MANAGER), make.make_user(Role.LEAD)):
        with pytest.raises(Missing):
            actions.agree(by=other, **wanted)


def test_agreeing_the_same_once_more_says_nothing():
    outcome = parts.agreed(parts.started())
    parts.agreed(outcome, day=3)
    assert Activity.objects.filter(verb="hire.outcomes_agreed").count() == 1
    assert len(mails("outcomes.agreed")) == 1


def test_both_are_asked_on_the_day_and_reminded_twice_while_they_are_silent():
    outcome = parts.agreed(parts.started())
    assert run_lane("outcome-reviews", parts.morning(30) - timedelta(minutes=1)) == 0
    assert run_lane("outcome-reviews", parts.morning(30)) == 1
    assert [len(mails(role)) for role in ("outcomes.to_review", "outcomes.to_answer")] == [1, 1]
    review = outcome.reviews.get(day=30)
    parts.by_new_hire(review, parts.said(outcome), parts.morning(31))
    for day in (40, 50, 60):
        run_lane("outcome-reviews", parts.morning(day))
    assert [len(mails(role)) for role in ("outcomes.to_review", "outcomes.to_answer")] == [3, 1]
    review.refresh_from_db()
    assert (review.state, review.remind_at, review.reminders) == ("open", None, 2)


def test_where_nothing_was_agreed_the_brief_is_asked():
    outcome = parts.started()
    parts.asked(outcome, 30)
    outcome.refresh_from_db()
    assert (outcome.agreed_at, [line["text"] for line in outcome.expected]) == (
        None,
        ["The load runs.", "Nobody is called at night."],
    )


def test_a_review_is_done_once_both_have_answered():
    outcome = parts.agreed(parts.started())
    review = parts.asked(outcome)
    given = parts.by_manager(review, parts.said(outcome, "yes", "part", talked_on=date(2027, 6, 1)))
    assert (given.met, given.as_said, given.by) == (
        0.75,
        1.0,
        outcome.partnership.requisition.hiring_manager,
    )
    review.refresh_from_db()
    assert review.state == "open"
    parts.by_new_hire(review, parts.said(outcome, "yes", "not_yet", again="no"))
    review.refresh_from_db()
    assert (review.state, review.remind_at) == ("done", None)
    facts = Activity.objects.filter(verb__in=["outcome.reviewed", "outcome.answered"]).order_by("id")
    data = {"hire_id": outcome.hire_id, "day": 90}
    assert [(fact.verb, fact.data) for fact in facts] == [
        ("outcome.reviewed", data),
        ("outcome.answered", data),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"talked_on": None}, "Say on which day you two spoke with each other."),
        ({"talked_on": date(2027, 2, 28)}, "Give a day between the first one and today."),
        ({"talked_on": date(2027, 6, 4)}, "Give a day between the first one and today."),
        ({"again": "maybe"}, "Answer each question: yes, in part or not yet."),
        ({"well_used": ""}, "Answer each question: yes, in part or not yet."),
        ({"words": "x" * 2001}, "Keep your words under 2000 characters."),
    ],
)
def test_what_is_no_answer(change, message):
    outcome = parts.agreed(parts.started())
    review = parts.asked(outcome)
    facts = {"talked_on": date(2027, 6, 1)} | change
    with pytest.raises(Invalid) as refused:
        parts.by_manager(review, parts.said(outcome, **facts))
    assert refused.value.message == message
    assert review.answers.count() == 0


def test_an_answer_to_other_outcomes_than_those_that_are_agreed_is_refused():
    outcome = parts.agreed(parts.started())
    review = parts.asked(outcome)
    with pytest.raises(Invalid):
        parts.by_manager(review, parts.said(outcome, "yes", talked_on=date(2027, 6, 1)))


def test_nobody_answers_twice_nor_before_they_are_asked():
    outcome = parts.agreed(parts.started())
    with pytest.raises(WrongState):
        parts.by_new_hire(outcome.reviews.get(day=90), parts.said(outcome), parts.morning(50))
    review = parts.asked(outcome)
    parts.by_new_hire(review, parts.said(outcome))
    with pytest.raises(WrongState):
        parts.by_new_hire(review, parts.said(outcome))


def test_the_managers_commitments_close_by_it_and_not_by_the_new_hire():
    outcome = parts.started()
    partnership = Partnership.objects.get(pk=outcome.partnership_id)

    def states(now):
        remeasure(partnership=partnership, now=now)
        kinds = ("outcomes_agreed", "review_90")
        rows = Commitment.objects.filter(partnership=partnership, kind__in=kinds).order_by("kind")
        return [(row.kind, row.state) for row in rows]

    assert states(parts.morning(1)) == [("outcomes_agreed", "due"), ("review_90", "due")]
    parts.agreed(outcome)
    review = parts.asked(outcome)
    parts.by_new_hire(review, parts.said(outcome))
    assert states(parts.morning(94)) == [("outcomes_agreed", "kept"), ("review_90", "due")]
    parts.by_manager(review, parts.said(outcome, talked_on=date(2027, 6, 1)), parts.morning(94))
    assert states(parts.morning(94)) == [("outcomes_agreed", "kept"), ("review_90", "kept")]


def test_a_hire_without_partners_plans_nothing():
    assert OutcomeReview.objects.count() == HireOutcome.objects.count() == 0
    application = make.make_application(stage_kind="offer")
    assert Partnership.objects.filter(requisition=application.requisition).count() == 0
    hire(application_id=application.pk, by=application.requisition.recruiter, now=NOW, starts_on=parts.FIRST)
    assert HireOutcome.objects.count() == 0


def test_what_was_answered_is_in_no_activity_and_no_mail():
    outcome = parts.agreed(parts.started())
    review = parts.asked(outcome)
    parts.by_new_hire(review, parts.said(outcome, words="Xylander never speaks with us."))
    assert [fact.data for fact in Activity.objects.all() if "Xylander" in str(fact.data)] == []
    assert OutgoingMail.objects.filter(text__contains="Xylander").count() == 0
