"""Where a letter that comes in belongs, and who must not speak in a candidate's name."""

from typing import Any

import pytest

from ats.accounts.models import Role
from ats.mail import inbound, reply_tags
from ats.mail.message import message_id
from ats.mail.models import IncomingMail, OutgoingMail
from candidates.compose.portal_links import portal_link
from candidates.messages import actions
from candidates.models import Application, Candidate, FurtherAddress, Message
from tests.candidates.helpers import mails, open_one, run_lane
from tests.candidates.messages.by_mail import (
    LATER,
    application,
    came,
    letter,
    mailbox,
    sent,
    tagged,
)
from tests.factories import NOW, make_application, make_candidate, make_requisition, make_user
from tests.smtp import Catcher

__all__ = ["application", "mailbox"]
pytestmark = pytest.mark.django_db


def test_without_its_tag_it_is_found_by_the_ids_in_its_head(application: Application, smtp: Catcher) -> None:
    mail = sent(application, smtp)
    make_application(candidate=application.candidate)  # by the sender alone it could be either
    row = came(
        letter("Yes.", f"References: <x@y.example> {message_id(mail)}", sender="robin@elsewhere.example")
    )
    assert (row.found_by, row.application_id, row.mail) == ("ids", application.pk, mail)
    assert row.message.sent_from == "robin@elsewhere.example"
    further = came(letter("And Friday.", f"In-Reply-To: {row.message_id}", sender="robin@elsewhere.example"))
    assert (further.found_by, further.application_id) == ("ids", application.pk)


def test_in_the_end_it_is_found_by_its_sender(application: Application) -> None:
    row = came(letter())
    assert (row.found_by, row.application_id, row.message.by_sender) == ("sender", application.pk, True)


def test_a_further_address_of_theirs_is_theirs(application: Application) -> None:
    FurtherAddress.objects.create(
        candidate=application.candidate, kind="email", value="home@example.org", key="home@example.org"
    )
    row = came(letter(sender="Robin <Home@example.org>"))
    assert (row.found_by, row.application_id, row.message.sent_from) == ("sender", application.pk, "")


def test_of_several_applications_the_one_in_play_is_meant(application: Application) -> None:
    make_application(candidate=application.candidate, state="withdrawn")
    assert came(letter()).application_id == application.pk


ASTRAY = {
    "a stranger's": ("unknown", {"sender": "stranger@elsewhere.example"}),
    "without a sender": ("unknown", {"sender": ""}),
    "with a forged tag": ("forged", {"to": "hiring+aaaaaaaaaaaaaaaaaaaaaa@example.com"}),
    "a colleague's": ("colleague", {"sender": "rae@example.com"}),
}


@pytest.mark.parametrize("name", ASTRAY)
def test_what_has_no_place_lies_in_the_inbox_and_changes_nothing(application: Application, name: str) -> None:
    make_user(Role.RECRUITER, email="rae@example.com")
    why, facts = ASTRAY[name]
    row = came(letter(**facts))
    assert (row.state, row.why, Message.objects.count()) == ("open", why, 0)
    assert open_one(application).kind == "stage"


def test_who_has_several_in_play_is_asked_about(application: Application) -> None:
    make_application(candidate=application.candidate)
    row = came(letter())
    assert (row.state, row.why, row.candidate_id) == ("open", "several", application.candidate_id)


def test_a_tag_is_no_proof_that_a_colleague_is_the_candidate(application: Application) -> None:
    make_user(Role.RECRUITER, email="rae@example.com")
    row = came(letter("What do we say?", sender="rae@example.com", to=tagged(application)))
    assert (row.state, row.why, row.application_id) == ("open", "colleague", application.pk)


def test_a_colleague_who_applied_is_their_own_candidate() -> None:
    make_user(Role.INTERVIEWER, email="rae@example.com")
    application = make_application(candidate=make_candidate(email="rae@example.com"))
    row = came(letter(sender="rae@example.com", to=tagged(application)))
    assert (row.state, row.application_id) == ("settled", application.pk)


