from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from requisitions.models import Requisition, TeamRole
from requisitions.roles import actions
from requisitions.roles.domain.facts import Wanted
from tests.factories import (
    NOW,
    make_application,
    make_location,
    make_organisation,
    make_requisition,
    make_user,
)

pytestmark = pytest.mark.django_db

SQL = Wanted("Writes SQL", "Every question here is answered from the warehouse.")


def verbs(requisition: Requisition) -> list[str]:
    """What the role itself went through, and not what others made of it."""
    rows = Activity.objects.filter(requisition_id=requisition.pk, verb__startswith="requisition.")
    return list(rows.order_by("id").values_list("verb", flat=True))


def create(**facts: Any) -> Requisition:
    facts = {"title": "Data Engineer", "by": make_user(), "now": NOW} | facts
    if "organisation" not in facts:
        facts["organisation"] = make_organisation()
    return actions.create_requisition(**facts)


def test_a_new_role_is_a_draft_with_number_seat_team_and_pipeline() -> None:
    recruiter, manager = make_user(), make_user(Role.MANAGER)

    role = create(by=recruiter, hiring_manager=manager, title="  Data Engineer ", must_haves=[SQL])

    assert (role.state, role.title, role.recruiter) == ("draft", "Data Engineer", recruiter)
    assert role.reference.startswith("R-")
    assert list(role.openings.values_list("number", "state")) == [(1, "open")]
    assert list(role.criteria.values_list("kind", "name", "why")) == [("must", SQL.name, SQL.why)]
    assert set(role.members.values_list("user_id", "role")) == {
        (recruiter.pk, TeamRole.RECRUITER),
        (manager.pk, TeamRole.MANAGER),
    }
    assert list(role.stages.order_by("position").values_list("name", flat=True)) == [
        "Applied",
        "Manager's review",
        "Phone interview",
        "Interviews",
        "Offer",
        "Hired",
    ]
    assert verbs(role) == ["requisition.created"]


def test_numbers_follow_one_another() -> None:
    first, second = create(), create()

    assert int(second.reference[2:]) == int(first.reference[2:]) + 1


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INTERVIEWER, Role.STAKEHOLDER])
def test_only_the_recruiting_team_begins_a_role(role: str) -> None:
    with pytest.raises(NotAllowed):
        create(by=make_user(role), recruiter=make_user())


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"title": "   "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"organisation": None}, "organisation"),
        ({"pay_min": Decimal(50000)}, "pay_max"),
        ({"pay_max": Decimal(50000)}, "pay_min"),
        ({"pay_min": Decimal(60000), "pay_max": Decimal(50000)}, "pay_max"),
        ({"pay_min": Decimal(-1), "pay_max": Decimal(50000)}, "pay_min"),
        ({"pay_min": Decimal(1), "pay_max": Decimal(10) ** 11}, "pay_max"),
        ({"pay_currency": "XQZ"}, "pay_currency"),
        ({"employment_type": "slave"}, "employment_type"),
        ({"remote_mode": "moon"}, "remote_mode"),
        ({"pay_period": "century"}, "pay_period"),
        ({"openings": 0}, "openings"),
        ({"openings": 501}, "openings"),
        ({"must_haves": [Wanted("SQL")]}, "must_haves"),
        ({"must_haves": [Wanted("", "no name")]}, "must_haves"),
        ({"nice_to_haves": [Wanted("x" * 201)]}, "nice_to_haves"),
        ({"nice_to_haves": [Wanted(str(n)) for n in range(31)]}, "nice_to_haves"),
    ],
)
def test_what_makes_no_sense_is_refused_by_field(facts: dict[str, Any], field: str) -> None:
    with pytest.raises(Invalid) as refused:
        create(**facts)

    assert refused.value.field == field
    assert not Requisition.objects.exists()


def test_places_and_people_must_fit() -> None:
    for field, value in (
        ("location", make_location(make_organisation())),
        ("recruiter", make_user(Role.MANAGER)),
        ("hiring_manager", make_user(Role.MANAGER, is_active=False)),
    ):
        with pytest.raises(Invalid) as refused:
            create(**{field: value})
        assert refused.value.field == field


def test_a_fact_nobody_knows_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(TypeError):
        create(state="open")


def test_changing_records_what_changed_in_words() -> None:
    role = create()

    actions.change_requisition(
        requisition_id=role.pk,
        by=role.recruiter,
        now=NOW,
        title="Data Engineer",
        pay_min=Decimal(60000),
        pay_max=Decimal(70000),
        why="We grow.",
        openings=3,
    )

    role.refresh_from_db()
    assert (role.pay_min, role.pay_max, role.why) == (60000, 70000, "We grow.")
    assert role.openings.count() == 3
    recorded = Activity.objects.get(verb="requisition.changed")
    assert recorded.data == {
        "fields": ["pay_min", "pay_max", "why", "openings"],
        "what": "the pay, why the role exists and the openings",
    }


