"""Applicants from within the house: their own manager is no partner on it until they say so."""

from datetime import timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from django.test import Client

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.approvals.models import ApprovalChain, ApprovalStep
from ats.home.queries.non_empty import parts_there
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.models import Activity, Approval, ApprovalRequest, OutgoingMail
from candidates.applications import actions as applications
from candidates.hires.actions import remind_of_day
from candidates.hires.queries import hires_for
from candidates.internal import actions
from candidates.internal.queries import kept_from, kept_in, wants_manager
from candidates.interviews.queries.shadows import to_write
from candidates.interviews.queries.substitutes import wanting_substitutes
from candidates.models import (
    Application,
    Candidate,
    HireRecord,
    Interview,
    KeptFrom,
    Message,
    Note,
    Offer,
    Promise,
    Review,
    Scorecard,
    Shadowing,
)
from candidates.offers import actions as offers
from candidates.reviews import actions as reviews
from candidates.scheduling.actions import book
from candidates.shadowing.queries import choosable
from partners.celebrations.queries import of_partnership, took_part
from partners.checkins.pages.cards import names_of
from partners.checkins.queries import agenda
from partners.models import Celebration
from partners.partnerships.actions import begin
from partners.partnerships.queries import status
from requisitions.models import Requisition
from requisitions.roles.actions import change_requisition
from tests import factories as make
from tests.candidates.applications.test_rules import ask, may
from tests.candidates.helpers import mails, run_lane, submission
from tests.candidates.interviews.builders import a_team_of_every_kind, at, plan
from tests.candidates.portal.helpers import open_for
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def head() -> User:
    return make.make_user(Role.MANAGER, name="Hedda Head")


@pytest.fixture
def manager(head: User) -> User:
    return make.make_user(Role.MANAGER, name="Mara Manager", manager=head)


@pytest.fixture
def colleague(manager: User) -> User:
    return make.make_user(Role.INTERVIEWER, name="Ines Inside", email="ines@house.example", manager=manager)


@pytest.fixture
def role(manager: User) -> Requisition:
    return make.make_requisition(manager=manager)


def apply(role: Requisition, **facts: Any) -> Application:
    post = role.posts.first() or make.make_post(role)
    return applications.apply(submission=submission(post, **facts), now=NOW).application


def kept(application: Application) -> list[tuple[User, User | None, bool]]:
    rows = KeptFrom.objects.in_force().filter(application=application).order_by("pk")
    return [(row.user, row.stand_in, row.until_known) for row in rows]


def stand_in(application: Application, who: User) -> KeptFrom:
    row = KeptFrom.objects.in_force().get(application=application)
    by = application.requisition.recruiter
    return actions.choose_stand_in(
        application_id=application.pk, kept_id=row.pk, stand_in_id=who.pk, by=by, now=NOW
    )


def into_review(application: Application) -> None:
    stage = make.stage(application.requisition, "review")
    by = application.requisition.recruiter
    applications.move(application_id=application.pk, stage_id=stage.pk, by=by, now=NOW)


# --- For whom somebody works


def test_an_administrator_says_for_whom_somebody_works(manager: User, colleague: User) -> None:
    admin, other = make.make_user(Role.ADMIN), make.make_user(Role.LEAD, name="Ole Other")
    accounts.set_manager(user_id=colleague.pk, manager_id=other.pk, by=admin, now=NOW)
    colleague.refresh_from_db()
    assert colleague.manager == other
    said = Activity.objects.get(verb="user.manager_changed")
    assert (said.data["name"], said.data["manager"]) == ("Ines Inside", "Ole Other")
    accounts.set_manager(user_id=colleague.pk, manager_id=other.pk, by=admin, now=NOW)
    assert Activity.objects.filter(verb="user.manager_changed").count() == 1


def test_nobody_works_for_themselves_nor_round_in_a_circle(
    head: User, manager: User, colleague: User
) -> None:
    admin = make.make_user(Role.ADMIN)
    for below in (head, manager, colleague):
        with pytest.raises(Invalid):
            accounts.set_manager(user_id=head.pk, manager_id=below.pk, by=admin, now=NOW)
    with pytest.raises((Missing, NotAllowed)):
        accounts.set_manager(user_id=colleague.pk, manager_id=head.pk, by=manager, now=NOW)