def test_the_tag_of_somebody_erased_says_so(application: Application) -> None:
    to = tagged(application)
    application.promises.all().delete()
    application.candidate.delete()
    row = came(letter(to=to))
    assert (row.state, row.why, row.application_id) == ("open", "gone", None)


def test_who_answers_a_colleagues_message_is_no_candidate(application: Application, smtp: Catcher) -> None:
    actions.receive(candidate=application.candidate, application=application, body="When?", now=NOW)
    (told,) = mails("conversation.received")
    row = came(letter("Soon.", f"In-Reply-To: {message_id(told)}", sender="private@elsewhere.example"))
    assert (row.state, row.why) == ("open", "colleague")


@pytest.mark.parametrize("role", ["interviewer.booked", "interviewer.sits_in", "interviewer.declined"])
def test_mail_to_colleagues_is_theirs_also_where_it_is_about_a_candidate(
    application: Application, smtp: Catcher, role: str
) -> None:
    """An interviewer who answers from an address of their own must not speak in the candidate's name."""
    mail = sent(application, smtp)
    OutgoingMail.objects.filter(pk=mail.pk).update(role=role)
    row = came(letter("Must I?", f"In-Reply-To: {message_id(mail)}", sender="private@elsewhere.example"))
    assert (row.state, row.why, row.application_id) == ("open", "colleague", application.pk)
    assert not Message.objects.filter(direction="in").exists()


def test_who_answers_a_guess_is_no_better_known(application: Application) -> None:
    first = came(letter("Hello."))
    row = came(letter("Send it there.", f"In-Reply-To: {first.message_id}"))
    assert (row.found_by, row.message.by_sender) == ("sender", True)
    assert row.message.doubt == "Known by the address it names alone, which anybody can write"
    assert mails("conversation.received")[-1].text.count("anybody can write") == 1


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        ("Robin", "robin"),
        ("robin@example.com, eve@example.com", "no address, or several"),
        ("", "no address, or several"),
    ],
)
def test_no_sender_and_several_are_another_one(application: Application, sender: str, said: str) -> None:
    row = came(letter("Yes.", sender=sender, to=tagged(application)))
    assert row.found_by == "tag"
    assert row.message.doubt == f"Sent from another address: {said}"


@pytest.mark.parametrize("sender", ["hiring@example.com", "Hiring+AAAAAAAAAAAAAAAAAAAAAA@example.com"])
def test_our_own_mailbox_is_no_candidate(application: Application, sender: str) -> None:
    row = came(letter(sender=sender, to=tagged(application)))
    assert (row.state, Message.objects.count(), OutgoingMail.objects.count()) == ("settled", 0, 0)


def test_our_own_message_that_comes_round_is_no_answer(application: Application, smtp: Catcher) -> None:
    sent(application, smtp)
    round_about = (
        smtp.messages[0]
        .as_bytes()
        .replace(b"To: ", b"Delivered-To: " + tagged(application).encode() + b"\r\nTo: ", 1)
    )
    row = came(round_about)
    assert (row.state, Message.objects.filter(direction="in").count()) == ("settled", 0)


def test_the_same_answer_in_two_folders_is_one_message(application: Application) -> None:
    content = letter(to=tagged(application))
    for way in (content, b"Received: by another\r\n" + content, content):
        inbound.arrive(way, source="mailbox", now=LATER)
        inbound.read_waiting(LATER)
    assert Message.objects.filter(direction="in").count() == 1
    assert len(mails("conversation.received")) == 1


def test_who_sees_a_confidential_application_sees_what_came_in_about_it() -> None:
    secret = make_requisition(confidential=True)
    application = make_application(requisition=secret, candidate=make_candidate(email="robin@example.com"))
    placed = came(letter(to=tagged(application)))
    other = make_user(Role.RECRUITER)
    seen = {
        user: placed in IncomingMail.objects.visible_to(user)
        for user in (secret.recruiter, other, make_user(Role.LEAD))
    }
    assert list(seen.values()) == [True, False, True]


# --- A message of ours that it answers, by that one's own tag


