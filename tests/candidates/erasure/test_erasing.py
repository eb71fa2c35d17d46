"""Asking to be erased, what waits for a law, a hold or a message, and what comes of it."""

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.urls import reverse

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import standstill
from ats.duework.models import Standstill
from ats.kernel.errors import Missing, NotAllowed, WrongState
from ats.kernel.moments import months_after
from ats.mail.models import OutgoingMail
from candidates.applications.actions import add_application, add_note, apply, undo_decision
from candidates.data_requests.actions import answer_complaint, complain
from candidates.data_requests.queries import listing
from candidates.erasure.actions.ask import ask, ask_for_them, call_off
from candidates.erasure.actions.erase import erase_again
from candidates.erasure.actions.hold import hold_person, hold_role, lift
from candidates.erasure.domain import ledger
from candidates.models import Application, Candidate, Erasure, Interview, Message, Promise
from candidates.portal.actions.make_links import new_link
from tests.candidates.helpers import at_once, run_lane, submission
from tests.candidates.interviews import builders
from tests.candidates.offers.conftest import sent
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_location,
    make_message,
    make_organisation,
    make_post,
    make_requisition,
    make_user,
)

SOON = NOW + timedelta(minutes=2)


@pytest.fixture(autouse=True)
def erasures(settings: Any, tmp_path: Any) -> Any:
    settings.ERASURES = tmp_path / "erasures.jsonl"
    return settings.ERASURES


def erase(candidate: Candidate, *, by: Any = None) -> Erasure:
    """Asked for, done, and whatever had to leave before has left."""
    ask(candidate=candidate, now=NOW)
    for minute in range(0, 6, 2):
        run_lane("erasures", NOW + timedelta(minutes=minute))
        OutgoingMail.objects.filter(state="queued").update(state="sent", sent_at=NOW)
    run_lane("erasures", NOW + timedelta(minutes=20))
    return Erasure.objects.standing().get(candidate=candidate)


@pytest.mark.ordinary_day
@pytest.mark.django_db
def test_who_is_in_play_withdraws_with_it_and_interviewers_hear_of_it_first() -> None:
    requisition = make_requisition()
    interviewer = builders.interviewers(requisition, 1)[0]
    application = builders.in_play(requisition)
    planned = builders.plan(requisition, interviewer)
    builders.book(application, planned, builders.at(11))
    OutgoingMail.objects.update(state="sent", sent_at=NOW)

    ask(candidate=application.candidate, now=NOW)
    run_lane("erasures", NOW)

    application.refresh_from_db()
    assert application.state == "withdrawn"
    assert Interview.objects.get().state == "cancelled"
    called_off = OutgoingMail.objects.filter(state="queued", to=interviewer.email)
    assert called_off.count() == 1
    assert Erasure.objects.get().state == "waiting"
    run_lane("erasures", SOON)
    assert Erasure.objects.get().state == "waiting", "who was to meet them has not heard of it yet"

    OutgoingMail.objects.filter(state="queued").update(state="sent", sent_at=NOW)
    run_lane("erasures", SOON + timedelta(minutes=2))
    assert Erasure.objects.get().state == "erased"
    assert Candidate.objects.get().name == "Data erased"
    assert not OutgoingMail.objects.filter(candidate_id=application.candidate_id).exists()


@pytest.mark.django_db
def test_an_offer_that_is_out_ends_with_it() -> None:
    offer = sent(make_application(stage_kind="offer"))
    OutgoingMail.objects.update(state="sent", sent_at=NOW)

    erase(offer.application.candidate)

    offer.refresh_from_db()
    assert offer.state in {"declined", "withdrawn"}
    terms = offer.terms.get()
    assert (terms.letter, terms.custom, terms.place) == ("", [], "")
    assert offer.documents.count() == 0
    assert Promise.objects.filter(application=offer.application, state__in=["open", "telling"]).count() == 0


@pytest.mark.django_db
def test_asked_twice_it_is_one_and_after_it_there_is_nothing_to_ask() -> None:
    application = make_application(state="rejected")
    first = ask(candidate=application.candidate, now=NOW)
    assert ask(candidate=application.candidate, now=SOON) == first
    erase(application.candidate)
    assert ask(candidate=application.candidate, now=SOON).pk == first.pk
    assert Erasure.objects.count() == 1


@pytest.mark.django_db
def test_it_can_be_called_off_until_it_is_done() -> None:
    candidate = make_application(state="rejected").candidate
    ask(candidate=candidate, now=NOW)
    call_off(candidate_id=candidate.pk, by=candidate, now=NOW)
    assert run_lane("erasures", SOON) == 0
    erase(candidate)
    with pytest.raises(WrongState):
        call_off(candidate_id=candidate.pk, by=candidate, now=SOON)


