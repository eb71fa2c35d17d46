"""The candidate's answer: signed once, by one of two tabs, under the letter that was read."""

import hashlib
from datetime import datetime, time, timedelta
from typing import Any

import pypdfium2
import pytest

from ats.accounts.models import Role
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.models import OutgoingMail
from candidates.applications.actions import reject, undo_decision
from candidates.messages.actions import receive
from candidates.messages.actions import send as write
from candidates.models import Application, HireRecord, Offer, OfferDocument, Signature
from candidates.offers import actions
from candidates.offers.actions import answer, keep_documents
from candidates.offers.models import OfferState
from tests.candidates.helpers import at_once, days, hours, mails, open_one, run_lane, whole
from tests.candidates.offers.conftest import FIRST_DAY, sent
from tests.factories import make_application, make_candidate, make_requisition


def accept(offer: Offer, **given: Any) -> Offer:
    letter = keep_documents.letter_of(offer)
    facts: dict[str, Any] = {
        "typed_name": "Robin  Example",
        "sha256": letter.sha256 if letter else "",
        "ip": "192.0.2.7",
        "user_agent": "Browser/1.0",
        "candidate": offer.application.candidate,
        "now": hours(3),
    }
    return answer.accept(offer=offer, **(facts | given))


def words_of(content: bytes) -> str:
    pdf = pypdfium2.PdfDocument(content)
    return "\n".join(page.get_textpage().get_text_range() for page in pdf)


@pytest.mark.ordinary_day
def test_accepting_signs_hires_and_welcomes(application):
    offer = sent(application)
    accept(offer)
    offer = accept(offer, now=hours(4))  # a second click
    application.refresh_from_db()
    signature = Signature.objects.get()
    letter, signed = OfferDocument.objects.order_by("id")
    assert (offer.state, signature.typed_name, str(signature.ip), signature.user_agent) == (
        "accepted", "Robin Example", "192.0.2.7", "Browser/1.0",
    )  # fmt: skip
    assert signature.document_sha256 == hashlib.sha256(keep_documents.bytes_of(letter)).hexdigest()
    said = words_of(keep_documents.bytes_of(signed))
    assert said.startswith(words_of(keep_documents.bytes_of(letter)))
    for word in ("Signed", "192.0.2.7", "Robin Example", f"{hours(3):%Y-%m-%d %H:%M:%S}"):
        assert word in said
    assert (application.state, application.opening_id, application.starts_on, application.told_at) == (
        "hired", offer.opening_id, FIRST_DAY, hours(3),
    )  # fmt: skip
    assert application.decided_by == offer.made_by
    offer.opening.refresh_from_db()
    assert offer.opening.state == "filled"
    [welcome] = mails("offer.accepted")
    assert (welcome.to, bytes(welcome.attachments.get().content)) == (
        application.candidate.email, keep_documents.bytes_of(signed),
    )  # fmt: skip
    assert mails("application.hired") == []
    assert len(mails("offer.answered")) == 2
    assert not application.promises.open().exists()
    assert HireRecord.objects.get().facts["letter_sha256"] == signature.document_sha256
    with pytest.raises(WrongState, match="told"):
        undo_decision(application_id=application.pk, by=offer.made_by, now=hours(5))


@pytest.mark.ordinary_day
def test_even_where_the_one_who_made_it_has_left(application):
    offer = sent(application)
    offer.made_by.is_active, offer.made_by.role = False, Role.STAKEHOLDER
    offer.made_by.save()
    assert accept(offer).state == "accepted"
    assert [mail.to for mail in mails("offer.answered")] == [application.requisition.hiring_manager.email]


@pytest.mark.ordinary_day
def test_what_is_over_says_so_kindly(application):
    offer = sent(application)
    stranger = make_candidate()
    with pytest.raises(Missing):
        accept(offer, candidate=stranger)
    with pytest.raises(Invalid, match="Type your name"):
        accept(offer, typed_name=" ")
    with pytest.raises(Conflict, match="has changed since"):
        accept(offer, sha256="0" * 64)
    with pytest.raises(Missing):
        accept(offer, now=hours(0.1))  # not theirs yet
    with pytest.raises(WrongState, match="has run out"):
        accept(offer, now=days(30))
    answer.decline(offer=offer, reason="The pay", candidate=application.candidate, now=hours(2))
    answer.decline(offer=offer, reason="Again", candidate=application.candidate, now=hours(2))
    offer.refresh_from_db()
    assert (offer.state, offer.end_reason) == ("declined", "The pay")
    assert open_one(application).what == "Word on how we go on"
    assert "In their words: The pay" in mails("offer.answered")[0].text
    with pytest.raises(WrongState, match="have declined"):
        accept(offer)
    reject(
        application_id=application.pk, reason="stronger-match", by=offer.made_by, now=hours(4), message=None
    )
    assert OutgoingMail.objects.filter(role="offer.sent", state="queued").count() == 0