def answered(mail: OutgoingMail, **facts: Any) -> IncomingMail:
    """Its answer, by a program that leaves the ids out."""
    return came(letter("Must I?", to=reply_tags.address_of(mail.pk), **facts))


def test_what_nobody_else_is_named_to_answer_asks_for_answers_to_itself(
    application: Application, smtp: Catcher
) -> None:
    mail = sent(application, smtp)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        role="interviewer.booked", reply_to="", state="queued", sent_at=None, not_before=NOW
    )
    run_lane("mail", NOW)
    left = smtp.messages[-1]["Reply-To"].addresses[0].addr_spec
    assert left == reply_tags.address_of(mail.pk)

    row = answered(mail, sender="private@elsewhere.example")
    assert (row.state, row.why, row.mail, row.application_id) == ("open", "colleague", mail, application.pk)
    assert not Message.objects.filter(direction="in").exists()


def test_whoever_is_named_to_answer_gets_the_answers(smtp: Catcher, application: Application) -> None:
    mail = sent(application, smtp)
    OutgoingMail.objects.filter(pk=mail.pk).update(
        reply_to="rae@example.com", state="queued", sent_at=None, not_before=NOW
    )
    run_lane("mail", NOW)
    assert smtp.messages[-1]["Reply-To"].addresses[0].addr_spec == "rae@example.com"


def test_what_answers_a_message_about_no_application_belongs_with_the_one_they_have(
    application: Application,
) -> None:
    mail = OutgoingMail.objects.create(
        idempotency_key="x",
        role="portal.link",
        to="robin@example.com",
        subject="Your link",
        text="…",
        not_before=NOW,
        candidate_id=application.candidate_id,
    )
    row = answered(mail)
    assert (row.state, row.found_by, row.mail, row.application_id) == (
        "settled",
        "tag",
        mail,
        application.pk,
    )
    other = answered(mail, sender="another@elsewhere.example")
    assert (other.state, other.found_by, other.application_id) == ("settled", "tag", application.pk)
    for _ in range(2):
        make_application(candidate=application.candidate)
    several = answered(mail, sender="another@elsewhere.example")
    assert (several.state, several.why, several.candidate_id) == (
        "open", "several", application.candidate_id,
    )  # fmt: skip


def test_the_tag_of_a_message_that_is_gone_says_so(application: Application) -> None:
    row = came(letter("Must I?", to=reply_tags.address_of(123_456_789)))
    assert (row.state, row.why) == ("open", "gone")


# --- Who was erased


@pytest.mark.parametrize("way", ["tag", "ids", "earlier"])
def test_nothing_comes_back_to_somebody_erased(application: Application, smtp: Catcher, way: str) -> None:
    mail, to = sent(application, smtp), tagged(application)
    first = came(letter("Hello.", to=to))
    Candidate.objects.filter(pk=application.candidate_id).update(anonymised_at=NOW)
    head = {
        "tag": (),
        "ids": (f"In-Reply-To: {message_id(mail)}",),
        "earlier": (f"In-Reply-To: {first.message_id}",),
    }[way]
    row = came(letter("And on Friday?", *head, sender="new@elsewhere.example", to=to if way == "tag" else ""))
    assert (row.state, row.why in {"gone", "unknown"}, row.candidate_id) == ("open", True, None)
    assert not Message.objects.filter(body="And on Friday?").exists()


def test_keys_in_our_own_links_do_not_come_back_with_what_they_quote(application: Application) -> None:
    """Who reads the conversation is not who got the link."""
    link = portal_link(application.candidate, NOW)
    said = came(
        letter(f"I see no date at {link} yet.\r\n\r\n> Look here: {link}", to=tagged(application))
    ).message
    key = link.rstrip("/").rpartition("/")[2]
    assert key not in said.body + said.below
    assert said.body == f"I see no date at {link.replace(key, '…')} yet."
    elsewhere = came(letter("https://example.com/status/123456", to=tagged(application))).message
    assert elsewhere.body == "https://example.com/status/123456"
