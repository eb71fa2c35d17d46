"""Asking, answering, passing on, reminding, taking back."""

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.activity.models import Activity
from ats.approvals import actions
from ats.approvals.domain import kinds
from ats.approvals.models import Approval, ApprovalRequest
from ats.duework import engine
from ats.kernel.errors import ActionError, Conflict, Invalid, Missing, WrongState
from ats.mail.models import OutgoingMail
from tests import factories as make
from tests.ats.approvals.conftest import KIND, of, states
from tests.factories import NOW

pytestmark = pytest.mark.django_db
BOSS = {"part": "boss"}
LEADS = {"role": "lead"}


def mails(role="approvals.asked"):
    return list(OutgoingMail.objects.filter(role=role).order_by("pk"))


def verbs():
    rows = Activity.objects.filter(verb__startswith="approval.").order_by("pk")
    return [verb.removeprefix("approval.") for verb in rows.values_list("verb", flat=True)]


def test_without_a_chain_or_where_no_condition_holds_it_is_approved_at_once(house):
    assert house.ask().state == "approved"
    house.chain((1, BOSS | {"condition": "dear"}))
    request = house.ask(version=2)
    assert (request.state, request.settled_at, request.approvals.count()) == ("approved", NOW, 0)
    assert (verbs(), mails()) == ([], [])
    assert house.ask(version=3, holds={"dear"}).state == "waiting"


@pytest.mark.ordinary_day
def test_first_these_at_once_then_that_one(house):
    house.chain(
        (1, BOSS), (1, {"person": house.pay, "label": "Compensation"}), (2, LEADS | {"label": "Last word"})
    )
    request = house.ask()
    assert states(request) == [
        ("Compensation", "Pia Pay", "open"),
        ("The boss", "Bo Boss", "open"),
        ("Last word", "Lea Lead", "later"),
    ]
    boss = of(request, house.boss)
    assert boss.due_at == datetime(2026, 11, 26, 10, tzinfo=UTC)  # sixteen working hours on
    assert sorted(mail.to for mail in mails()) == sorted([house.boss.email, house.pay.email])
    assert mails()[0].subject == "Your approval by Thursday 26 November: A new desk"
    with pytest.raises(WrongState, match="not your turn"):
        actions.approve(approval_id=of(request, house.lead).pk, by=house.lead, now=NOW)
    actions.approve(approval_id=boss.pk, by=house.boss, now=NOW, note="Good price.")
    assert of(request, house.lead).state == "later"
    actions.approve(approval_id=of(request, house.pay).pk, by=house.pay, now=NOW)
    assert of(request, house.lead).state == "open"
    with pytest.raises(WrongState, match="approved this already"):
        actions.approve(approval_id=boss.pk, by=house.boss, now=NOW)
    actions.approve(approval_id=of(request, house.lead).pk, by=house.lead, now=NOW)
    request.refresh_from_db()
    assert (request.state, request.settled_at) == ("approved", NOW)
    assert verbs() == ["asked", "asked", "approved", "approved", "asked", "approved", "granted"]
    granted = Activity.objects.get(verb="approval.granted")
    assert (granted.data["kind"], granted.data["subject_id"], granted.data["subject_version"]) == (KIND, 7, 1)
    assert granted.actor_id == house.lead.pk
    assert granted.organisation_id == house.organisation.pk
    (told,) = mails("approvals.answered")
    assert (told.to, told.subject) == (house.asker.email, "A new desk is approved")


