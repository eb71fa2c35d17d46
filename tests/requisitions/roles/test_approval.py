"""A role that needs approval before it opens."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.approvals import actions as approvals
from ats.approvals.models import Approval, ApprovalChain, ApprovalRequest, ApprovalStep
from ats.kernel.errors import ActionError, WrongState
from ats.mail.models import OutgoingMail
from requisitions.models import Requisition
from requisitions.roles import actions
from requisitions.roles.domain.facts import Wanted
from requisitions.roles.queries import approval as opening
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead(db):
    return make.make_user(Role.LEAD, name="Lea Lead")


@pytest.fixture
def role(lead):
    return make.make_requisition("draft", must_haves=("SQL",), pay_max=90000)


def chain(*steps):
    made = ApprovalChain.objects.create(kind=opening.KIND)
    for position, who in enumerate(steps, start=1):
        ApprovalStep.objects.create(chain=made, position=position, **who)


def open_it(role, by=None, now=NOW):
    return actions.open_requisition(requisition_id=role.pk, by=by or role.recruiter, now=now)


def change(role, **facts):
    actions.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, **facts)


def say_yes(user, role):
    approval = Approval.objects.open().get(approver=user, request__subject_id=role.pk)
    return approvals.approve(approval_id=approval.pk, by=user, now=NOW)


def state(role):
    return Requisition.objects.get(pk=role.pk).state


def test_without_a_chain_it_opens_and_nobody_is_asked(role):
    open_it(role)
    assert (state(role), ApprovalRequest.objects.count()) == ("open", 0)


def test_it_waits_and_opens_by_itself_with_the_last_yes(role, lead):
    chain({"part": "hiring_manager"}, {"role": "lead"})
    assert open_it(role).state == "draft"
    with pytest.raises(WrongState, match=f"waits for approval by {role.hiring_manager}"):
        open_it(role)
    request = ApprovalRequest.objects.get()
    facts = dict(map(tuple, request.facts))
    assert (facts["Pay"], facts["Openings"], facts["Must-haves"]) == ("€60,000 to €90,000 a year", "1", "SQL")
    assert (request.requested_by, request.about_ids["requisition_id"]) == (role.recruiter, role.pk)
    say_yes(role.hiring_manager, role)
    assert state(role) == "draft"
    say_yes(lead, role)
    opened = Activity.objects.get(verb="requisition.opened")
    assert (state(role), opened.actor_kind) == ("open", "system")
    told = OutgoingMail.objects.get(role="approvals.answered")
    assert told.to == role.recruiter.email
    assert "The role opens by itself now." in told.text


def test_conditions_say_who_is_asked(role, lead):
    chain(
        {"role": "lead", "condition": "pay_range_wide"},
        {"part": "hiring_manager", "condition": "headcount_above_one"},
        {"role": "lead", "label": "Pay", "condition": "pay_missing"},
    )
    open_it(role)
    assert [row.label for row in Approval.objects.order_by("position")] == ["Recruiting lead"]
    change(role, openings=2, pay_max=70000)
    open_it(role)
    assert [row.label for row in Approval.objects.unsettled()] == ["Hiring manager"]
    change(role, openings=1)
    open_it(role)
    assert state(role) == "open"


@pytest.mark.parametrize(
    "facts",
    [
        {"title": "Other"},
        {"pay_max": 80000},
        {"openings": 3},
        {"must_haves": [Wanted(name="SQL", why="Really."), Wanted(name="Python", why="The work needs it.")]},
    ],
    ids=lambda facts: next(iter(facts)),
)
def test_a_change_of_what_is_approved_takes_the_question_back(role, facts):
    chain({"part": "hiring_manager"})
    open_it(role)
    change(role, why="To serve more people.", pay_max=90000)
    assert ApprovalRequest.objects.get().state == "waiting"
    change(role, **facts)
    assert ApprovalRequest.objects.get().state == "cancelled"
    taken = Activity.objects.get(verb="approval.taken_back")
    assert (taken.data["reason"], taken.requisition_id) == ("the role has changed", role.pk)
    open_it(role)
    assert ApprovalRequest.objects.filter(state="waiting").count() == 1


def test_approved_while_something_is_missing_it_opens_by_hand_as_long_as_it_is_the_same(role):
    chain({"part": "hiring_manager"})
    open_it(role)
    stages = list(role.stages.values())
    role.stages.all().delete()
    say_yes(role.hiring_manager, role)
    assert state(role) == "draft"
    role.stages.model.objects.bulk_create(role.stages.model(**row) for row in stages)
    change(role, title="Other")
    open_it(role)
    assert state(role) == "draft"
    change(role, title=role.title)
    open_it(role)  # what was approved is what it says again, but a newer question was asked since
    assert state(role) == "draft"
    say_yes(role.hiring_manager, role)
    assert state(role) == "open"


def test_sent_back_the_reason_stands_on_the_page(client, role, lead):
    chain({"role": "lead"})
    client.force_login(role.recruiter)
    address = f"/requisitions/{role.pk}/"
    page = client.get(address).content.decode()
    assert "This role needs approval before it can open." in page
    assert "Ask for approval" in page
    client.post(f"{address}open/")
    page = client.get(address).content.decode()
    assert "Waiting for approval by <strong>Lea Lead</strong>" in page
    assert "Ask for approval" not in page
    approval = Approval.objects.get()
    approvals.send_back(approval_id=approval.pk, reason="Not this year.", by=lead, now=timezone.now())
    page = client.get(address).content.decode()
    assert "Not this year." in page
    assert "Ask for approval" in page
    colleague = make.make_user(Role.RECRUITER)
    client.force_login(colleague)
    open_it(role, by=colleague, now=timezone.now())
    theirs = f"/approvals/{ApprovalRequest.objects.latest('pk').pk}/"
    assert theirs in client.get(address).content.decode()
    client.force_login(role.recruiter)
    assert theirs not in client.get(address).content.decode()
    actions.end(requisition_id=role.pk, new_state="cancelled", reason="No money.", by=role.recruiter, now=NOW)
    assert ApprovalRequest.objects.latest("pk").state == "cancelled"


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_approved_while_it_is_changed_never_opens_what_was_not_approved(role):
    chain({"part": "hiring_manager"})
    for round_ in range(3):
        open_it(role)
        approval = Approval.objects.open().get()
        barrier = threading.Barrier(2)

        def run(work, barrier=barrier):
            try:
                barrier.wait(5)
                work()
            except ActionError:
                pass
            finally:
                connection.close()

        works = (
            lambda pk=approval.pk: approvals.approve(approval_id=pk, by=role.hiring_manager, now=NOW),
            lambda number=round_: change(role, title=f"Other {number}"),
        )
        threads = [threading.Thread(target=run, args=(work,)) for work in works]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(20)
        request = ApprovalRequest.objects.get(pk=approval.request_id)
        assert (state(role), request.state) in {("open", "approved"), ("draft", "cancelled")}
        if state(role) == "open":
            break


def with_the_same_number(role, wanted):
    """Words for the reason of the one must-have with which the role gets this very number: a matter of algebra."""
    must = role.criteria.get()

    def number(letters):
        must.why = "".join(letters)
        role._prefetched_objects_cache = {"criteria": [must], "openings": list(role.openings.all())}
        return opening.version(role)

    letters = ["a"] * 48
    rest, rows = wanted ^ number(letters), []
    for place in range(len(letters)):
        other = [*letters]
        other[place] = "c"
        effect, used = number(other) ^ number(letters), 1 << place
        for row_effect, row_used in rows:
            if effect ^ row_effect < effect:
                effect, used = effect ^ row_effect, used ^ row_used
        if effect:
            rows.append((effect, used))
            rows.sort(reverse=True)
    chosen = 0
    for effect, used in rows:
        if rest ^ effect < rest:
            rest, chosen = rest ^ effect, chosen ^ used
    assert rest == 0
    return "".join("c" if chosen >> place & 1 else "a" for place in range(len(letters)))


def test_other_pay_under_the_number_that_was_approved_is_not_approved(role, lead):
    """The number is short, and who types the reasons can choose it: what approvers read must be the same too."""
    chain({"role": "lead"})
    open_it(role)
    asked = ApprovalRequest.objects.get().subject_version
    forged = Requisition.objects.get(pk=role.pk)
    forged.pay_max = 990000
    why = with_the_same_number(forged, asked)
    change(role, pay_max=990000, must_haves=[Wanted("SQL", why)])
    assert opening.version(Requisition.objects.get(pk=role.pk)) == asked
    assert ApprovalRequest.objects.get().state == "cancelled"
    # And once it was approved, it is not taken for that either.
    ApprovalRequest.objects.update(state="approved")
    open_it(role)
    assert (state(role), ApprovalRequest.objects.filter(state="waiting").count()) == ("draft", 1)