def test_it_is_chosen_on_their_page(client: Client, manager: User, colleague: User) -> None:
    client.force_login(make.make_user(Role.ADMIN))
    address = f"/settings/people/{colleague.pk}/"
    assert f'<option value="{manager.pk}" selected>' in client.get(address).content.decode()
    assert client.post(f"{address}manager/", {"manager": ""}).status_code == 302
    colleague.refresh_from_db()
    assert colleague.manager is None


# --- From whom an application is kept


def test_who_writes_from_their_address_at_work_is_known(
    role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="Ines@house.example")
    assert kept(application) == [(manager, None, False)]
    assert not Application.objects.visible_to(manager).filter(pk=application.pk).exists()
    assert Application.objects.visible_to(role.recruiter).filter(pk=application.pk).exists()


def test_who_says_their_address_at_work_is_known_too(
    role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="private@example.com", works_here=True, work_email="ines@house.example")
    assert kept(application) == [(manager, None, False)]


def test_of_whom_nobody_knows_the_manager_it_is_kept_from_the_roles_own(
    role: Requisition, manager: User
) -> None:
    application = apply(role, email="private@example.com", works_here=True)
    assert kept(application) == [(manager, None, True)]
    boss = make.make_user(Role.MANAGER)
    by = role.recruiter
    actions.name_manager(application_id=application.pk, manager_id=boss.pk, by=by, now=NOW)
    assert kept(application) == [(boss, None, False)]


def test_while_nobody_knows_it_is_kept_from_who_leads_the_role_next(role: Requisition, manager: User) -> None:
    application, following = (
        apply(role, email="private@example.com", works_here=True),
        make.make_user("manager"),
    )
    change_requisition(requisition_id=role.pk, by=role.recruiter, now=NOW, hiring_manager=following)
    assert kept(application) == [(manager, None, True), (following, None, True)]