def test_a_no_says_why_and_ends_it_for_everybody(house):
    house.chain((1, BOSS), (1, LEADS), (2, {"person": house.pay}))
    request = house.ask()
    with pytest.raises(Invalid, match="why"):
        actions.send_back(approval_id=of(request, house.boss).pk, reason=" ", by=house.boss, now=NOW)
    actions.send_back(approval_id=of(request, house.boss).pk, reason="Too dear.", by=house.boss, now=NOW)
    request.refresh_from_db()
    assert request.state == "rejected"
    assert states(request) == [
        ("Recruiting lead", "Lea Lead", "cancelled"),
        ("The boss", "Bo Boss", "rejected"),
        ("Pia Pay", "Pia Pay", "cancelled"),
    ]
    assert verbs() == ["asked", "asked", "sent_back", "refused"]
    assert Activity.objects.get(verb="approval.refused").data["reason"] == "Too dear."
    assert {mail.to: mail.state for mail in mails()} == {
        house.boss.email: "queued",
        house.lead.email: "cancelled",
    }
    (told,) = mails("approvals.answered")
    assert (told.to, told.subject) == (house.asker.email, "A new desk comes back to you")
    assert "Bo Boss: Too dear." in told.text
    with pytest.raises(WrongState, match="not needed any more"):
        actions.approve(approval_id=of(request, house.lead).pk, by=house.lead, now=NOW)
    again = house.ask(version=2)
    # Who asked has left by then: who oversees is told.
    User.objects.filter(pk=house.asker.pk).update(is_active=False)
    actions.send_back(approval_id=of(again, house.boss).pk, reason="No.", by=house.boss, now=NOW)
    assert [mail.to for mail in mails("approvals.answered")[1:]] == [house.lead.email]


def test_who_must_not_know_is_neither_asked_nor_told(house, monkeypatch):
    secret = replace(kinds.known()[KIND], never=lambda _: frozenset({house.lead.pk, house.boss.pk}))
    monkeypatch.setitem(kinds._kinds, KIND, secret)
    house.chain((1, BOSS), (2, LEADS))
    request = house.ask()
    assert states(request) == [
        ("The boss", "Ada Admin", "open"),
        ("Recruiting lead", "Ada Admin", "later"),
    ]
    first = request.approvals.get(state="open")
    with pytest.raises(Invalid, match="cannot be asked about this"):
        actions.delegate(approval_id=first.pk, to=house.lead, by=house.admin, now=NOW)
    User.objects.filter(pk=house.asker.pk).update(is_active=False)
    actions.send_back(approval_id=first.pk, reason="No.", by=house.admin, now=NOW)
    assert [mail.to for mail in mails("approvals.answered")] == [house.admin.email]


def test_of_several_with_a_role_the_first_answer_is_enough(house):
    other = make.make_user(Role.LEAD, name="Lou Lead")
    house.chain((1, LEADS))
    request = house.ask()
    actions.approve(approval_id=of(request, other).pk, by=other, now=NOW)
    request.refresh_from_db()
    assert request.state == "approved"
    assert states(request) == [
        ("Recruiting lead", "Lea Lead", "cancelled"),
        ("Recruiting lead", "Lou Lead", "approved"),
    ]


def test_four_eyes_and_whoever_is_missing_go_to_who_oversees(house):
    gone = make.make_user(Role.STAKEHOLDER, name="Gus Gone", is_active=False)
    house.chain((1, BOSS), (2, {"person": gone, "label": "Compensation"}))
    request = house.ask(boss=house.asker)
    assert states(request) == [("The boss", "Lea Lead", "open"), ("Compensation", "Lea Lead", "later")]
    assert [row.because for row in request.approvals.order_by("position")] == [
        "Rob Recruiter asks for it and does not approve it alone",
        "Gus Gone no longer signs in",
    ]
    (nobody,) = house.ask(subject=8, boss=None).approvals.filter(position=1)
    assert (nobody.approver, nobody.because) == (house.lead, "nobody is named for this part: the boss")
    # The lead's own question goes to the administrator, and in a house of one nobody else is there.
    leads = house.ask(subject=9, boss=house.lead, by=house.lead)
    assert [row.approver for row in leads.approvals.all()] == [house.admin, house.admin]
    User.objects.exclude(pk=house.asker.pk).update(is_active=False)
    alone = house.ask(subject=10, boss=None)
    assert [row.because for row in alone.approvals.all()] == ["there is nobody else to ask"] * 2
    actions.approve(approval_id=alone.approvals.get(state="open").pk, by=house.asker, now=NOW)


