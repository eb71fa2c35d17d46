"""A hire ends what was still to come with its candidate, and everybody in it is told."""

import pytest

from candidates.applications.actions import hire
from candidates.interviews.models import Interview
from candidates.models import Scorecard
from candidates.offers import actions as offers
from candidates.reviews import actions as reviews
from candidates.scheduling.models import BookingRequest
from tests import factories
from tests.candidates.helpers import days, hours, mails, run_lane
from tests.candidates.interviews.builders import ask, at, book, interviewers, plan
from tests.candidates.offers.conftest import TERMS
from tests.candidates.offers.test_answering import accept
from tests.factories import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    return factories.make_requisition(openings=1)


def in_the_offer_stage(role):
    return factories.make_application(requisition=role, stage_kind="offer")


def nothing_is_left(application, person):
    assert Interview.objects.get().state == "cancelled"
    assert not Interview.objects.get().seats.filter(released=False).exists()
    assert [card.state for card in Scorecard.objects.all()] == ["cancelled"]
    assert set(BookingRequest.objects.values_list("state", flat=True)) <= {"cancelled"}
    assert not application.reviews.open().exists()
    [told] = mails("interviewer.cancelled")
    assert told.to == person.email
    [theirs] = mails("interview.cancelled")
    assert "The hire is agreed" in theirs.text


@pytest.mark.ordinary_day
def test_with_an_accepted_offer(role):
    application = in_the_offer_stage(role)
    (person,) = interviewers(role, 1)
    offer = offers.draft(
        application_id=application.pk, by=role.recruiter, now=NOW, **(TERMS | {"starts_on": days(90).date()})
    )
    offers.submit(offer_id=offer.pk, by=role.recruiter, now=NOW)
    offers.send(offer_id=offer.pk, by=role.recruiter, now=NOW)
    book(application, plan(role, person), at(14, day=26), now=hours(1))
    ask(application, plan(role, person))
    reviews.ask_on_entering(application_id=application.pk, by=role.recruiter, now=hours(1))
    offer.refresh_from_db()
    accept(offer, now=hours(3))
    run_lane("tasks", hours(3.01))
    nothing_is_left(application, person)


@pytest.mark.ordinary_day
def test_with_a_hire_that_is_told_later(role, smtp):
    """The interview does not tell them before we do; with the welcome it is off."""
    application = in_the_offer_stage(role)
    (person,) = interviewers(role, 1)
    book(application, plan(role, person), at(14, day=26))
    hire(application_id=application.pk, by=role.recruiter, now=hours(1))
    run_lane("tasks", hours(1.05))
    assert Interview.objects.get().state == "booked"
    [welcome] = mails("application.hired")
    run_lane("mail", welcome.not_before)
    run_lane("tasks", welcome.not_before)
    nothing_is_left(application, person)