@pytest.mark.django_db
def test_the_same_address_can_apply_again() -> None:
    post = make_post()
    first = apply(submission=submission(post), now=NOW).application
    erase(first.candidate)

    again = apply(submission=submission(post), now=SOON).application

    assert again.candidate_id != first.candidate_id
    assert again.candidate.name == "Robin Example"
    assert Application.objects.get(pk=first.pk).state == "withdrawn"


@pytest.mark.django_db
def test_a_hold_holds_and_lifting_it_lets_go() -> None:
    lead = make_user(Role.LEAD)
    application = make_application(state="rejected")
    hold = hold_person(candidate_id=application.candidate_id, reason="A claim", by=lead, now=NOW)
    of_role = hold_role(requisition_id=application.requisition_id, reason="An audit", by=lead, now=NOW)
    ask(candidate=application.candidate, now=NOW)
    assert run_lane("erasures", SOON) == 0
    lift(hold_id=hold.pk, by=lead, now=NOW)
    assert run_lane("erasures", SOON) == 0, "the role holds them too"
    lift(hold_id=of_role.pk, by=lead, now=NOW)
    assert run_lane("erasures", SOON) > 0
    with pytest.raises(WrongState):
        hold_person(candidate_id=application.candidate_id, reason="Too late", by=lead, now=NOW)
    with pytest.raises(WrongState):
        lift(hold_id=hold.pk, by=lead, now=NOW)
    with pytest.raises(NotAllowed):
        lift(hold_id=hold.pk, by=make_user(Role.RECRUITER), now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("country", "region", "months", "because"),
    [
        ("DE", "", 0, ""),
        ("US", "", 12, "us"),
        ("US", "California", 48, "us-ca"),
        ("CA", "Ontario", 36, "ca-on"),
    ],
)
def test_a_law_keeps_them_for_its_time(country: str, region: str, months: int, because: str) -> None:
    organisation = make_organisation()
    location = make_location(organisation, country=country, region=region)
    requisition = make_requisition(organisation=organisation, location=location)
    application = make_application(requisition=requisition, state="rejected")

    erasure = ask(candidate=application.candidate, now=NOW)

    assert (erasure.due_at, erasure.because) == (months_after(NOW, months), because)


@pytest.mark.django_db
def test_a_small_employer_is_not_bound_by_it() -> None:
    organisation = make_organisation(employees={"CA-ON": 24})
    location = make_location(organisation, country="CA", region="Ontario")
    requisition = make_requisition(organisation=organisation, location=location)
    application = make_application(requisition=requisition, state="rejected")
    assert ask(candidate=application.candidate, now=NOW).due_at == NOW


@pytest.mark.django_db
def test_only_who_oversees_does_it_for_them() -> None:
    candidate = make_application(state="rejected").candidate
    for role in (Role.RECRUITER, Role.MANAGER, Role.INTERVIEWER, Role.COORDINATOR):
        with pytest.raises(Missing):
            ask_for_them(candidate_id=candidate.pk, by=make_user(role), now=NOW)
    ask_for_them(candidate_id=candidate.pk, by=make_user(Role.LEAD), now=NOW)
    assert Erasure.objects.get().why == "colleague"


@pytest.mark.django_db
def test_the_receipt_says_what_went_and_is_forgotten_once_it_has_left() -> None:
    application = make_application(state="rejected", candidate=make_candidate(language="de"))
    make_message(application)
    address = application.candidate.email
    ask(candidate=application.candidate, now=NOW)
    run_lane("erasures", NOW)

    erasure = Erasure.objects.get()
    receipt = erasure.receipt
    assert receipt is not None
    assert (receipt.to, receipt.candidate_id) == (address, None)
    assert "1 Bewerbung, 1 Nachricht" in receipt.text
    assert str(erasure.reference) in receipt.text
    run_lane("erasures", SOON)
    assert Erasure.objects.get().state == "erased", "not while the receipt waits to leave"
    receipt.state, receipt.sent_at = "sent", NOW
    receipt.save()
    run_lane("erasures", NOW + timedelta(minutes=8))
    assert (Erasure.objects.get().state, OutgoingMail.objects.count()) == ("done", 0)


@pytest.mark.django_db
def test_the_record_says_that_it_happened_and_no_word_of_theirs(erasures: Any) -> None:
    application = make_application(state="rejected")
    erase(application.candidate)
    rows = Activity.objects.filter(candidate_id=application.candidate_id)
    assert set(rows.values_list("verb", flat=True)) == {"candidate.erasure_asked", "candidate.erased"}
    assert {row.actor_name for row in rows if row.actor_kind == "candidate"} == {""}
    [line] = erasures.read_text().splitlines()
    assert set(json.loads(line)) == {"candidate", "created_at", "erased_at", "reference"}


