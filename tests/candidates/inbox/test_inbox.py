"""The inbox: what found no place is placed by a person, or set aside with a reason, and seen by nobody else."""

from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.kernel.errors import Missing, WrongState
from ats.mail import inbound, reply_tags
from ats.mail.message import message_id
from ats.mail.models import IncomingMail, OutgoingMail
from candidates.inbox import actions
from candidates.internal.models import KeptFrom
from candidates.messages import actions as messages
from candidates.messages.models import Message
from candidates.models import Candidate, Note
from tests.ats.mail.reports import dsn
from tests.candidates.helpers import mails, open_one
from tests.candidates.interviews.test_replies import reply
from tests.candidates.messages.by_mail import LATER, letter, mailbox, tagged
from tests.factories import make_application, make_candidate, make_interview, make_requisition, make_user

__all__ = ["mailbox"]
pytestmark = pytest.mark.django_db
STRANGER = "stranger@elsewhere.example"


def came(content: bytes | None = None) -> IncomingMail:
    inbound.take_in(content or letter("May I still apply?", sender=f"Robin Example <{STRANGER}>"), LATER)
    return IncomingMail.objects.latest("pk")


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(make_user(Role.COORDINATOR))
    return client


def test_a_message_is_placed_on_an_application_and_waits_for_its_answer(desk: Client) -> None:
    application = make_application(candidate=make_candidate(first_name="Robin", last_name="Example"))
    row = came()
    assert "1 message without a place" in desk.get("/").content.decode()
    assert f"/inbox/{row.pk}/" in desk.get("/inbox/").content.decode()
    page = desk.get(f"/inbox/{row.pk}/").content.decode()
    assert "May I still apply?" in page
    assert f'name="application" value="{application.pk}"' in page  # by the name before the address

    answer = desk.post(f"/inbox/{row.pk}/place/", {"application": application.pk})

    assert answer["Location"] == f"/applications/{application.pk}/"
    row.refresh_from_db()
    said = Message.objects.get()
    assert (said.application, said.body, said.sent_from) == (application, "May I still apply?", STRANGER)
    assert (row.state, row.found_by, row.application_id) == ("settled", "hand", application.pk)
    assert open_one(application).kind == "answer"
    assert [mail.to for mail in mails("conversation.received")] == [application.requisition.recruiter.email]
    assert Activity.objects.filter(verb="incoming.placed").count() == 1
    assert desk.post(f"/inbox/{row.pk}/place/", {"application": application.pk}).status_code == 409
    assert Message.objects.count() == 1
    assert "without a place" not in desk.get("/").content.decode()


def test_one_is_set_aside_with_a_reason(desk: Client) -> None:
    row = came()
    assert desk.post(f"/inbox/{row.pk}/aside/", {"reason": "  "}).status_code == 422
    assert desk.post(f"/inbox/{row.pk}/aside/", {"reason": "An advertisement."})["Location"] == "/inbox/"
    row.refresh_from_db()
    assert (row.state, row.reason) == ("aside", "An advertisement.")
    assert f"/inbox/{row.pk}/" not in desk.get("/inbox/").content.decode()
    assert "An advertisement." in desk.get("/inbox/?show=aside").content.decode()


def test_an_application_is_looked_for_by_its_words(desk: Client) -> None:
    application, row = (
        make_application(candidate=make_candidate(first_name="Alex", last_name="Sample")),
        came(),
    )
    other = make_application(candidate=make_candidate(first_name="Kim", last_name="Other"))
    page = desk.get(f"/inbox/{row.pk}/?q=sample").content.decode()
    assert (f'value="{application.pk}"' in page, f'value="{other.pk}"' in page) == (True, False)
    assert "Nobody is found" in desk.get(f"/inbox/{row.pk}/?q=nothing").content.decode()


def test_nobody_places_it_where_they_may_not_look(desk: Client) -> None:
    secret = make_requisition(confidential=True, title="Xylander")
    application = make_application(
        requisition=secret,
        candidate=make_candidate(first_name="Robin", last_name="Example", only_confidential=True),
    )
    row = came()
    assert "Xylander" not in desk.get(f"/inbox/{row.pk}/?q=xylander").content.decode()
    assert "Xylander" not in desk.get(f"/inbox/{row.pk}/").content.decode()
    assert desk.post(f"/inbox/{row.pk}/place/", {"application": application.pk}).status_code in {404, 409}
    assert Message.objects.count() == 0


