"""Who is asked in place of the person from whom an application is kept: for a view, an interview, an offer."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from ats.accounts import actions as accounts
from ats.accounts.models import Role, User
from ats.approvals.models import ApprovalChain, ApprovalStep
from ats.home.queries.non_empty import parts_there
from ats.kernel.errors import Invalid, WrongState
from ats.models import Activity, Approval, OutgoingMail
from candidates.internal import actions
from candidates.interviews.queries.shadows import to_write
from candidates.interviews.queries.substitutes import wanting_substitutes
from candidates.models import (
    Application,
    Interview,
    KeptFrom,
    Offer,
    Promise,
    Review,
    Shadowing,
)
from candidates.offers import actions as offers
from candidates.reviews import actions as reviews
from candidates.scheduling.actions import book
from candidates.shadowing.queries import choosable
from requisitions.models import Requisition
from tests import factories as make
from tests.candidates.internal.parts import apply, into_review, kept, stand_in
from tests.candidates.interviews.builders import at, plan
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def test_who_stands_in_and_becomes_their_manager_does_so_no_more(
    role: Requisition, manager: User, head: User, colleague: User
) -> None:
    application = apply(role, email="ines@house.example")
    stand_in(application, head)
    accounts.set_manager(user_id=colleague.pk, manager_id=head.pk, by=make.make_user(Role.ADMIN), now=NOW)
    assert kept(application) == [(manager, None, False), (head, None, False)]


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


def test_in_place_of_the_recruiter_a_lead_owes_the_answer(role: Requisition, colleague: User) -> None:
    lead = make.make_user(Role.LEAD)
    colleague.manager = role.recruiter
    colleague.save()
    application = apply(role, email="ines@house.example")
    assert Promise.objects.open().get(application=application).owner == lead


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