def test_one_person_is_asked_once_in_each_capacity(house):
    house.chain((1, BOSS), (2, BOSS), (3, BOSS | {"label": "For the budget"}))
    request = house.ask()
    assert states(request) == [("The boss", "Bo Boss", "open"), ("For the budget", "Bo Boss", "later")]


def test_the_organisations_own_chain_comes_before_the_houses(house):
    house.chain((1, BOSS))
    house.chain(organisation=house.organisation)
    assert house.ask().state == "approved"
    house.organisation = make.make_organisation()
    assert house.ask(subject=8).state == "waiting"


def test_only_the_approver_answers_and_only_those_concerned_see_it(house):
    house.chain((1, BOSS))
    request = house.ask()
    approval = of(request, house.boss)
    for nosy in (house.asker, house.lead, make.make_user(Role.RECRUITER)):
        with pytest.raises(Missing):
            actions.approve(approval_id=approval.pk, by=nosy, now=NOW)
    with pytest.raises(Missing):
        actions.approve(approval_id=0, by=house.boss, now=NOW)
    seen = {
        user: ApprovalRequest.objects.visible_to(user).count()
        for user in (house.asker, house.boss, house.lead, house.admin, house.pay)
    }
    assert seen == {house.asker: 1, house.boss: 1, house.lead: 1, house.admin: 1, house.pay: 0}


def test_passing_on_and_not_round_in_a_circle(house):
    house.chain((1, BOSS))
    request = house.ask()
    mine = of(request, house.boss)
    left = make.make_user(Role.MANAGER, is_active=False)
    for to in (house.boss, house.asker, left):
        with pytest.raises(Invalid):
            actions.delegate(approval_id=mine.pk, to=to, by=house.boss, now=NOW)
    theirs = actions.delegate(approval_id=mine.pk, to=house.pay, by=house.boss, now=NOW)
    assert states(request) == [("The boss", "Bo Boss", "delegated"), ("The boss", "Pia Pay", "open")]
    assert theirs.delegated_by == house.boss
    assert Activity.objects.get(verb="approval.delegated").data["to"] == "Pia Pay"
    assert [mail.to for mail in mails() if mail.state == "queued"] == [house.pay.email]
    assert "Bo Boss has passed this on to you." in mails()[1].text
    with pytest.raises(Invalid, match="circle"):
        actions.delegate(approval_id=theirs.pk, to=house.boss, by=house.pay, now=NOW)
    with pytest.raises(WrongState, match="passed this on"):
        actions.approve(approval_id=mine.pk, by=house.boss, now=NOW)
    actions.approve(approval_id=theirs.pk, by=house.pay, now=NOW)
    request.refresh_from_db()
    assert request.state == "approved"


def test_another_version_replaces_the_question_and_the_same_is_a_conflict(house):
    house.chain((1, BOSS))
    first = house.ask()
    with pytest.raises(Conflict):
        house.ask()
    second = house.ask(version=2)
    first.refresh_from_db()
    assert (first.state, second.state) == ("cancelled", "waiting")
    assert verbs() == ["asked", "taken_back", "asked"]
    taken = actions.take_back(kind=KIND, subject_id=7, by=house.asker, now=NOW, reason="not needed")
    assert taken == second
    assert actions.take_back(kind=KIND, subject_id=7, by=house.asker, now=NOW) is None
    assert {mail.state for mail in mails()} == {"cancelled"}