def test_what_is_about_a_confidential_application_is_for_its_team(client: Client) -> None:
    secret = make_requisition(confidential=True)
    application = make_application(requisition=secret, candidate=make_candidate(only_confidential=True))
    make_user(Role.RECRUITER, email="rae@example.com")
    row = came(letter("What do we say?", sender="rae@example.com", to=tagged(application)))
    seen = {}
    for user in (secret.recruiter, make_user(Role.RECRUITER), make_user(Role.LEAD)):
        client.force_login(user)
        seen[user.role, user == secret.recruiter] = (
            client.get(f"/inbox/{row.pk}/").status_code,
            f"/inbox/{row.pk}/" in client.get("/inbox/").content.decode(),
        )
    assert list(seen.values()) == [(200, True), (404, False), (200, True)]
    with pytest.raises(Missing):
        actions.set_aside(incoming_id=row.pk, reason="x", by=make_user(Role.RECRUITER), now=LATER)


def test_an_answer_to_a_message_about_a_confidential_role_is_for_its_team(client: Client) -> None:
    secret = make_requisition(confidential=True)
    application = make_application(requisition=secret, candidate=make_candidate(only_confidential=True))
    messages.receive(candidate=application.candidate, application=application, body="When?", now=LATER)
    (told,) = mails("conversation.received")
    row = came(letter("Soon.", f"In-Reply-To: {message_id(told)}", sender=STRANGER))
    assert (row.why, row.requisition_id) == ("colleague", secret.pk)
    seen = [
        row in IncomingMail.objects.visible_to(user)
        for user in (secret.recruiter, make_user(Role.RECRUITER), make_user(Role.LEAD))
    ]
    assert seen == [True, False, True]


def test_an_answer_to_what_names_a_role_alone_is_kept_from_whoever_an_applicant_works_for() -> None:
    application, boss = make_application(), make_user(Role.RECRUITER)
    KeptFrom.objects.create(application=application, user=boss)
    messages.receive(candidate=application.candidate, application=application, body="When?", now=LATER)
    (told,) = mails("conversation.received")
    row = came(letter("Not before Monday.", to=reply_tags.address_of(told.pk), sender=STRANGER))
    assert (row.application_id, row.requisition_id) == (None, application.requisition_id)
    seen = [row in IncomingMail.objects.visible_to(user) for user in (boss, make_user(Role.RECRUITER))]
    assert seen == [False, True]


def test_a_calendars_answer_about_a_confidential_interview_is_for_its_team() -> None:
    secret = make_requisition(confidential=True)
    application = make_application(requisition=secret, stage_kind="interview")
    interview = make_interview(application, people=[make_user(Role.INTERVIEWER, email="ada@example.com")])
    counter = (
        b"From: ada@example.com\r\nMessage-ID: <c@mail.example>\r\n"
        b"Content-Type: text/calendar; method=COUNTER; charset=utf-8\r\n\r\n"
    ) + reply(interview, "TENTATIVE", method="COUNTER")
    row = came(counter)
    assert (row.kind, row.why, row.application_id) == ("calendar", "answer", application.pk)
    seen = [
        row in IncomingMail.objects.visible_to(user) for user in (secret.recruiter, make_user(Role.RECRUITER))
    ]
    assert seen == [True, False]


def test_what_two_people_of_one_address_may_have_written_is_for_who_knows_both() -> None:
    secret = make_requisition(confidential=True)
    make_application(candidate=make_candidate(email="robin@example.com"))
    hidden = make_candidate(email="robin@example.com", only_confidential=True)
    make_application(requisition=secret, candidate=hidden)
    row = came(letter())
    assert (row.why, row.candidate_id) == ("several", hidden.pk)
    assert row not in IncomingMail.objects.visible_to(make_user(Role.RECRUITER))


def test_what_found_its_place_by_itself_is_not_opened_here(desk: Client) -> None:
    row = came(letter(sender=STRANGER, to=tagged(make_application())))
    assert (row.state, desk.get(f"/inbox/{row.pk}/").status_code) == ("settled", 404)


@pytest.mark.parametrize("role", [Role.MANAGER, Role.INTERVIEWER, Role.STAKEHOLDER])
def test_mail_is_for_who_recruits(client: Client, role: str) -> None:
    row = came()
    client.force_login(make_user(role))
    assert [client.get(path).status_code for path in ("/inbox/", f"/inbox/{row.pk}/")] == [403, 403]


