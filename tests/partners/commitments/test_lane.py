"""What happens is measured soon, what does not happen in time by the tick."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from ats.duework import engine
from candidates.applications import actions as applications
from candidates.interviews.actions import settle
from candidates.reviews import actions as reviews
from candidates.scorecards.actions import follow
from partners.commitments import actions
from partners.models import Commitment, ToMeasure
from partners.partnerships import actions as partnerships
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


@pytest.fixture
def role():
    return make.make_requisition(
        "draft",
        must_haves=("Python",),
        outcomes="Has shipped it.",
        value_proposition="Work that matters.",
    )


def opened(role, now=NOW):
    return roles.open_requisition(requisition_id=role.pk, by=role.recruiter, now=now)


def found(kind):
    return Commitment.objects.get(kind=kind)


def test_a_role_from_opening_to_decision(role):
    opened(role)
    person = make.make_application(requisition=role)
    other = make.make_application(requisition=role)
    engine.tick(NOW)
    assert (found("first_slate").state, found("intake").state) == ("due", "kept")
    slate = reviews.ask(
        application_ids=[person.pk, other.pk], by=role.recruiter, now=NOW + timedelta(hours=1)
    )
    first, second = slate.reviews.order_by("pk")
    assert first.due_at == datetime(2026, 11, 26, 17, tzinfo=UTC)
    manager = role.hiring_manager
    must = role.criteria.get().pk
    answer = {"by": manager, "reason": "Seen.", "criteria": {must: {"met": "yes", "text": ""}}}
    reviews.answer(review_id=first.pk, verdict="yes", now=NOW + timedelta(hours=2), **answer)
    engine.tick(NOW + timedelta(hours=2))
    assert (found("first_slate").state, found("slate_reviewed").state) == ("kept", "due")
    reviews.answer(review_id=second.pk, verdict="unsure", now=NOW + timedelta(hours=3), **answer)
    engine.tick(NOW + timedelta(hours=3))
    assert (found("slate_reviewed").state, found("decision").state) == ("kept", "waiting")
    assert list(
        Commitment.objects.filter(kind="answer_manager")
        .order_by("application_id")
        .values_list("state", flat=True)
    ) == ["due", "due"]
    reason = make.make_reason()
    applications.reject(
        application_id=other.pk,
        reason=reason.code,
        by=role.recruiter,
        now=NOW + timedelta(hours=4),
        message=None,
    )
    engine.tick(NOW + timedelta(days=7))
    assert (found("candidates_told").state, found("decision").state) == ("missed", "released")
    assert dict(Commitment.objects.filter(kind="answer_manager").values_list("application_id", "state")) == {
        person.pk: "missed",
        other.pk: "kept",
    }


def test_time_that_runs_out_is_found_by_the_tick_alone(role):
    opened(role)
    engine.tick(NOW)
    assert found("first_slate").state == "due"
    engine.tick(NOW + timedelta(days=30))
    assert found("first_slate").state == "missed"
    engine.tick(NOW + timedelta(days=30))  # what the check-ins recorded in the tick before
    assert not ToMeasure.objects.exists()


def test_without_grace_it_is_missed_the_minute_work_begins_after_its_time(role):
    """No working time passes between Friday evening and Monday morning: what is done in between is done in time."""
    opened(role)
    partnership = role.partnership
    times = {term.kind: term.time for term in partnership.agreements.get().terms.all()}
    friday = datetime(2026, 11, 27, 17, tzinfo=UTC)
    said = {"partnership_id": partnership.pk, "now": NOW}
    wanted = times | {"weekly_update": 3}
    partnerships.propose(times=wanted, grace=0, version=1, by=role.recruiter, **said)
    partnerships.accept(version=2, by=role.hiring_manager, **said)
    states = {}
    for now in (friday, friday + timedelta(minutes=1), monday(8, 59), monday(9), monday(9, 1)):
        engine.tick(now)
        states[now] = found("weekly_update").state
    row = found("weekly_update")
    assert (row.due_at, row.until_at) == (friday, monday(8, 59) + timedelta(seconds=59))
    assert list(states.values()) == ["due", "due", "due", "missed", "missed"]


def monday(hour, minute=0):
    return datetime(2026, 11, 30, hour, minute, tzinfo=UTC)


def test_the_manager_sees_the_agreed_date_for_a_slate(role):
    opened(role)
    partnership = role.partnership
    times = {term.kind: term.time for term in partnership.agreements.get().terms.all()}
    partnerships.propose(
        partnership_id=partnership.pk,
        times=times | {"slate_reviewed": 4},
        version=1,
        by=role.recruiter,
        now=NOW,
    )
    partnerships.accept(partnership_id=partnership.pk, version=2, by=role.hiring_manager, now=NOW)
    person = make.make_application(requisition=role)
    slate = reviews.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    due = datetime(2026, 11, 30, 17, tzinfo=UTC)
    assert slate.reviews.get().due_at == due
    engine.tick(NOW)
    assert found("slate_reviewed").due_at == due


def test_a_requisition_without_partnership_leaves_nothing_behind():
    role = make.make_requisition()
    actions.touch(requisition_id=role.pk, application_id=None)
    engine.tick(NOW)
    assert not ToMeasure.objects.exists()
    assert not Commitment.objects.exists()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_give_what_one_gives(role):
    opened(role)
    people = [make.make_application(requisition=role) for _ in range(4)]
    for person in people:
        reviews.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    errors = []
    start = threading.Barrier(3)

    def run():
        start.wait()
        try:
            while actions.measure_due(NOW):
                pass
        except Exception as error:  # noqa: BLE001 - shown below
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert not ToMeasure.objects.exists()
    assert Commitment.objects.filter(kind="slate_reviewed", state="due").count() == 4
    assert actions.remeasure(partnership=role.partnership, now=NOW) == []


def test_who_was_put_before_the_manager_twice_takes_no_one_out_of_a_list(role):
    """Of the list to which only some of those belong who are measured, the others would seem never to have been."""
    opened(role)
    kim, robin, alex = (make.make_application(requisition=role) for _ in range(3))
    by, must = role.hiring_manager, role.criteria.get().pk
    answer = {"reason": "Seen.", "criteria": {must: {"met": "yes", "text": ""}}}
    first = reviews.ask(application_ids=[kim.pk, robin.pk], by=role.recruiter, now=NOW)
    of_kim = first.reviews.get(application=kim)
    reviews.answer(review_id=of_kim.pk, verdict="yes", by=by, now=NOW, **answer)
    reviews.ask(application_ids=[kim.pk, alex.pk], by=role.recruiter, now=NOW + timedelta(minutes=1))
    later = NOW + timedelta(minutes=2)
    whole = actions.remeasure(partnership=role.partnership, now=later)
    assert [row.state for row in whole if row.kind == "slate_reviewed"] == ["due", "due"]

    assert actions.remeasure(partnership=role.partnership, now=later, applications=[alex.pk]) == []
    assert Commitment.objects.filter(kind="slate_reviewed", state="due").count() == 2


def test_agreed_hours_are_those_of_the_plan_and_of_what_is_owed(role):
    opened(role)
    partnership, recruiter = role.partnership, role.recruiter
    planned = make.make_planned(role)
    application = make.make_application(requisition=role, stage_kind="interview")
    ended = NOW + timedelta(minutes=45)
    interview = make.make_interview(application, planned=planned, starts_at=NOW)
    follow.follow(interview_id=interview.pk, by=None, now=NOW)
    card = interview.scorecards.get()
    assert card.due_at == datetime(2026, 11, 25, 10, 45, tzinfo=UTC)
    times = {term.kind: term.time for term in partnership.agreements.get().terms.all()}
    assert times["evidence"] == 8
    partnerships.propose(
        partnership_id=partnership.pk, times=times | {"evidence": 4}, version=1, by=recruiter, now=NOW
    )
    card.refresh_from_db()
    assert card.due_at == datetime(2026, 11, 25, 10, 45, tzinfo=UTC)  # one side alone changes nothing
    partnerships.accept(partnership_id=partnership.pk, version=2, by=role.hiring_manager, now=NOW)
    card.refresh_from_db()
    planned.refresh_from_db()
    interview.refresh_from_db()
    assert card.due_at == datetime(2026, 11, 24, 14, 45, tzinfo=UTC)
    assert (planned.scorecard_hours, interview.scorecard_hours) == (4, 4)
    settle.mark_held(interview_id=interview.pk, now=ended)
    engine.tick(ended)
    row = found("evidence")
    assert (row.state, row.side, row.due_at, row.application_id) == (
        "due",
        "manager",
        card.due_at,
        application.pk,
    )


def test_what_was_measured_by_an_older_rule_and_is_owed_to_nobody_goes_away(role):
    """Somebody was rejected an hour before the manager's view on them came: it was a debt that nobody could settle."""
    opened(role)
    engine.tick(NOW)
    person = make.make_application(requisition=role)
    stale = Commitment.objects.create(
        partnership=role.partnership,
        key="answer_manager:1",
        kind="answer_manager",
        side="recruiter",
        application_id=person.pk,
        state="missed",
        started_at=NOW,
        started_by=1,
        due_at=NOW + timedelta(days=2),
        until_at=NOW + timedelta(days=2),
    )
    ToMeasure.objects.create(requisition_id=role.pk)
    engine.tick(NOW + timedelta(days=3))
    assert not Commitment.objects.filter(pk=stale.pk).exists()
    assert found("first_slate").state == "due"