@pytest.mark.django_db
def test_whom_a_backup_brings_back_is_erased_again_and_nobody_else(erasures: Any) -> None:
    application = make_application(state="rejected")
    candidate = application.candidate
    entry = ledger.Entry(candidate.pk, candidate.created_at.isoformat(), NOW.isoformat(), "x")
    of_another = ledger.Entry(
        candidate.pk, (candidate.created_at - timedelta(days=1)).isoformat(), NOW.isoformat(), "y"
    )
    assert erase_again(of_another, now=NOW) is False, "the number is somebody else's by now"
    assert erase_again(entry, now=NOW) is True
    assert erase_again(entry, now=NOW) is False
    assert Candidate.objects.get().anonymised_at == NOW
    assert Erasure.objects.get().why == "again"
    assert OutgoingMail.objects.count() == 0, "they have their receipt"


@pytest.mark.django_db
def test_the_command_erases_again_and_the_outbox_says_how_many(client: Any, tmp_path: Any) -> None:
    candidate = make_application(state="rejected").candidate
    entry = ledger.Entry(candidate.pk, candidate.created_at.isoformat(), NOW.isoformat(), "x")
    standstill.begin(backup_made_at=NOW - timedelta(hours=8), now=NOW)
    client.force_login(make_user(Role.LEAD))
    assert "is here again" in client.get("/settings/outbox/").content.decode()
    given = tmp_path / "of-before.jsonl"
    given.write_text(json.dumps(asdict(entry)) + "\n")

    call_command("erase_again", str(given))
    call_command("erase_again", str(given))

    assert Candidate.objects.get().anonymised_at is not None
    assert Standstill.objects.get().erased_again == 1
    page = client.get("/settings/outbox/").content.decode()
    assert "1 person who was erased since the backup was made is erased again." in page
    given.write_text("no list\n")
    with pytest.raises(CommandError, match="Line 1"):
        call_command("erase_again", str(given))


def test_a_line_that_is_none_is_named_and_one_cut_off_is_passed_over(tmp_path: Any) -> None:
    entry = ledger.Entry(1, NOW.isoformat(), NOW.isoformat(), "x")
    ledger.add([entry])
    with ledger.path().open("a") as file:
        file.write('{"candidate": 2')
    assert list(ledger.entries(ledger.path())) == [entry]
    with ledger.path().open("a") as file:
        file.write("\n")
    with pytest.raises(ledger.Unreadable, match="Line 2"):
        list(ledger.entries(ledger.path()))


@pytest.mark.django_db(transaction=True)
def test_two_workers_and_a_message_at_the_same_moment() -> None:
    application = make_application(state="rejected")
    ask(candidate=application.candidate, now=NOW)

    def write() -> None:
        with transaction.atomic():
            Candidate.objects.select_for_update(no_key=True).get(pk=application.candidate_id)
            make_message(application, body="Zyxmark")

    at_once(lambda: run_lane("erasures", NOW), lambda: run_lane("erasures", NOW), write)

    run_lane("erasures", NOW + timedelta(minutes=2))
    erasure = Erasure.objects.get()
    assert (erasure.erased_at, erasure.last_error) == (NOW, "")
    assert [message.body for message in Message.objects.all()] == [""], "whenever it came"


# --- On their own page


@pytest.mark.django_db
def test_on_their_page_they_read_what_ends_and_ask(client: Any) -> None:
    application = make_application()
    token = new_link(candidate=application.candidate, now=NOW).rstrip("/").rpartition("/")[2]
    page = reverse("status_erase", args=[token])
    said = client.get(page).content.decode()
    assert application.requisition.title in said
    assert Erasure.objects.count() == 0, "reading asks for nothing"
    client.post(page)
    assert Erasure.objects.get().why == "asked"
    client.post(page, {"keep": "1"})
    assert Erasure.objects.get().state == "cancelled"
    assert client.get(reverse("status_erase", args=["another"])).status_code == 404


@pytest.mark.django_db
def test_their_page_is_gone_with_them(client: Any) -> None:
    application = make_application(state="rejected")
    make_message(application)
    token = new_link(candidate=application.candidate, now=NOW).rstrip("/").rpartition("/")[2]
    erase(application.candidate)
    assert client.get(reverse("status", args=[token])).status_code == 404
    assert [message.body for message in Message.objects.all()] == [""]