def test_changing_nothing_records_nothing() -> None:
    role = create(must_haves=[SQL])
    kept = role.criteria.get()

    actions.change_requisition(
        requisition_id=role.pk,
        by=role.recruiter,
        now=NOW,
        title=role.title,
        openings=1,
        must_haves=[Wanted(SQL.name, SQL.why, id=kept.pk)],
    )

    assert verbs(role) == ["requisition.created"]


def test_a_criterion_that_stays_keeps_its_row() -> None:
    role = create(must_haves=[SQL, Wanted("Talks plainly", "Half the work is explaining.")])
    sql, talks = role.criteria.order_by("position")

    actions.change_requisition(
        requisition_id=role.pk,
        by=role.recruiter,
        now=NOW,
        must_haves=[Wanted("Explains", talks.why, id=talks.pk), Wanted("Python", "It is all Python.")],
    )

    rows = list(role.criteria.order_by("position"))
    assert [row.name for row in rows] == ["Explains", "Python"]
    assert rows[0].pk == talks.pk
    assert rows[1].pk != sql.pk


def test_another_roles_criterion_is_never_touched() -> None:
    mine, other = create(must_haves=[SQL]), create(must_haves=[SQL])
    theirs = other.criteria.get()

    actions.change_requisition(
        requisition_id=mine.pk, by=mine.recruiter, now=NOW, must_haves=[Wanted("Mine", "Why", id=theirs.pk)]
    )

    theirs.refresh_from_db()
    assert (theirs.requisition_id, theirs.name) == (other.pk, SQL.name)
    assert mine.criteria.get().name == "Mine"


def test_the_manager_changes_the_brief_and_no_more() -> None:
    manager = make_user(Role.MANAGER)
    role = create(hiring_manager=manager)

    actions.change_requisition(
        requisition_id=role.pk, by=manager, now=NOW, outcomes="The daily figures are right.", must_haves=[SQL]
    )
    with pytest.raises(NotAllowed) as refused:
        actions.change_requisition(
            requisition_id=role.pk, by=manager, now=NOW, pay_min=Decimal(1), pay_max=Decimal(2)
        )

    assert refused.value.message == f"Ask {role.recruiter} to change the pay."
    role.refresh_from_db()
    assert (role.outcomes, role.pay_min) == ("The daily figures are right.", None)


def test_a_stranger_cannot_tell_that_it_exists() -> None:
    role = create(confidential=True)
    calls = [
        lambda by: actions.change_requisition(requisition_id=role.pk, by=by, now=NOW, title="Mine"),
        lambda by: actions.open_requisition(requisition_id=role.pk, by=by, now=NOW),
        lambda by: actions.hold(requisition_id=role.pk, reason="x", by=by, now=NOW),
        lambda by: actions.resume(requisition_id=role.pk, by=by, now=NOW),
        lambda by: actions.end(requisition_id=role.pk, new_state="cancelled", reason="x", by=by, now=NOW),
        lambda by: actions.add_member(requisition_id=role.pk, user=by, role="recruiter", by=by, now=NOW),
        lambda by: actions.remove_member(requisition_id=role.pk, member_id=1, by=by, now=NOW),
    ]

    for who in (
        make_user(),
        make_user(Role.COORDINATOR),
        make_user(Role.MANAGER),
        make_user(Role.INTERVIEWER),
    ):
        for call in calls:
            with pytest.raises(Missing):
                call(who)
    actions.change_requisition(requisition_id=role.pk, by=make_user(Role.LEAD), now=NOW, title="Seen")


def test_its_manager_does_not_open_it() -> None:
    manager = make_user(Role.MANAGER)
    role = create(hiring_manager=manager, must_haves=[SQL])

    with pytest.raises(Missing):
        actions.open_requisition(requisition_id=role.pk, by=manager, now=NOW)


def test_opening_says_everything_that_is_missing() -> None:
    role = create()
    role.stages.all().delete()

    with pytest.raises(WrongState) as refused:
        actions.open_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW)

    assert refused.value.message == (
        "Before this role can open: Name the hiring manager. Say at least one must-have, and why it decides."
        " Choose the steps that a candidate goes through."
    )


def test_the_life_of_a_role() -> None:
    role = create(hiring_manager=make_user(Role.MANAGER), must_haves=[SQL])
    who: dict[str, Any] = {"requisition_id": role.pk, "by": role.recruiter}

    actions.open_requisition(**who, now=NOW)
    actions.hold(**who, reason="The budget is being looked at.", now=NOW)
    with pytest.raises(WrongState, match="on hold: take it up again"):
        actions.open_requisition(**who, now=NOW)
    actions.resume(**who, now=NOW)
    actions.end(
        **who, new_state="closed", reason="The work is done by another team.", now=NOW + timedelta(days=1)
    )

    role.refresh_from_db()
    assert (role.state, role.opened_at, role.ended_at) == ("closed", NOW, NOW + timedelta(days=1))
    assert role.end_reason == "The work is done by another team."
    assert list(role.openings.values_list("state", flat=True)) == ["cancelled"]
    assert verbs(role) == [
        "requisition.created",
        "requisition.opened",
        "requisition.held",
        "requisition.resumed",
        "requisition.ended",
    ]
    for call in (
        lambda: actions.open_requisition(**who, now=NOW),
        lambda: actions.resume(**who, now=NOW),
        lambda: actions.change_requisition(**who, now=NOW, title="Again"),
    ):
        with pytest.raises(WrongState):
            call()


