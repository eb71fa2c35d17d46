"""What both sides promise each other, and how it comes to bind."""

import threading

import pytest
from django.db import connection

from ats.accounts.models import Role
from ats.activity import verbs
from ats.activity.models import Activity
from ats.kernel.errors import ActionError, Conflict, Invalid, Missing, NotAllowed, WrongState
from ats.mail.models import OutgoingMail
from partners.models import Agreement, Partnership
from partners.partnerships import actions
from partners.partnerships.domain import terms
from partners.partnerships.domain.house import HouseTerms
from partners.partnerships.domain.terms import offered
from requisitions.roles import actions as roles
from tests import factories as make
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def opened(**facts):
    role = make.make_requisition("draft", must_haves=("Python",), **facts)
    roles.open_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW)
    role.refresh_from_db()
    return role


def accept(role, person, version=1):
    return actions.accept(partnership_id=role.partnership.pk, version=version, by=person, now=NOW)


def times(**changed):
    return {code: default.time for code, default in offered().items()} | changed


def states(role):
    return list(role.partnership.agreements.order_by("version").values_list("state", flat=True))


def test_opening_a_role_proposes_the_defaults_of_both_sides_to_both():
    role = opened()
    agreement = Agreement.objects.get()
    assert (agreement.version, agreement.state, agreement.proposed_by) == (1, "proposed", None)
    assert {term.kind: (term.side, term.time) for term in agreement.terms.all()} == {
        code: (default.side.value, default.time) for code, default in offered().items()
    }
    mails = OutgoingMail.objects.filter(role="partners.agreement")
    assert {mail.to for mail in mails} == {role.recruiter.email, role.hiring_manager.email}
    manager = mails.get(to=role.hiring_manager.email)
    yours, theirs = manager.text.split(f"The part of {role.recruiter}:")
    assert "A view on every candidate put forward within 2 working days of being asked" in yours
    assert "A first slate of qualified candidates within 10 working days of the opening" in theirs
    assert "What is done within 1 working day after its time still counts as kept." in theirs
    assert agreement.grace_days == 1


def test_it_binds_once_both_have_accepted():
    role = opened()
    assert accept(role, role.recruiter).state == "proposed"
    with pytest.raises(WrongState):
        accept(role, role.recruiter)
    agreement = accept(role, role.hiring_manager)
    assert agreement.state == "accepted"
    assert (agreement.recruiter_accepted_by, agreement.manager_accepted_by) == (
        role.recruiter,
        role.hiring_manager,
    )
    with pytest.raises(WrongState):
        accept(role, role.hiring_manager)
    assert [
        activity.data["in_force"]
        for activity in Activity.objects.filter(verb="agreement.accepted").order_by("id")
    ] == [False, True]


def test_who_proposes_other_times_has_accepted_them_and_what_binds_stays_until_both_have():
    role = opened()
    accept(role, role.recruiter)
    accept(role, role.hiring_manager)
    proposal = actions.propose(
        partnership_id=role.partnership.pk,
        times=times(slate_reviewed=4),
        version=1,
        by=role.hiring_manager,
        now=NOW,
    )
    assert (proposal.version, proposal.manager_accepted_by, proposal.recruiter_accepted_by) == (
        2,
        role.hiring_manager,
        None,
    )
    assert states(role) == ["accepted", "proposed"]
    with pytest.raises(Conflict):
        accept(role, role.recruiter, version=1)
    accept(role, role.recruiter, version=2)
    assert states(role) == ["superseded", "accepted"]


def test_a_proposal_that_was_not_accepted_makes_way_for_the_next():
    role = opened()
    actions.propose(
        partnership_id=role.partnership.pk, times=times(intake=5), version=1, by=role.recruiter, now=NOW
    )
    actions.propose(
        partnership_id=role.partnership.pk, times=times(intake=4), version=2, by=role.hiring_manager, now=NOW
    )
    assert states(role) == ["superseded", "superseded", "proposed"]
    newest = OutgoingMail.objects.filter(role="partners.agreement", state="queued")
    assert [mail.to for mail in newest] == [role.recruiter.email]


