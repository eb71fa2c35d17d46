"""That an application is kept from somebody comes before every right, and holds to the hire and after it."""

from datetime import timedelta
from random import Random

import pytest

from ats.accounts.models import Role, User
from ats.models import ApprovalRequest, OutgoingMail
from candidates.applications import actions as applications
from candidates.hires.actions import remind_of_day
from candidates.hires.queries import hires_for
from candidates.internal import actions
from candidates.internal.queries import kept_in
from candidates.models import (
    Application,
    Candidate,
    HireRecord,
    Interview,
    KeptFrom,
    Message,
    Note,
    Promise,
    Review,
    Scorecard,
)
from partners.celebrations.queries import of_partnership, took_part
from partners.checkins.pages.cards import names_of
from partners.checkins.queries import agenda
from partners.models import Celebration
from partners.partnerships.actions import begin
from partners.partnerships.queries import status
from requisitions.models import Requisition
from tests import factories as make
from tests.candidates.applications.test_rules import ask, may
from tests.candidates.helpers import mails, run_lane
from tests.candidates.internal.parts import apply, stand_in
from tests.candidates.interviews.builders import a_team_of_every_kind
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["admin", "lead", "recruiter", "coordinator", "manager", "interviewer"])
def test_no_right_shows_it_to_whom_they_work_for(kind: str) -> None:
    requisition = make.make_requisition()
    application = make.make_application(requisition=requisition)
    user = make.make_user(kind)
    make.add_member(requisition, user, "manager" if kind == "manager" else "interviewer")
    interview = make.make_interview(application, people=[user])
    asked = ask(application, user)
    make.make_message(application)
    make.make_note(application, requisition.recruiter)
    Scorecard.objects.create(interview=interview, application=application, interviewer=user, due_at=NOW)
    of_it = (Application, Promise, Message, Note, Candidate, Interview, Review, Scorecard)
    assert "view_application" in may(user, application)
    actions.keep_from(application, user, by=None, now=NOW)
    assert may(user, application) == set()
    assert {rows.__name__: rows.objects.visible_to(user).count() for rows in of_it} == {
        rows.__name__: 0 for rows in of_it
    }
    candidate = Candidate.objects.get(pk=application.candidate_id)
    assert not user.has_perm("candidates.view_candidate", candidate)
    asked.refresh_from_db()
    assert asked.state == "cancelled"


def test_who_applied_openly_before_is_known_by_that_alone(role: Requisition, manager: User) -> None:
    candidate = make.make_candidate()
    before = make.make_application(candidate=candidate, requisition=role, state="withdrawn")
    now = make.make_application(candidate=candidate)
    lead = make.make_user(Role.LEAD)
    actions.keep_from(now, lead, by=None, now=NOW)
    assert list(Application.objects.visible_to(lead)) == [before]
    assert list(Candidate.objects.visible_to(lead)) == [candidate]


def test_a_lead_does_not_read_of_it_where_a_date_breaks_again(role: Requisition, manager: User) -> None:
    lead = make.make_user(Role.LEAD)
    application = make.make_application(requisition=role, due_at=NOW + timedelta(hours=7))
    Promise.objects.update(broken_before=1, waiting_since=NOW)
    actions.keep_from(application, lead, by=None, now=NOW)
    for lane in ("promises", "promise-news"):
        run_lane(lane, NOW + timedelta(hours=7))
    assert [mail.to for mail in mails("promise.broken")] == [role.recruiter.email]
    assert not OutgoingMail.objects.filter(to=lead.email).exists()


def test_it_is_no_matter_of_partners(role: Requisition, manager: User, colleague: User) -> None:
    partnership = begin(requisition=role, now=NOW)
    application = apply(role, email="ines@house.example")
    assert status.standing(partnership, now=NOW).in_play == 0
    assert agenda.who_waits(role.pk) == []
    assert names_of([application.pk]) == {}
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=NOW)
    assert status.standing(partnership, now=NOW).in_play == 1
    assert agenda.who_waits(role.pk) == [application.pk]
    assert names_of([application.pk]) == {application.pk: application.candidate.name}


def test_no_approval_page_tells_a_lead_of_it(role: Requisition, manager: User, colleague: User) -> None:
    application = apply(role, email="ines@house.example")
    lead = make.make_user(Role.LEAD)
    asked = ApprovalRequest.objects.create(
        kind="offer",
        subject_id=1,
        title="Offer",
        about_ids=application.about(),
        organisation=role.organisation,
        requested_by=role.recruiter,
        requested_at=NOW,
    )
    assert list(ApprovalRequest.objects.visible_to(lead)) == [asked]
    run_lane("follow-ups", NOW + timedelta(minutes=10))
    assert OutgoingMail.objects.visible_to(lead).filter(application_id=application.pk).exists()
    actions.keep_from(application, lead, by=None, now=NOW)
    assert list(ApprovalRequest.objects.visible_to(lead)) == []
    assert not OutgoingMail.objects.visible_to(lead).filter(application_id=application.pk).exists()


def hired(application: Application) -> HireRecord:
    applications.hire(
        application_id=application.pk,
        by=make.make_user(Role.ADMIN),
        now=NOW,
        starts_on=(NOW + timedelta(days=40)).date(),
        without_offer="They said yes on the telephone.",
    )
    return HireRecord.objects.get(application=application)


def test_who_stands_in_sees_the_hire(role: Requisition, manager: User, head: User, colleague: User) -> None:
    application = apply(role, email="ines@house.example")
    stand_in(application, head)
    hire = hired(application)
    seen = {user: list(HireRecord.objects.visible_to(user)) for user in (head, manager, role.recruiter)}
    assert seen == {head: [hire], manager: [], role.recruiter: [hire]}
    listed = {user: list(hires_for(user)) for user in (head, manager, role.recruiter)}
    assert listed == {head: [hire], manager: [], role.recruiter: [hire]}


def test_of_a_first_day_that_is_owed_only_those_hear_who_may_know(role: Requisition, colleague: User) -> None:
    lead, theirs = make.make_user(Role.LEAD), make.make_user(Role.LEAD)
    colleague.manager = theirs
    colleague.save()
    hire = hired(apply(role, email="ines@house.example"))
    HireRecord.objects.filter(pk=hire.pk).update(starts_on=None, day_by=NOW)
    remind_of_day(hire.pk, NOW)
    assert {mail.to for mail in mails("hire.day_owed")} == {role.recruiter.email, lead.email}


def test_no_celebration_tells_them(role: Requisition, manager: User, head: User, colleague: User) -> None:
    partnership = begin(requisition=role, now=NOW)
    application = apply(role, email="ines@house.example")
    hired(application)
    assert manager not in took_part(partnership, [application.pk])
    assert role.recruiter in took_part(partnership, [application.pk])
    Celebration.objects.update(state="told", told_at=NOW, people=[role.recruiter_id])
    assert of_partnership(partnership) == []
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=NOW)
    assert manager in took_part(partnership, [application.pk])
    assert len(of_partnership(partnership)) == 1


def test_what_is_kept_in_a_role_is_what_the_models_say() -> None:
    found = 0
    for user in a_team_of_every_kind(Random(7)):
        for requisition in Requisition.objects.all():
            rows = KeptFrom.objects.in_force().filter(user=user, application__requisition=requisition)
            kept_here = kept_in(user, requisition.pk)
            assert kept_here == set(rows.values_list("application", flat=True))
            found += len(kept_here)
    assert found
