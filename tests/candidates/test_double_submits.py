"""Ten times the same form at one moment, on real connections: one effect, and every answer is true."""

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ats.accounts.models import User
from ats.models import Activity, OutgoingMail
from candidates.documents.models import Document
from candidates.models import (
    Application,
    Candidate,
    Interview,
    Message,
    Offer,
    Review,
    Scorecard,
    Signature,
)
from candidates.offers.actions import keep_documents
from candidates.portal.actions.make_links import new_link
from candidates.reviews import actions as reviews
from candidates.scorecards.pages.forms import values_of
from tests import factories
from tests.candidates.documents import files
from tests.candidates.helpers import at_once, hours
from tests.candidates.interviews.builders import ask, at, book, in_play, interviewers, plan
from tests.candidates.offers.conftest import sent
from tests.candidates.scorecards.helpers import AFTER, card_of, hold, met, whole
from tests.factories import NOW

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True), pytest.mark.ordinary_day]
TEN = 10


@pytest.fixture(autouse=True)
def _now():
    with time_machine.travel(NOW, tick=False):
        yield


def browsers(user: User | None = None) -> list[Client]:
    made = [Client(raise_request_exception=False) for _ in range(TEN)]
    for client in made:
        if user is not None:
            client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return made


def ten(path: str, data: Callable[[], dict[str, Any]] | dict[str, Any], user: User | None = None) -> list:
    """Send it from ten windows at once."""
    given = data if callable(data) else lambda: data
    return at_once(
        *(lambda client=client: client.post(path, given(), follow=False) for client in browsers(user))
    )


def statuses(answers: list) -> Counter[int]:
    return Counter(answer.status_code for answer in answers)


def places(answers: list) -> set[str]:
    return {answer["Location"] for answer in answers}


def happened(verb: str) -> int:
    return Activity.objects.filter(verb=verb).count()


def portal(candidate: Candidate, name: str, *args: int) -> str:
    token = new_link(candidate=candidate, now=NOW).rstrip("/").rpartition("/")[2]
    return reverse(name, args=[token, *args])


# --- What candidates send


def test_a_time_that_was_picked_is_theirs_ten_times():
    application = in_play(factories.make_requisition())
    request = ask(application, plan(application.requisition, *interviewers(application.requisition, 1)))
    page = portal(application.candidate, "status_times", request.pk)
    answers = ten(page, {"slot": f"{at(10):%Y%m%dT%H%MZ}"})
    interview = Interview.objects.get()
    token = page.split("/")[2]
    assert statuses(answers) == {302: TEN}
    assert places(answers) == {f"{reverse('status_interview', args=[token, interview.pk])}?done=booked"}
    assert "Your time is booked." in Client().get(places(answers).pop()).content.decode()
    assert happened("interview.booked") == 1
    assert OutgoingMail.objects.filter(to=application.candidate.email, role="interview.booked").count() == 1


def test_another_window_with_another_time_is_shown_what_is_booked():
    application = in_play(factories.make_requisition())
    request = ask(application, plan(application.requisition, *interviewers(application.requisition, 1)))
    page = portal(application.candidate, "status_times", request.pk)
    keys = iter([f"{at(9 + number % 5):%Y%m%dT%H%MZ}" for number in range(TEN)])
    answers = ten(page, lambda: {"slot": next(keys)})
    assert statuses(answers) == {302: TEN}
    assert len(places(answers)) == 1
    assert Interview.objects.count() == 1


def test_an_interview_is_moved_once_and_cancelled_once():
    application = in_play(factories.make_requisition())
    planned = plan(application.requisition, *interviewers(application.requisition, 1))
    interview = book(application, planned, at(10, day=30))
    answers = ten(
        portal(application.candidate, "status_interview_move", interview.pk),
        {"slot": f"{at(11, day=30):%Y%m%dT%H%MZ}", "reason": "A dentist"},
    )
    interview.refresh_from_db()
    assert statuses(answers) == {302: TEN}
    assert (interview.starts_at, interview.changes, happened("interview.moved")) == (at(11, day=30), 1, 1)
    answers = ten(
        portal(application.candidate, "status_interview_cancel", interview.pk), {"reason": "I cannot come"}
    )
    assert statuses(answers) == {302: TEN}
    assert {place.rpartition("?")[2] for place in places(answers)} == {"done=interview_cancelled"}
    assert happened("interview.cancelled") == 1


def test_who_withdraws_has_withdrawn():
    application = factories.make_application()
    page = portal(application.candidate, "status_withdraw", application.pk)
    answers = ten(page, {"reason": "Another job"})
    assert statuses(answers) == {302: TEN}
    assert {place.rpartition("?")[2] for place in places(answers)} == {"done=withdrawn"}
    assert happened("application.withdrawn") == 1
    application.refresh_from_db()
    assert application.state == "withdrawn"