def test_the_grace_is_part_of_a_version_and_goes_on_with_it():
    role = opened()
    role.partnership.agreements.update(grace_days=0)  # as one made before there was any
    accept(role, role.recruiter)
    accept(role, role.hiring_manager)
    propose = {"partnership_id": role.partnership.pk, "by": role.recruiter, "now": NOW}
    with pytest.raises(Invalid):
        actions.propose(**propose, times=times(), version=1, grace=6)
    assert actions.propose(**propose, times=times(intake=4), version=1).grace_days == 0  # nobody said so
    graced = actions.propose(**propose, times=times(intake=4), version=2, grace=1)
    assert (graced.grace_days, graced.state) == (1, "proposed")
    accept(role, role.hiring_manager, version=3)
    successor = make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=successor)
    assert list(role.partnership.agreements.order_by("version").values_list("grace_days", flat=True)) == [
        0,
        0,
        1,
        1,
    ]


@pytest.mark.parametrize(
    "wrong",
    [times(intake=0), times(intake=61), {"intake": 3}, {"first_slate": 3}, {}, times(other=3), times()],
)
def test_times_that_make_no_sense_are_refused(wrong):
    role = opened()
    with pytest.raises(Invalid):
        actions.propose(
            partnership_id=role.partnership.pk, times=wrong, version=1, by=role.recruiter, now=NOW
        )
    assert Agreement.objects.count() == 1


def test_what_both_leave_out_is_not_promised_and_either_side_promises_something():
    role = opened()
    less = {"first_slate": 5, "intake": 2}
    agreement = actions.propose(
        partnership_id=role.partnership.pk, times=less, version=1, by=role.recruiter, now=NOW
    )
    assert {term.kind: term.time for term in agreement.terms.all()} == less


def test_an_organisation_proposes_its_own_times_to_agreements_made_from_then_on():
    first = opened()
    admin, organisation = make.make_user(Role.ADMIN), first.organisation
    own = {code: default.time for code, default in offered().items()} | {
        "first_slate": 7,
        "weekly_update": None,
    }
    kept = actions.set_rules(
        organisation_id=organisation.pk, rules=HouseTerms(times=own, grace_days=2), by=admin, now=NOW
    )
    assert kept.times == {"first_slate": 7, "weekly_update": None}
    second = opened(organisation=organisation)
    usual = {code: default.time for code, default in offered().items()}
    wanted = usual | {"first_slate": 7}
    del wanted["weekly_update"]
    agreement = second.partnership.agreements.get()
    assert {term.kind: term.time for term in agreement.terms.all()} == wanted
    assert agreement.grace_days == 2
    assert {term.kind: term.time for term in first.partnership.agreements.get().terms.all()} == usual
    recruiters = {code: None for code, default in offered().items() if default.side == "recruiter"}
    with pytest.raises(Invalid):
        actions.set_rules(
            organisation_id=organisation.pk, rules=HouseTerms(times=recruiters), by=admin, now=NOW
        )
    with pytest.raises(NotAllowed):
        actions.set_rules(organisation_id=organisation.pk, rules=HouseTerms(), by=first.recruiter, now=NOW)


def test_what_nobody_can_measure_yet_is_not_promised(monkeypatch):
    later = {"outcomes_agreed", "review_30", "review_90", "review_180"}
    known = verbs.known()
    monkeypatch.setattr(verbs, "_verbs", {name: verb for name, verb in known.items() if name not in LATER})
    assert {default.code for default in terms.not_yet()} == later
    assert not later & set(offered())
    monkeypatch.setattr(verbs, "_verbs", known | {name: verbs.Verb(name=name, text="") for name in LATER})
    assert terms.not_yet() == []
    assert later <= set(offered())


LATER = ("hire.outcomes_agreed", "outcome.reviewed")


@pytest.mark.parametrize("who", ["stranger", "admin", "coordinator"])
def test_only_those_who_lead_a_side_agree(who):
    role = opened()
    coordinator = make.make_user(Role.COORDINATOR)
    make.add_member(role, coordinator, "coordinator")
    people = {
        "stranger": make.make_user(Role.MANAGER),
        "admin": make.make_user(Role.ADMIN),
        "coordinator": coordinator,
    }
    with pytest.raises(Missing):
        accept(role, people[who])
    with pytest.raises(Missing):
        actions.propose(
            partnership_id=role.partnership.pk, times=times(intake=5), version=1, by=people[who], now=NOW
        )