@pytest.mark.django_db
def test_a_complaint_is_answered_first() -> None:
    application = make_application(state="rejected")
    complaint = complain(candidate=application.candidate, text="You ask for too much.", now=NOW)
    erasure = ask(candidate=application.candidate, now=NOW)
    assert (erasure.due_at, erasure.because) == (complaint.due_at, "complaint")
    run_lane("erasures", complaint.due_at)
    assert Erasure.objects.get().state == "waiting", "nobody has answered yet"

    lead = make_user(Role.LEAD)
    answered = complaint.due_at + timedelta(hours=1)
    answer_complaint(
        complaint_id=complaint.pk, outcome="upheld", answer="You are right.", by=lead, now=answered
    )
    OutgoingMail.objects.filter(state="queued").update(state="sent", sent_at=answered)
    run_lane("erasures", complaint.due_at + timedelta(hours=7))

    assert Erasure.objects.get().state == "erased"
    complaint.refresh_from_db()
    assert (complaint.outcome, complaint.email, complaint.candidate) == ("upheld", "", None)


@pytest.mark.django_db
def test_what_was_asked_for_stands_among_the_requests_and_what_the_clock_does_does_not(client: Any) -> None:
    asked = make_application(state="rejected").candidate
    ask(candidate=asked, now=NOW)
    by_clock = make_application(state="rejected").candidate
    Erasure.objects.create(candidate=by_clock, why="retention", asked_at=NOW, due_at=NOW)
    lead = make_user(Role.LEAD)
    lines = listing.lines(lead, now=NOW, only="erasure")
    assert [(line.who, line.is_open) for line in lines] == [(asked.name, True)]
    assert listing.lines(make_user(Role.RECRUITER), now=NOW, only="erasure") == []


@pytest.mark.django_db
def test_nobody_decides_anew_or_writes_about_who_is_erased(client: Any) -> None:
    application = make_application(state="rejected")
    recruiter = application.requisition.recruiter
    erase(application.candidate)
    with pytest.raises(WrongState):
        undo_decision(application_id=application.pk, by=recruiter, now=SOON)
    with pytest.raises(WrongState):
        add_note(application_id=application.pk, body="Remember them.", by=recruiter, now=SOON)
    another = make_requisition(recruiter=recruiter)
    with pytest.raises(Missing):
        add_application(
            candidate_id=application.candidate_id, requisition_id=another.pk, by=recruiter, now=SOON
        )
    client.force_login(recruiter)
    assert f"/candidates/{application.candidate_id}/" not in client.get("/candidates/").content.decode()
    page = client.get(f"/candidates/{application.candidate_id}/")
    assert "Their data were erased" in page.content.decode()
    assert "Take up for a role" not in page.content.decode()
    assert client.get(f"/applications/{application.pk}/").status_code == 200


@pytest.mark.django_db
def test_digests_that_named_them_lose_their_words_and_others_keep_theirs() -> None:
    application = make_application(state="rejected", candidate=make_candidate(last_name="Quellwood"))
    facts = {"role": "day.digest", "state": "sent", "sent_at": NOW, "not_before": NOW, "subject": "Your day"}
    named = OutgoingMail.objects.create(
        idempotency_key="a", to="kim@example.com", text="- Robin Quellwood: first answer", **facts
    )
    other = OutgoingMail.objects.create(
        idempotency_key="b", to="kim@example.com", text="- Robin Quellwoodsen: first answer", **facts
    )
    erase(application.candidate)
    named.refresh_from_db()
    other.refresh_from_db()
    assert named.text == "The words of this message are kept no longer."
    assert other.text == "- Robin Quellwoodsen: first answer"


@pytest.mark.django_db
def test_what_was_on_its_way_in_meanwhile_goes_a_minute_later() -> None:
    """A page that was open writes into the very minute of the erasure."""
    application = make_application(state="rejected")
    ask(candidate=application.candidate, now=NOW)
    run_lane("erasures", NOW)
    make_message(application, body="One more thing.")
    Candidate.objects.filter(pk=application.candidate_id).update(phone="+49 30 901820")
    OutgoingMail.objects.update(state="sent", sent_at=NOW)

    run_lane("erasures", SOON)

    candidate = Candidate.objects.get()
    assert (candidate.phone, candidate.anonymised_at) == ("", NOW)
    assert [message.body for message in Message.objects.all()] == [""]
    assert Erasure.objects.get().state == "done"


@pytest.mark.django_db
def test_what_a_hold_keeps_is_not_late_and_what_nobody_holds_is() -> None:
    lead = make_user(Role.LEAD)
    free, kept = (make_application(state="rejected").candidate for _ in range(2))
    for candidate in (free, kept):
        ask(candidate=candidate, now=NOW)
    hold_person(candidate_id=kept.pk, reason="A dispute.", by=lead, now=NOW)

    def said(now: Any) -> dict[str, Any]:
        found = listing.lines(lead, now=now, only="erasure")
        return {line.who: (line.state, line.is_late(now)) for line in found}

    assert said(SOON) == {free.name: ("Waiting", False), kept.name: ("Under a legal hold", False)}
    assert said(NOW + timedelta(days=2)) == {
        free.name: ("Waiting", True),
        kept.name: ("Under a legal hold", False),
    }