@pytest.mark.ordinary_day
@pytest.mark.django_db(transaction=True)
def test_of_two_tabs_one_wins():
    one = make_application(stage_kind="offer", requisition=make_requisition(openings=1))
    offer = sent(one)
    fresh = [Offer.objects.get(pk=offer.pk) for _ in range(3)]
    found = at_once(
        lambda: accept(fresh[0]),
        lambda: accept(fresh[1]),
        lambda: answer.decline(offer=fresh[2], reason="", candidate=one.candidate, now=hours(3)),
    )
    state = Offer.objects.get(pk=offer.pk).state
    kinds = [type(each).__name__ for each in found]
    wanted = (
        ["Offer", "Offer", "WrongState"] if state == "accepted" else ["WrongState", "WrongState", "Offer"]
    )
    assert kinds == wanted
    assert Signature.objects.count() == (state == "accepted")
    assert Application.objects.get(pk=one.pk).state == ("hired" if state == "accepted" else "active")


@pytest.mark.ordinary_day
@pytest.mark.django_db(transaction=True)
def test_accepting_while_it_is_withdrawn():
    one = make_application(stage_kind="offer", requisition=make_requisition(openings=1))
    offer = sent(one)
    found = at_once(
        lambda: accept(Offer.objects.get(pk=offer.pk)),
        lambda: actions.withdraw(offer_id=offer.pk, reason="x", by=offer.made_by, now=hours(3)),
    )
    state = Offer.objects.get(pk=offer.pk).state
    assert state in {OfferState.ACCEPTED, OfferState.WITHDRAWN}
    assert sorted(type(each).__name__ for each in found) == ["Offer", "WrongState"]


def test_after_an_outage_nobody_is_reminded_in_their_night(application):
    offer = sent(application, valid_days=5)
    zone = application.calendar.zone
    night = datetime.combine(
        offer.remind_at.astimezone(zone).date() + timedelta(days=1), time(3), tzinfo=zone
    )
    assert night < offer.expires_at

    run_lane("tasks", night)

    [mail] = mails("offer.reminder")
    assert mail.not_before == night.replace(hour=8)


def test_an_offer_does_not_answer_what_they_asked(application):
    """It reaches them, reminds and runs out by its own clock, and their question is owed an answer all the while."""
    by = application.requisition.recruiter
    receive(candidate=application.candidate, application=application, body="Is there a car?", now=hours(-1))
    asked = open_one(application)
    assert asked.kind == "answer"
    offer = sent(application, valid_days=1)
    assert open_one(application) == asked
    run_lane("tasks", offer.remind_at)
    assert len(mails("offer.reminder")) == 1
    write(application_id=application.pk, subject="Car", body="There is.", by=by, now=offer.remind_at)
    asked.refresh_from_db()
    awaited = open_one(application)
    assert (asked.state, awaited.kind, awaited.due_at) == ("kept", "offer", offer.expires_at)


@pytest.mark.ordinary_day
@pytest.mark.parametrize("how", ["declined", "expired", "withdrawn"])
def test_the_end_of_an_offer_does_not_answer_it_either(application, how):
    by = application.requisition.recruiter
    offer = sent(application)
    receive(candidate=application.candidate, application=whole(application), body="A car?", now=hours(2))
    asked = open_one(application)
    assert asked.kind == "answer"
    if how == "declined":
        at = hours(3)
        answer.decline(offer=offer, reason="", candidate=application.candidate, now=at)
    elif how == "expired":
        at = offer.expires_at
        answer.expire(offer, at)
    else:
        at = hours(3)
        actions.withdraw(offer_id=offer.pk, reason="A freeze", by=by, now=at)
    assert Offer.objects.get().state == how
    assert open_one(application) == asked
    write(application_id=application.pk, subject="Car", body="There is.", by=by, now=at)
    assert open_one(application).what == "Word on how we go on"


@pytest.mark.ordinary_day
def test_nor_does_their_own_yes(application):
    offer = sent(application)
    receive(candidate=application.candidate, application=whole(application), body="A car?", now=hours(2))
    asked = open_one(application)
    accept(offer, now=hours(3))
    asked.refresh_from_db()
    assert (asked.kind, asked.state) == ("answer", "released")
    assert application.messages.unanswered().count() == 1