def test_an_open_role_keeps_what_it_needed_to_open() -> None:
    role = create(hiring_manager=make_user(Role.MANAGER), must_haves=[SQL])
    actions.open_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW)

    for facts, field in (
        ({"hiring_manager": None}, "hiring_manager"),
        ({"must_haves": []}, "must_haves"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, **facts)
        assert refused.value.field == field
    with pytest.raises(WrongState):
        actions.change_requisition(
            requisition_id=role.pk, by=role.recruiter, now=NOW, organisation=make_organisation()
        )
    assert role.criteria.count() == 1


def test_nobody_is_left_waiting_when_a_role_ends() -> None:
    role = make_requisition()
    make_application(requisition=role)

    with pytest.raises(WrongState, match="1 person is still waiting for an answer"):
        actions.end(requisition_id=role.pk, new_state="closed", reason="x", by=role.recruiter, now=NOW)

    role.refresh_from_db()
    assert role.state == "open"


def test_filled_means_that_every_seat_is() -> None:
    role = make_requisition(openings=2)
    make_application(requisition=role, state="hired")

    with pytest.raises(WrongState, match="Not every opening is filled"):
        actions.end(requisition_id=role.pk, new_state="filled", reason="x", by=role.recruiter, now=NOW)
    actions.change_requisition(
        requisition_id=role.pk, by=role.recruiter, now=NOW, openings=1, must_haves=[SQL]
    )
    actions.end(requisition_id=role.pk, new_state="filled", reason="Hired.", by=role.recruiter, now=NOW)

    role.refresh_from_db()
    assert role.state == "filled"


def test_a_role_ends_with_a_reason_and_in_an_end() -> None:
    role = make_requisition()

    for facts, field in (
        ({"new_state": "closed", "reason": "  "}, "reason"),
        ({"new_state": "closed", "reason": "x" * 201}, "reason"),
        ({"new_state": "on_hold", "reason": "x"}, "new_state"),
    ):
        with pytest.raises(Invalid) as refused:
            actions.end(requisition_id=role.pk, by=role.recruiter, now=NOW, **facts)
        assert refused.value.field == field


def test_openings_never_fall_below_the_hires() -> None:
    role = make_requisition(openings=3, must_haves=("SQL",))
    make_application(requisition=role, state="hired")
    make_application(requisition=role, state="hired")

    with pytest.raises(Invalid, match="2 people are hired already"):
        actions.set_openings(requisition_id=role.pk, count=1, by=role.recruiter, now=NOW)
    actions.set_openings(requisition_id=role.pk, count=2, by=role.recruiter, now=NOW)
    actions.set_openings(requisition_id=role.pk, count=4, by=role.recruiter, now=NOW)

    assert list(role.openings.order_by("number").values_list("number", "state")) == [
        (1, "filled"),
        (2, "filled"),
        (3, "cancelled"),
        (4, "open"),
        (5, "open"),
    ]


def test_the_team_opens_the_role_to_its_members() -> None:
    role, guest = make_requisition(), make_user(Role.INTERVIEWER)
    assert not Requisition.objects.visible_to(guest).exists()

    member = actions.add_member(
        requisition_id=role.pk, user=guest, role="interviewer", by=role.recruiter, now=NOW
    )
    again = actions.add_member(
        requisition_id=role.pk, user=guest, role="interviewer", by=role.recruiter, now=NOW
    )
    assert again == member
    assert list(Requisition.objects.visible_to(guest)) == [role]
    assert guest.has_perm("requisitions.view_requisition", role)
    assert not guest.has_perm("requisitions.change_requisition", role)

    actions.remove_member(requisition_id=role.pk, member_id=member.pk, by=role.recruiter, now=NOW)
    assert not Requisition.objects.visible_to(guest).exists()
    assert verbs(role) == ["requisition.member_added", "requisition.member_removed"]


def test_who_leads_is_replaced_and_not_removed() -> None:
    role, other = make_requisition(must_haves=("SQL",)), make_user(Role.MANAGER)
    before = role.members.get(role=TeamRole.MANAGER)

    with pytest.raises(WrongState, match="choose another hiring manager first"):
        actions.remove_member(requisition_id=role.pk, member_id=before.pk, by=role.recruiter, now=NOW)
    actions.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=other)
    actions.remove_member(requisition_id=role.pk, member_id=before.pk, by=role.recruiter, now=NOW)

    assert role.members.get(role=TeamRole.MANAGER).user == other


def test_a_member_of_another_team_is_not_there() -> None:
    role, other = make_requisition(), make_requisition()

    with pytest.raises(Missing):
        actions.remove_member(
            requisition_id=role.pk, member_id=other.members.all()[0].pk, by=role.recruiter, now=NOW
        )


def test_the_database_refuses_a_live_role_without_manager() -> None:
    with pytest.raises(IntegrityError, match="requisition_live_has_manager"):
        Requisition.objects.filter(pk=make_requisition().pk).update(hiring_manager=None)