def test_who_stands_in_and_becomes_their_manager_does_so_no_more(
    role: Requisition, manager: User, head: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    stand_in(application, head)
    accounts.set_manager(user_id=colleague.pk, manager_id=head.pk, by=make.make_user(Role.ADMIN), now=NOW)
    assert kept(application) == [(manager, None, False), (head, None, False)]


def test_of_a_stranger_it_is_kept_from_nobody(role: Requisition, manager: User) -> None:
    application = apply(role, email="private@example.com")
    assert kept(application) == []
    assert Application.objects.visible_to(manager).get() == application


def test_taken_up_by_a_recruiter_it_is_kept_as_well(
    role: Requisition, manager: User, colleague: User
) -> None:
    candidate = make.make_candidate(email="ines@house.example")
    application = applications.add_application(
        candidate_id=candidate.pk, requisition_id=role.pk, by=role.recruiter, now=NOW
    )
    assert kept(application) == [(manager, None, False)]


def test_the_next_manager_sees_nothing_either(role: Requisition, manager: User, colleague: User) -> None:
    application, following = apply(role, email="ines@house.example"), make.make_user(Role.LEAD)
    admin = make.make_user(Role.ADMIN)
    accounts.set_manager(user_id=colleague.pk, manager_id=following.pk, by=admin, now=NOW)
    assert {user for user, _, _ in kept(application)} == {manager, following}


def test_the_form_asks_where_the_organisation_wants_it(
    client: Client, role: Requisition, manager: User
) -> None:
    post = make.make_post(role, slug="inside")
    assert "I work here" in client.get("/careers/inside/apply/").content.decode()
    given = {"first_name": "Ines", "email": "i@example.com", "cover_letter": "Hello.", "works_here": "on"}
    assert client.post("/careers/inside/apply/", given).status_code == 302
    assert kept(Application.objects.get()) == [(manager, None, True)]
    organisation = post.requisition.organisation
    organisation.asks_who_works_here = False
    organisation.save()
    assert "I work here" not in client.get("/careers/inside/apply/").content.decode()


# --- Who is asked in their place


def test_nobody_is_asked_for_a_view_until_somebody_stands_in(
    role: Requisition, manager: User, head: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    into_review(application)
    assert not Review.objects.exists()
    with pytest.raises(WrongState):
        reviews.ask(application_ids=[application.pk], by=role.recruiter, now=NOW)
    stand_in(application, head)
    review = Review.objects.get()
    assert (review.reviewer, review.state) == (head, "open")
    assert Promise.objects.open().get(application=application).owner == head
    assert not OutgoingMail.objects.filter(to=manager.email).exists()
    assert Application.objects.visible_to(head).get() == application


def test_the_view_of_who_stands_in_passes_the_move_on(
    role: Requisition, manager: User, head: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    stand_in(application, head)
    into_review(application)
    review = Review.objects.get()
    reviews.answer(review_id=review.pk, verdict="yes", reason="Good.", criteria={}, by=head, now=NOW)
    assert Promise.objects.open().get(application=application).owner == role.recruiter
    assert Activity.objects.get(verb="review.answered").data["side"] == "stand_in"


def test_what_was_asked_before_is_taken_back(role: Requisition, manager: User) -> None:
    application = apply(role, email="private@example.com")
    into_review(application)
    assert Review.objects.get().reviewer == manager
    by = role.recruiter
    actions.name_manager(application_id=application.pk, manager_id=manager.pk, by=by, now=NOW)
    assert Review.objects.get().state == "cancelled"
    assert Promise.objects.open().get(application=application).owner == by


def test_who_must_not_see_it_stands_in_for_nobody(role: Requisition, manager: User, colleague: User) -> None:
    application = apply(role, email="ines@house.example")
    with pytest.raises(Invalid):
        stand_in(application, manager)


def test_a_recruiter_chooses_on_the_page(
    client: Client, role: Requisition, manager: User, head: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    client.force_login(role.recruiter)
    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert "sees nothing of this until they say so" in page
    assert f'<option value="{head.pk}" selected>' in page
    row = KeptFrom.objects.get()
    given = {"kept": row.pk, "stand_in": head.pk}
    assert client.post(f"/applications/{application.pk}/stand-in/", given).status_code == 302
    assert kept(application) == [(manager, head, False)]


# --- The candidate says so


def test_only_the_candidate_lifts_it_on_record(role: Requisition, manager: User, colleague: User) -> None:
    application = apply(role, email="ines@house.example")
    actions.let_know(candidate=make.make_candidate(), application_id=application.pk, now=NOW)
    assert kept(application) == [(manager, None, False)]
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=NOW)
    row = KeptFrom.objects.get()
    assert (row.lifted_at, row.lifted_by) == (NOW, application.candidate)
    said = Activity.objects.get(verb="application.manager_may_know")
    assert (said.actor_kind, said.actor_id) == ("candidate", application.candidate_id)
    assert Application.objects.visible_to(manager).get() == application


def test_they_lift_it_on_their_own_page(
    client: Client, role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    token = open_for(application.candidate).rstrip("/").rpartition("/")[2]
    assert "Your manager does not know" in client.get(f"/status/{token}/").content.decode()
    answer = client.post(f"/status/{token}/manager/{application.pk}/")
    assert answer["Location"] == f"/status/{token}/?done=manager"
    assert kept(application) == []
    assert "Your manager does not know" not in client.get(f"/status/{token}/").content.decode()


# --- Interviews and offers


def test_they_are_in_no_interview(role: Requisition, manager: User, colleague: User) -> None:
    application = apply(role, email="ines@house.example")
    planned = plan(role, manager)
    with pytest.raises(Invalid):
        book(
            application_id=application.pk, planned_id=planned.pk, starts_at=at(11), by=role.recruiter, now=NOW
        )
    with pytest.raises(Invalid):
        book(
            application_id=application.pk,
            planned_id=planned.pk,
            starts_at=at(11),
            user_ids=[manager.pk],
            by=role.recruiter,
            now=NOW,
        )
    assert not Interview.objects.exists()


def test_they_sit_in_nowhere(role: Requisition, manager: User, head: User, colleague: User) -> None:
    application, apart = apply(role, email="ines@house.example"), make.make_user(Role.INTERVIEWER)
    for person in (head, manager, apart):
        make.add_member(role, person, "interviewer")
    interview = make.make_interview(application, people=[apart])
    assert choosable(interview) == [head, role.recruiter]
    seat = make.seat_at(interview, manager, kind="shadow")
    Shadowing.objects.create(seat=seat)
    assert to_write(manager) == []
    KeptFrom.objects.update(lifted_at=NOW, lifted_by=application.candidate)
    assert to_write(manager) == [seat]


def test_an_offer_is_approved_by_who_stands_in(
    role: Requisition, manager: User, head: User, colleague: User
) -> None:
    chain = ApprovalChain.objects.create(kind="offer", organisation=role.organisation)
    ApprovalStep.objects.create(chain=chain, position=1, part="hiring_manager")
    application = apply(role, email="ines@house.example")
    stand_in(application, head)
    terms = {"pay": Decimal(70000), "starts_on": (NOW + timedelta(days=97)).date()}
    offer = offers.draft(application_id=application.pk, by=role.recruiter, now=NOW, **terms)
    offers.submit(offer_id=offer.pk, by=role.recruiter, now=NOW)
    assert [approval.approver for approval in Approval.objects.all()] == [head]
    assert Offer.objects.visible_to(head).get() == offer
    assert not Offer.objects.visible_to(manager).exists()


# --- It comes before every right


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
    assert status.in_play(partnership) == 0
    assert agenda.who_waits(role.pk) == []
    assert names_of([application.pk]) == {}
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=NOW)
    assert status.in_play(partnership) == 1
    assert agenda.who_waits(role.pk) == [application.pk]
    assert names_of([application.pk]) == {application.pk: application.candidate.name}


def test_in_place_of_the_recruiter_a_lead_owes_the_answer(role: Requisition, colleague: User) -> None:
    lead = make.make_user(Role.LEAD)
    colleague.manager = role.recruiter
    colleague.save()
    application = apply(role, email="ines@house.example")
    assert Promise.objects.open().get(application=application).owner == lead


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


def test_a_seat_of_theirs_wants_somebody_else(role: Requisition, manager: User) -> None:
    application = make.make_application(requisition=role)
    interview = make.make_interview(application, people=[manager])
    assert list(wanting_substitutes()) == []
    actions.keep_from(application, manager, by=None, now=NOW)
    (seat,) = wanting_substitutes()
    assert (seat.interview, seat.user) == (interview, manager)
    there = parts_there(role.recruiter, [role.pk], now=NOW, tonight=NOW + timedelta(hours=14))
    assert (there["wanting"], there["kept"]) == (True, [])
    theirs = parts_there(manager, [role.pk], now=NOW, tonight=NOW + timedelta(hours=14))
    assert theirs["kept"] == [application.pk]


# --- Hired, and what is told then


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


def test_once_they_may_know_nobody_asks_for_whom_they_work(role: Requisition, manager: User) -> None:
    application = apply(role, email="private@example.com", works_here=True)
    rows = kept_from(application)
    assert (len(rows), wants_manager(application, rows)) == (1, True)
    actions.let_know(candidate=application.candidate, application_id=application.pk, now=NOW)
    assert (kept_from(application), wants_manager(application, [])) == ([], False)


def test_of_what_came_to_nothing_nobody_needs_to_hear(
    client: Client, role: Requisition, manager: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    applications.withdraw(application=application, by=application.candidate, reason_text="", now=NOW)
    assert "Your manager does not know" not in client.get(open_for(application.candidate)).content.decode()
    assert kept(application) == [(manager, None, False)]


def test_what_is_kept_in_a_role_is_what_the_models_say() -> None:
    found = 0
    for user in a_team_of_every_kind(Random(7)):
        for requisition in Requisition.objects.all():
            rows = KeptFrom.objects.in_force().filter(user=user, application__requisition=requisition)
            kept_here = kept_in(user, requisition.pk)
            assert kept_here == set(rows.values_list("application", flat=True))
            found += len(kept_here)
    assert found