def test_a_message_is_one_message():
    application = factories.make_application()
    page = portal(application.candidate, "status_message", application.pk)
    answers = ten(page, {"body": "When will I hear from you?"})
    assert statuses(answers) == {302: TEN}
    assert Message.objects.count() == happened("message.received") == 1
    later = ten(page, {"body": "And where?"})
    assert (statuses(later), Message.objects.count()) == ({302: TEN}, 2)


def test_one_application_and_one_acknowledgement(settings):
    settings.APPLY_RATE = settings.APPLY_ADDRESS_RATE = "1000/hour"
    factories.make_post(slug="engineer")
    typed = {"first_name": "Zoë", "last_name": "Example", "email": "zoe@example.com"}
    content = files.pdf()
    answers = ten(
        "/careers/engineer/apply/", lambda: typed | {"resume": SimpleUploadedFile("cv.pdf", content)}
    )
    assert (statuses(answers), places(answers)) == ({302: TEN}, {"/careers/engineer/thanks/"})
    assert (Candidate.objects.count(), Application.objects.count(), Document.objects.count()) == (1, 1, 1)
    assert happened("application.received") == 1


def offer_in_hand() -> tuple[Offer, str]:
    offer = sent(factories.make_application(stage_kind="offer"))
    page = urlsplit(new_link(candidate=offer.application.candidate, now=NOW)).path
    return offer, f"{page}offers/{offer.pk}/"


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_offer_is_answered_once(answer):
    offer, page = offer_in_hand()
    letter = keep_documents.letter_of(offer)
    assert letter is not None
    given = {"typed_name": "Robin Example", "sha256": letter.sha256, "read": "on", "reason": "Too far"}
    with time_machine.travel(hours(3), tick=False):
        answers = ten(f"{page}{answer}/", given)
    assert statuses(answers) == {302: TEN}, answers[0].content.decode()
    assert {place.rpartition("?")[2] for place in places(answers)} == {"done"}
    offer.refresh_from_db()
    assert (offer.state, happened(f"offer.{offer.state}")) == (
        {"accept": "accepted", "decline": "declined"}[answer],
        1,
    )
    assert Signature.objects.count() == (answer == "accept")


# --- What the team sends


def said(answers: list, *, status: int) -> set[str]:
    """What stands on those that did not get through."""
    return {answer.content.decode() for answer in answers if answer.status_code == status}


def test_a_view_is_given_once():
    role = factories.make_requisition(must_haves=("Python",))
    person = factories.make_application(requisition=role)
    slate = reviews.ask(application_ids=[person.pk], by=role.recruiter, now=NOW)
    review, must = slate.reviews.get(), role.criteria.get()
    given = {"verdict": "yes", "reason": "Has done it.", f"met_{must.pk}": "yes", f"text_{must.pk}": ""}
    answers = ten(reverse("review", args=[review.pk]), given, role.hiring_manager)
    assert set(statuses(answers)) <= {302, 422}
    assert statuses(answers)[302] >= 1
    assert all("You have already answered: yes." in page for page in said(answers, status=422))
    assert (Review.objects.get().verdict, happened("review.answered")) == ("yes", 1)


def test_evidence_is_handed_in_once():
    user = factories.make_user("interviewer")
    interview = met(user)
    with time_machine.travel(AFTER, tick=False):
        hold(interview)
        card = card_of(interview, user)
        given = values_of(whole(card)) | {"revision": 0, "hand_in": "1"}
        answers = ten(reverse("scorecard", args=[card.pk]), given, user)
    assert set(statuses(answers)) <= {302, 200, 422}, statuses(answers)
    assert (Scorecard.objects.get().state, happened("scorecard.handed_in")) == ("submitted", 1)


def test_somebody_is_hired_once():
    role = factories.make_requisition(openings=2)
    person = factories.make_application(requisition=role, stage_kind="offer")
    page = reverse("application_hire", args=[person.pk])
    seen = browsers(role.recruiter)[0].get(page).context["form"]
    given = {"subject": seen["subject"].value(), "body": seen["body"].value(), "starts_on": ""}
    answers = ten(page, given, role.recruiter)
    assert set(statuses(answers)) <= {302, 422}, statuses(answers)
    assert statuses(answers)[302] >= 1
    assert happened("application.hired") == 1
    assert role.openings.filter(state="filled").count() == 1


def test_somebody_is_rejected_once():
    person = factories.make_application()
    reason = factories.make_reason()
    page = reverse("application_reject", args=[person.pk])
    given = {"reason": reason.code, "subject": "Your application", "body": "We chose otherwise.", "note": ""}
    answers = ten(page, given, person.requisition.recruiter)
    assert set(statuses(answers)) <= {302, 422}, statuses(answers)
    assert statuses(answers)[302] >= 1
    assert happened("application.rejected") == 1
    assert OutgoingMail.objects.filter(role="application.rejected").count() == 1