def test_a_new_manager_is_asked_and_the_recruiter_need_not_accept_again():
    role = opened()
    accept(role, role.recruiter)
    accept(role, role.hiring_manager)
    successor = make.make_user(Role.MANAGER)
    roles.change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=successor)
    newest = Agreement.objects.order_by("-version")[0]
    assert (newest.version, newest.state) == (2, "proposed")
    assert (newest.recruiter_accepted_by, newest.manager_accepted_by) == (role.recruiter, None)
    assert OutgoingMail.objects.filter(role="partners.agreement", to=successor.email).count() == 1
    with pytest.raises(Missing):
        accept(role, role.hiring_manager, version=2)
    assert accept(role, successor, version=2).state == "accepted"


def test_one_person_on_both_sides_accepts_for_both():
    person = make.make_user(Role.RECRUITER)
    role = opened(recruiter=person, manager=person)
    assert accept(role, person).state == "accepted"


def test_the_end_of_the_role_closes_it():
    role = opened()
    roles.end(requisition_id=role.pk, new_state="cancelled", reason="No budget", by=role.recruiter, now=NOW)
    partnership = Partnership.objects.get()
    assert (partnership.state, partnership.closed_at) == ("closed", NOW)
    with pytest.raises(WrongState):
        accept(role, role.recruiter)


def test_intake_is_on_record_once_everything_is_said():
    role = opened(outcomes="Has shipped it.", pay_min=None, pay_max=None)
    change = {"requisition_id": role.pk, "by": role.recruiter, "now": NOW}
    roles.change_requisition(**change, value_proposition="Work that matters.")
    assert not Activity.objects.filter(verb="intake.given").exists()
    roles.change_requisition(**change, pay_min=1, pay_max=2)
    roles.change_requisition(**change, pay_max=3)
    assert Activity.objects.filter(verb="intake.given").count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_both_accept_at_the_same_moment():
    role = opened()
    outcomes, start = [], threading.Barrier(2)

    def run(person):
        start.wait()
        try:
            outcomes.append(accept(role, person).state)
        except ActionError as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=run, args=(person,)) for person in (role.recruiter, role.hiring_manager)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["accepted", "proposed"]
    assert Agreement.objects.get().state == "accepted"


def both_at_once(*runs):
    outcomes, start = {}, threading.Barrier(len(runs))

    def go(name, run):
        start.wait()
        try:
            outcomes[name] = run().state
        except ActionError as refusal:
            outcomes[name] = refusal.code
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=each) for each in runs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_one_accepts_this_version_while_the_other_proposes_the_next():
    """Whichever comes first: nothing binds that one of them has not accepted, or has not read."""
    for _ in range(4):
        role = opened()
        accept(role, role.recruiter)
        place = role.partnership.pk
        outcomes = both_at_once(
            ("accepts", lambda role=role: accept(role, role.hiring_manager, version=1)),
            (
                "proposes",
                lambda role=role, place=place: actions.propose(
                    partnership_id=place, times=times(intake=5), version=1, by=role.recruiter, now=NOW
                ),
            ),
        )
        assert outcomes["proposes"] == "proposed"
        first, second = role.partnership.agreements.order_by("version")
        accepted = outcomes["accepts"] == "accepted"
        assert accepted or outcomes["accepts"] == "conflict"
        assert first.state == ("accepted" if accepted else "superseded")
        assert (second.state, second.manager_accepted_at, second.recruiter_accepted_by) == (
            "proposed",
            None,
            role.recruiter,
        )


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_each_proposes_another_version_at_the_same_moment():
    """Each has accepted their own; one of them is told to read the other's first."""
    role = opened()
    place = role.partnership.pk
    outcomes = both_at_once(
        *(
            (
                person.pk,
                lambda person=person, days=days: actions.propose(
                    partnership_id=place, times=times(intake=days), version=1, by=person, now=NOW
                ),
            )
            for person, days in ((role.recruiter, 5), (role.hiring_manager, 6))
        )
    )
    assert sorted(outcomes.values()) == ["conflict", "proposed"]
    assert states(role) == ["superseded", "proposed"]
    second = role.partnership.agreements.get(version=2)
    assert (second.recruiter_accepted_at is None) != (second.manager_accepted_at is None)