def test_a_report_about_no_message_of_ours_is_only_set_aside(desk: Client) -> None:
    row, application = came(dsn("<x@y>", to=STRANGER)), make_application()
    assert row.why == "not_ours"
    assert "Place it here" not in desk.get(f"/inbox/{row.pk}/").content.decode()
    by = application.requisition.recruiter
    with pytest.raises(WrongState):
        actions.place(incoming_id=row.pk, application_id=application.pk, by=by, now=LATER)


def test_what_nobody_could_read_is_for_who_oversees(desk: Client) -> None:
    """Its head may name a role that few may know."""
    row = came(HOSTILE["too many parts"])
    application = make_application()
    assert (row.state, row.why) == ("open", "unreadable")
    assert desk.get(f"/inbox/{row.pk}/").status_code == 404
    assert f"/inbox/{row.pk}/" not in desk.get("/inbox/").content.decode()
    lead = make_user(Role.LEAD)
    desk.force_login(lead)
    assert "Place it here" not in desk.get(f"/inbox/{row.pk}/").content.decode()
    with pytest.raises(WrongState):
        actions.place(incoming_id=row.pk, application_id=application.pk, by=lead, now=LATER)
    actions.set_aside(incoming_id=row.pk, reason="No mail program writes so.", by=lead, now=LATER)


HOSTILE: dict[str, Any] = {
    "markup": letter("<script>alert(1)</script>", sender='"<img src=x>" <a@b.example>'),
    "no head": b"\r\n\r\njust words",
    "nothing": b"",
    "zeros": b"Subject: a\x00b\r\n\r\n\x00\x00",
    "halves of letters": b"Content-Type: text/plain; charset=utf-7\r\n\r\nHello +2AA- and +3AA-",
    "half a name": b"Content-Disposition: attachment; filename*=utf-7''a%2B2AA-.pdf\r\n\r\nx",
    "too many parts": b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 5_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_came_in_can_be_looked_at(desk: Client, name: str) -> None:
    desk.force_login(make_user(Role.LEAD))
    inbound.take_in(HOSTILE[name], LATER)
    row = IncomingMail.objects.get()
    page = desk.get(f"/inbox/{row.pk}/")
    assert page.status_code == 200
    assert b"<script>alert(1)" not in page.content
    assert b"<img src=x>" not in desk.get("/inbox/").content


def test_a_colleagues_answer_is_kept_as_a_note(client: Client) -> None:
    secret = make_requisition(confidential=True)
    application = make_application(requisition=secret, candidate=make_candidate(only_confidential=True))
    kim = make_user(Role.MANAGER, email="kim@example.com", name="Kim Partner")
    told = OutgoingMail.objects.create(
        idempotency_key="x",
        role="interviewer.booked",
        to=kim.email,
        subject="You interview on Thursday",
        text="...",
        not_before=LATER,
        **application.about(),
    )
    row = came(letter("I would see them.", sender="kim@example.com", to=reply_tags.address_of(told.pk)))
    client.force_login(secret.recruiter)
    page = client.get(f"/inbox/{row.pk}/").content.decode()
    assert [words in page for words in (kim.name, str(application.candidate), told.subject)] == [True] * 3

    assert client.post(f"/inbox/{row.pk}/note/")["Location"] == f"/applications/{application.pk}/"

    note = Note.objects.get()
    assert (note.body, note.author) == ("Kim Partner wrote by mail:\n\nI would see them.", secret.recruiter)
    row.refresh_from_db()
    assert (row.state, row.settled_by) == ("settled", secret.recruiter)
    assert not Message.objects.exists()
    assert client.post(f"/inbox/{row.pk}/note/").status_code == 409
    client.force_login(make_user(Role.RECRUITER))
    assert client.post(f"/inbox/{row.pk}/note/").status_code == 404


def test_a_strangers_letter_is_no_note(desk: Client) -> None:
    assert desk.post(f"/inbox/{came().pk}/note/").status_code == 409


@pytest.mark.parametrize("way", ["words", "name", "number"])
def test_nothing_is_placed_with_somebody_erased(desk: Client, way: str) -> None:
    application = make_application(candidate=make_candidate(first_name="Robin", last_name="Example"))
    row = came()
    Candidate.objects.filter(pk=application.candidate_id).update(anonymised_at=LATER)
    if way == "number":
        answer = desk.post(f"/inbox/{row.pk}/place/", {"application": application.pk})
        assert (answer.status_code, Message.objects.count()) == (409, 0)
    else:
        page = desk.get(f"/inbox/{row.pk}/" + ("?q=robin" if way == "words" else "")).content.decode()
        assert f'name="application" value="{application.pk}"' not in page
