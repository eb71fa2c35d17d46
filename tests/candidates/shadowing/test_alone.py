"""Who interviews alone without having sat in enough: named, and confirmed by name."""

import pytest

from ats.accounts.models import Role
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.models import Activity
from candidates.models import AloneConfirmed, AlonePlanned, ShadowingRules
from candidates.shadowing import actions, queries
from tests import factories
from tests.candidates.interviews.builders import book, in_play, plan, pool
from tests.candidates.shadowing.parts import BEGINS, OVER, alone, confirm, hold, let_in, set_needed, write
from tests.factories import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.ordinary_day]


def test_nobody_is_named_where_the_number_is_none(application, interview):
    assert (queries.rules_at(application.requisition.organisation_id), alone(application)) == (None, [])


def test_who_has_not_sat_in_enough_is_named_when_booked_or_planned_alone(
    role, application, interview, people
):
    planned = plan(role, people[1], name="Another")
    set_needed(role, 2)
    assert alone(application) == [(people[0], interview.name, 0, 2), (people[1], planned.name, 0, 2)]
    plan_of_two = plan(role, *people, name="Both")
    assert plan_of_two.name not in [what for _, what, *_ in alone(application)]


def test_an_interview_counts_once_it_is_confirmed(role, application, interview, people):
    set_needed(role, 1)
    found = let_in(interview, people[1])
    plan(role, people[1], name="Another")
    hold(interview)
    write(interview, people[1])
    named = (people[1], "Another", 0, 1)
    assert alone(application, now=OVER) == [named]
    confirm(interview, people[0], found.seat)
    assert alone(application, now=OVER) == []


def test_who_sits_in_makes_nobody_less_alone(role, application, interview, people):
    set_needed(role, 1)
    let_in(interview, people[1])
    assert alone(application) == [(people[0], interview.name, 0, 1)]


def test_it_is_confirmed_by_name_with_a_reason_on_record(role, application, interview, people):
    set_needed(role, 2)
    said = {"interview_id": interview.pk, "now": NOW}
    for reason in ("", "x" * 301):
        with pytest.raises(Invalid):
            actions.confirm_alone(**said, reason=reason, by=role.recruiter)
    with pytest.raises(Missing):
        actions.confirm_alone(**said, reason="They can.", by=people[0])
    actions.confirm_alone(**said, reason="Ten years of it elsewhere.", by=role.recruiter)
    assert alone(application) == []
    kept = AloneConfirmed.objects.get()
    assert (kept.seat.user, kept.by, kept.reason) == (people[0], role.recruiter, "Ten years of it elsewhere.")
    (data,) = Activity.objects.filter(verb="shadowing.alone_confirmed").values_list("data", flat=True)
    assert (data["interviewer"], data["seen"], data["needed"], data["reason"]) == (
        str(people[0]),
        0,
        2,
        "Ten years of it elsewhere.",
    )
    with pytest.raises(WrongState, match="Nobody is alone"):
        actions.confirm_alone(**said, reason="Once more.", by=role.recruiter)


def test_who_is_planned_alone_is_confirmed_for_the_role(role, application, people):
    planned = plan(role, people[0])
    set_needed(role, 2)
    said = {"application_id": application.pk, "planned_id": planned.pk, "now": NOW}
    for reason in ("", "x" * 301):
        with pytest.raises(Invalid):
            actions.confirm_planned(**said, reason=reason, by=role.recruiter)
    with pytest.raises(Missing):
        actions.confirm_planned(**said, reason="They can.", by=people[0])
    assert alone(application) == [(people[0], planned.name, 0, 2)]
    actions.confirm_planned(**said, reason="Ten years of it elsewhere.", by=role.recruiter)
    other = in_play(role)
    book(other, planned, BEGINS)
    assert [alone(each) for each in (application, other)] == [[], []]
    kept = AlonePlanned.objects.get()
    assert (kept.planned, kept.user, kept.by) == (planned, people[0], role.recruiter)
    verb = "shadowing.alone_confirmed"
    rows = Activity.objects.filter(verb=verb).values_list("requisition_id", "application_id", "data__name")
    assert list(rows) == [(role.pk, None, planned.name)]
    with pytest.raises(WrongState, match="nobody alone"):
        actions.confirm_planned(**said, reason="Once more.", by=role.recruiter)


def test_what_is_confirmed_holds_for_that_person_alone(role, application, people):
    planned = plan(role, people[0])
    set_needed(role, 1)
    said = {"application_id": application.pk, "planned_id": planned.pk, "now": NOW}
    actions.confirm_planned(**said, reason="They can.", by=role.recruiter)
    planned.interviewers.set([people[1]])
    assert alone(application) == [(people[1], planned.name, 0, 1)]


def test_who_has_interviewed_before_or_is_trained_is_not_asked_to_sit_in(
    role, application, interview, people
):
    hold(interview)
    plan(role, people[0], name="Another")
    plan(role, people[1], name="Of the pool")
    pool(role, people[1])
    admin = factories.make_user(Role.ADMIN)
    later = {"organisation_id": role.organisation_id, "by": admin}
    actions.set_needed(**later, needed=1, now=OVER)
    assert alone(application, now=OVER) == []
    actions.set_needed(**later, needed=0, now=OVER)
    actions.set_needed(**later, needed=2, now=BEGINS)
    assert alone(application, now=OVER) == [(people[0], "Another", 0, 2)]
    actions.set_needed(**later, needed=3, now=OVER)
    assert ShadowingRules.objects.get().since == BEGINS


def test_the_number_is_set_by_administrators_within_its_bounds(role):
    assert set_needed(role, 2).needed == 2
    set_needed(role, 2)
    assert Activity.objects.filter(verb="shadowing.rules_changed").count() == 1
    for number in (-1, 11):
        with pytest.raises(Invalid):
            set_needed(role, number)
    with pytest.raises(NotAllowed):
        actions.set_needed(organisation_id=role.organisation_id, needed=1, by=role.recruiter, now=NOW)
    with pytest.raises(Missing):
        actions.set_needed(organisation_id=0, needed=1, by=factories.make_user(Role.ADMIN), now=NOW)
