"""Whose access ends leaves nobody waiting: what they hold goes to others, in every package."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from ats.accounts import actions
from ats.accounts.models import Role, User
from ats.accounts.queries.succession import held_by
from ats.activity.models import Activity
from ats.approvals.models import Approval, ApprovalChain
from ats.kernel.errors import Invalid
from candidates.models import Promise, Review
from partners.checkins.models import CheckIn, CheckInAction
from partners.partnerships.actions import begin
from requisitions.roles.actions import change_requisition, open_requisition
from requisitions.roles.queries.approval import KIND
from tests import factories as f
from tests.candidates.helpers import at_once
from tests.factories import NOW

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]


@pytest.fixture
def role() -> Any:
    """A role that runs: somebody with the recruiter, somebody with the manager, and an action of each."""
    requisition = f.make_requisition()
    f.make_application(requisition=requisition)
    with_manager = f.make_application(requisition=requisition, stage_kind="review")
    for reviewer in (requisition.hiring_manager, f.make_user(Role.INTERVIEWER)):
        Review.objects.create(
            application=with_manager,
            reviewer=reviewer,
            requested_by=requisition.recruiter,
            requested_at=NOW,
            due_at=NOW + timedelta(days=3),
        )
    f.add_member(requisition, reviewer, "interviewer")
    check_in = CheckIn.objects.get(partnership=begin(requisition=requisition, now=NOW))
    for side, owner in (("recruiter", requisition.recruiter), ("manager", requisition.hiring_manager)):
        CheckInAction.objects.create(
            check_in=check_in, side=side, owner=owner, text="Write the advert anew", due_on=NOW.date()
        )
    return requisition


def owed_by(model: Any, field: str = "owner") -> list[str]:
    return sorted(model.objects.values_list(f"{field}__name", flat=True))


def test_a_recruiters_part_goes_to_the_successor(admin: User, signed_in: SignedIn, role: Any) -> None:
    gone, manager = role.recruiter, role.hiring_manager
    heir = f.make_user(Role.LEAD)
    assert [one.what for one in held_by(gone)] == [
        "1 role as the recruiter",
        "1 promise to a candidate",
        "1 action from a check-in",
    ]
    page = f"/settings/people/{gone.pk}/deactivate/"
    browser = signed_in(admin)

    assert list(browser.get(page).context["form"].fields) == ["recruiter"]
    refused = browser.post(page, {"recruiter": f.make_user(Role.INTERVIEWER).pk})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["recruiter"])
    browser.post(page, {"recruiter": heir.pk})

    gone.refresh_from_db()
    role.refresh_from_db()
    assert (gone.is_active, role.recruiter, role.hiring_manager) == (False, heir, manager)
    assert held_by(gone) == []
    assert not role.members.filter(user=gone).exists()
    assert owed_by(Promise) == sorted([heir.name, manager.name])
    assert owed_by(CheckInAction) == sorted([heir.name, manager.name])
    assert Activity.objects.filter(verb="promise.passed").count() == 1


def test_a_managers_part_goes_to_the_successor(admin: User, role: Any) -> None:
    gone, heir = role.hiring_manager, f.make_user(Role.MANAGER)

    with pytest.raises(Invalid, match="Choose who takes over"):
        actions.deactivate(user_id=gone.pk, by=admin, now=NOW)
    actions.deactivate(user_id=gone.pk, successors={"manager": heir.pk}, by=admin, now=NOW)

    role.refresh_from_db()
    assert role.hiring_manager == heir
    assert held_by(gone) == []
    assert owed_by(Promise) == sorted([heir.name, role.recruiter.name])
    assert Review.objects.get(state="open", reviewer=heir).application.stage.kind == "review"
    assert owed_by(CheckInAction) == sorted([heir.name, role.recruiter.name])


def test_interviews_are_said_though_nobody_takes_them_by_name(admin: User, role: Any) -> None:
    leaver = f.make_user(Role.INTERVIEWER)
    f.make_interview(people=[leaver])
    f.make_interview(people=[leaver], state="cancelled")

    assert [one.what for one in held_by(leaver)] == ["1 interview to hold"]


def test_who_holds_nothing_alone_needs_no_successor(admin: User, role: Any) -> None:
    interviewer = Review.objects.exclude(reviewer=role.hiring_manager).get().reviewer

    actions.deactivate(user_id=interviewer.pk, by=admin, now=NOW)

    assert held_by(interviewer) == []
    assert list(Review.objects.open().values_list("reviewer", flat=True)) == [role.hiring_manager.pk]


def test_another_recruiter_of_a_role_owes_what_it_promised(admin: User, role: Any) -> None:
    heir = f.make_user()

    change_requisition(requisition_id=role.pk, recruiter=heir, by=admin, now=NOW)

    assert owed_by(Promise) == sorted([heir.name, role.hiring_manager.name])


def become(browser: Client, user: User, role: str, **more: Any) -> Any:
    return browser.post(f"/settings/people/{user.pk}/role/", {"role": role, **more})


def test_a_recruiter_who_becomes_an_interviewer_hands_on_their_roles(
    admin: User, signed_in: SignedIn, role: Any
) -> None:
    user, heir, browser = role.recruiter, f.make_user(), signed_in(admin)

    asked = become(browser, user, "interviewer")
    assert (asked.status_code, list(asked.context["form"].fields)) == (200, ["recruiter"])
    assert [one.what for one in asked.context["held"]] == [
        "1 role as the recruiter",
        "1 promise to a candidate",
        "1 action from a check-in",
    ]
    refused = become(browser, user, "interviewer", asked="1", recruiter=f.make_user(Role.INTERVIEWER).pk)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["recruiter"])
    user.refresh_from_db()
    assert user.role == "recruiter"

    done = become(browser, user, "interviewer", asked="1", recruiter=heir.pk)
    assert (done.status_code, done["Location"]) == (302, f"/settings/people/{user.pk}/")
    for row in (user, role):
        row.refresh_from_db()
    assert (user.role, user.is_active, role.recruiter) == ("interviewer", True, heir)
    assert owed_by(Promise) == owed_by(CheckInAction) == sorted([heir.name, role.hiring_manager.name])
    assert list(role.members.filter(user=user).values_list("role", flat=True)) == ["interviewer"]
    assert held_by(user) == []


def test_a_manager_who_becomes_an_interviewer_hands_on_what_they_were_asked(admin: User, role: Any) -> None:
    user, heir = role.hiring_manager, f.make_user(Role.MANAGER)

    with pytest.raises(Invalid, match="Choose who takes over"):
        actions.change_role(user_id=user.pk, role="interviewer", by=admin, now=NOW)
    actions.change_role(
        user_id=user.pk, role="interviewer", successors={"manager": heir.pk}, by=admin, now=NOW
    )

    role.refresh_from_db()
    assert role.hiring_manager == heir
    assert sorted(Review.objects.filter(state="open").values_list("reviewer__role", flat=True)) == [
        "interviewer",
        "manager",
    ]
    assert held_by(user) == []


def test_with_a_role_that_may_do_it_too_all_stays(admin: User, signed_in: SignedIn, role: Any) -> None:
    user = role.recruiter

    assert become(signed_in(admin), user, "lead").status_code == 302

    role.refresh_from_db()
    assert role.recruiter == user
    assert list(role.members.filter(user=user).values_list("role", flat=True)) == ["recruiter"]
    assert len(held_by(user)) == 3


def test_interviews_stay_with_whom_becomes_something_else(admin: User) -> None:
    user = f.make_user(Role.RECRUITER)
    f.make_interview(people=[user])

    actions.change_role(user_id=user.pk, role="interviewer", by=admin, now=NOW)

    assert [one.what for one in held_by(user)] == ["1 interview to hold"]


def test_what_somebody_was_to_approve_for_their_role_goes_to_who_oversees(admin: User) -> None:
    asked = f.make_user(Role.LEAD)
    named = f.make_user(Role.STAKEHOLDER)
    requisition = f.make_requisition("draft", must_haves=("Python",), outcomes="Has shipped it.")
    chain = ApprovalChain.objects.create(kind=KIND)
    chain.steps.create(position=1, role=Role.LEAD)
    chain.steps.create(position=1, person=named)
    open_requisition(requisition_id=requisition.pk, by=requisition.recruiter, now=NOW)
    waiting = Approval.objects.filter(state="open").order_by("pk")
    assert [row.approver for row in waiting] == [asked, named]

    actions.change_role(user_id=asked.pk, role="interviewer", by=admin, now=NOW)
    actions.change_role(user_id=named.pk, role="interviewer", by=admin, now=NOW)

    assert [(row.approver, row.because) for row in waiting.all()] == [
        (named, ""),
        (admin, f"{asked} has another role now"),
    ]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_take_each_others_role_at_once_one_stays() -> None:
    one, other = f.make_user(Role.ADMIN), f.make_user(Role.ADMIN)

    outcomes = at_once(
        lambda: actions.change_role(user_id=other.pk, role="lead", by=one, now=NOW),
        lambda: actions.change_role(user_id=one.pk, role="lead", by=other, now=NOW),
    )

    assert sorted(type(outcome).__name__ for outcome in outcomes) in (
        ["Missing", "User"],
        ["User", "WrongState"],
    )
    assert User.objects.filter(role=Role.ADMIN).count() == 1