@pytest.mark.ordinary_day
def test_reminders_when_due_once_more_and_then_a_word_to_the_lead(house):
    house.chain((1, BOSS), hours=8)
    approval = of(house.ask(), house.boss)
    due = datetime(2026, 11, 25, 10, tzinfo=UTC)
    assert approval.due_at == due
    engine.tick(due - timedelta(minutes=1))
    assert mails("approvals.reminder") == []
    for _ in range(2):
        engine.tick(due)
    assert [mail.to for mail in mails("approvals.reminder")] == [house.boss.email]
    assert mails("approvals.overdue") == []
    engine.tick(due + timedelta(days=1))
    engine.tick(due + timedelta(days=9))
    assert len(mails("approvals.reminder")) == 2
    assert [mail.to for mail in mails("approvals.overdue")] == [house.lead.email]
    assert verbs() == ["asked", "reminded", "reminded", "escalated"]
    later = due + timedelta(days=10)
    with pytest.raises(Missing):
        actions.remind(approval_id=approval.pk, by=house.boss, now=later)
    actions.remind(approval_id=approval.pk, by=house.asker, now=later)
    with pytest.raises(Conflict):
        actions.remind(approval_id=approval.pk, by=house.lead, now=later + timedelta(minutes=59))
    assert "Rob Recruiter reminds you." in mails("approvals.reminder")[2].text
    actions.approve(approval_id=approval.pk, by=house.boss, now=later)
    with pytest.raises(WrongState):
        actions.remind(approval_id=approval.pk, by=house.asker, now=later + timedelta(days=1))


def test_who_leaves_is_replaced_by_who_oversees(house):
    house.chain((1, BOSS), (2, {"person": house.boss, "label": "Later"}), (3, LEADS))
    request = house.ask()
    accounts.deactivate(user_id=house.boss.pk, by=house.admin, now=NOW)
    assert states(request) == [
        ("The boss", "Bo Boss", "cancelled"),
        ("The boss", "Lea Lead", "open"),
        ("Later", "Bo Boss", "cancelled"),
        ("Later", "Lea Lead", "later"),
        ("Recruiting lead", "Lea Lead", "later"),
    ]
    heir = request.approvals.get(state="open")
    assert heir.because == "Bo Boss no longer signs in"
    handed = Activity.objects.filter(verb="approval.handed_on").order_by("pk").first()
    assert (handed.data["before"], handed.data["approver"]) == ("Bo Boss", "Lea Lead")
    # Where somebody else of the same capacity is asked, nobody is added; and the tick finds a straggler.
    make.make_user(Role.LEAD, name="Lou Lead")
    both = house.ask(subject=8, boss=house.pay)
    User.objects.filter(name="Lea Lead").update(is_active=False)
    engine.tick(NOW)
    assert states(both)[-2:] == [
        ("Recruiting lead", "Lea Lead", "cancelled"),
        ("Recruiting lead", "Lou Lead", "later"),
    ]
    assert not Approval.objects.unsettled().filter(approver__is_active=False).exists()


def at_once(*works):
    """Run these in threads that start together; what each raised, or None."""
    barrier, outcomes = threading.Barrier(len(works)), [None] * len(works)

    def run(number, work):
        try:
            barrier.wait(5)
            work()
        except ActionError as error:
            outcomes[number] = type(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    return outcomes


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_who_answer_at_once_and_one_who_takes_back(house):
    house.chain((1, BOSS), (1, {"person": house.pay}))
    request = house.ask()

    def yes(user, of_request):
        return lambda: actions.approve(approval_id=of(of_request, user).pk, by=user, now=NOW)

    assert at_once(yes(house.boss, request), yes(house.pay, request)) == [None, None]
    assert verbs().count("granted") == 1
    request.refresh_from_db()
    assert request.state == "approved"
    # The same person twice, a double click: one counts.
    again = house.ask(subject=8)
    assert sorted(map(str, at_once(*[yes(house.boss, again)] * 3))).count("None") == 1
    # An answer and a taking back: one of them is first, and the other finds that out.
    third = house.ask(subject=9)
    actions.approve(approval_id=of(third, house.boss).pk, by=house.boss, now=NOW)
    said = at_once(
        yes(house.pay, third), lambda: actions.take_back(kind=KIND, subject_id=9, by=house.asker, now=NOW)
    )
    third.refresh_from_db()
    assert (third.state, said[0]) in {("approved", None), ("cancelled", WrongState)}
    assert not third.approvals.unsettled().exists()
