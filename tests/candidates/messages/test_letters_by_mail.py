"""What candidates write by mail becomes part of the conversation that it belongs to, and loses nothing."""

from base64 import b64encode
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.test import Client

from ats.accounts.models import Role
from ats.duework import engine
from ats.mail import inbound, reply_tags
from ats.mail.message import message_id
from ats.mail.models import IncomingMail, OutgoingMail
from ats.settings import urls
from candidates.compose.portal_links import portal_link
from candidates.messages import actions
from candidates.models import Application, Document, Message
from tests.candidates.helpers import hours, mails, open_one, run_lane
from tests.factories import NOW, make_application, make_candidate, make_requisition, make_user
from tests.imap import Mailbox
from tests.smtp import Catcher

pytestmark = pytest.mark.django_db
_number = count(1)
LATER = NOW + timedelta(hours=3)


@pytest.fixture(autouse=True)
def mailbox(settings: Any) -> None:
    settings.INBOUND = {"host": "127.0.0.1"}
    settings.INBOUND_ADDRESS, settings.INBOUND_SUBADDRESS = "hiring@example.com", "+"


@pytest.fixture
def application() -> Application:
    return make_application(candidate=make_candidate(email="robin@example.com"))


def letter(
    text: str = "Thursday suits me.", *head: str, sender: str = "Robin <robin@example.com>", to: str = ""
) -> bytes:
    lines = [
        f"From: {sender}",
        f"To: {to or 'hiring@example.com'}",
        f"Message-ID: <m{next(_number)}@mail.example>",
        "Subject: Re: Thursday",
        *head,
        "Content-Type: text/plain; charset=utf-8",
        "",
        text,
        "",
    ]
    return "\r\n".join(lines).encode()


def tagged(application: Application) -> str:
    return reply_tags.address_for(application.pk)


def came(content: bytes) -> IncomingMail:
    inbound.take_in(content, LATER)
    return IncomingMail.objects.latest("pk")


def sent(application: Application, smtp: Catcher, now: float = 1) -> OutgoingMail:
    message = actions.send(
        application_id=application.pk,
        subject="Thursday",
        body="Hello Robin,\n\nwould Thursday suit you?",
        by=application.requisition.recruiter,
        now=hours(now),
    )
    run_lane("mail", hours(now))
    assert message.mail is not None
    message.mail.refresh_from_db()
    return message.mail


# --- Both ways


def test_an_answer_by_mail_is_a_message_that_waits_and_is_told(
    application: Application, smtp: Catcher, settings: Any
) -> None:
    sent(application, smtp)
    (ours,) = smtp.messages
    assert ours["Reply-To"].addresses[0].addr_spec == tagged(application)
    assert ours["Auto-Submitted"] is None
    answer = letter(
        "Thursday suits me.\r\n\r\n-- \r\nRobin\r\n\r\nOn Tue, Kim <kim@example.com> at 10:00 wrote:\r\n> Hello Robin,",
        f"In-Reply-To: {ours['Message-ID']}",
        to=ours["Reply-To"].addresses[0].addr_spec.upper(),
    )
    with Mailbox(answer) as box:
        settings.INBOUND = urls.inbound(f"imap://accord:secret@127.0.0.1:{box.port}/INBOX")
        engine.tick(LATER)
        assert box.marks == {1: rb"(\Seen)"}

    said = Message.objects.get(direction="in")
    assert (said.body, said.subject, said.application, said.said_at) == (
        "Thursday suits me.",
        "Re: Thursday",
        application,
        LATER,
    )
    below = "-- Robin On Tue, Kim <kim@example.com> at 10:00 wrote: > Hello Robin,"
    assert " ".join(said.below.split()) == below
    assert (said.sent_from, said.by_sender, said.answered_at) == ("", False, None)
    assert (said.incoming.state, said.incoming.found_by, said.incoming.mail) == (
        "settled",
        "tag",
        OutgoingMail.objects.get(role="conversation.message"),
    )
    assert open_one(application).kind == "answer"
    (told,) = mails("conversation.received")
    assert told.to == application.requisition.recruiter.email
    assert "Thursday suits me." in told.text

    # Our answer goes on in the same conversation, in order.
    sent(application, smtp, now=4)
    again = smtp.to("robin@example.com")[-1]
    assert again["In-Reply-To"] == said.incoming.message_id
    assert again["References"].split() == [ours["Message-ID"], said.incoming.message_id]
    said.refresh_from_db()
    assert said.answered_at == hours(4)


def test_messages_of_another_application_are_not_in_the_thread(
    application: Application, smtp: Catcher
) -> None:
    sent(application, smtp)
    other = make_application(candidate=application.candidate)
    sent(other, smtp, now=2)
    assert [mail["References"] for mail in smtp.to("robin@example.com")] == [None, None]


def test_a_long_thread_keeps_its_first_and_its_last(application: Application, smtp: Catcher) -> None:
    for hour in range(1, 14):
        sent(application, smtp, now=hour)
    ids = [mail["Message-ID"] for mail in smtp.to("robin@example.com")]
    assert smtp.to("robin@example.com")[-1]["References"].split() == [ids[0], *ids[3:12]]


# --- Where it belongs


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


# --- What came along


def with_files(*files: tuple[str, str, bytes], to: str) -> bytes:
    lines = [
        "From: robin@example.com", f"To: {to}", f"Message-ID: <m{next(_number)}@mail.example>", "Subject: My papers",
        'Content-Type: multipart/mixed; boundary="b"', "", "--b", "Content-Type: text/plain", "", "Here they are.",
    ]  # fmt: skip
    for name, kind, content in files:
        lines += ["--b", f'Content-Type: {kind}; name="{name}"', "Content-Transfer-Encoding: base64", ""]
        lines.append(b64encode(content).decode())
    return "\r\n".join([*lines, "--b--", ""]).encode()


def test_files_go_through_the_same_checks_as_uploads(application: Application, client: Client) -> None:
    row = came(
        with_files(
            ("notes.txt", "text/plain", b"What I did."),
            ("cv.docx", "application/msword", b"MZ\x90\x00 a program"),
            ("../../etc/passwd.txt", "text/plain", b"root"),
            ("empty.txt", "text/plain", b""),
            to=tagged(application),
        )
    )
    said = row.message
    assert [file.filename for file in said.files.order_by("pk")] == ["notes.txt", "passwd.txt"]
    assert set(Document.objects.values_list("kind", "application", "candidate", "uploaded_by")) == {
        ("other", application.pk, application.candidate_id, None)
    }
    assert [line.partition(":")[0] for line in said.not_kept] == ["cv.docx", "empty.txt"]

    client.force_login(application.requisition.recruiter)
    page = client.get(f"/applications/{application.pk}/").content.decode()
    assert "Here they are." in page
    assert f"/documents/{said.files.earliest('pk').pk}/file/" in page
    assert "Not kept: <bdi>cv.docx" in page


@pytest.mark.parametrize(
    "named",
    [
        'filename="=?iso-8859-1?Q?Lebenslauf_M=FCller.txt?="',
        'filename="=?utf-8?B?TGViZW5zbGF1ZiBNw7xsbGVyLnR4dA==?="',
        "filename*=utf-8''Lebenslauf%20M%C3%BCller.txt",
        "filename*0*=utf-8''Lebenslauf%20; filename*1*=M%C3%BCller.txt",
    ],
)
def test_a_file_has_the_name_that_its_sender_gave_it(application: Application, named: str) -> None:
    whole = with_files(("x", "text/plain", b"What I did."), to=tagged(application)).decode()
    row = came(whole.replace('; name="x"', f"\r\nContent-Disposition: attachment; {named}").encode())
    assert row.message.not_kept == []
    assert [file.filename for file in row.message.files.all()] == ["Lebenslauf Müller.txt"]


@pytest.mark.parametrize("reckoned", [-40, 3_000])
def test_a_server_that_only_reckons_a_size_costs_no_file(
    application: Application, settings: Any, reckoned: int
) -> None:
    class Reckons(Mailbox):
        def answer(self, out: Any, tag: bytes, command: bytes) -> bool:
            if b"RFC822.SIZE" in command:
                out.write(
                    b"* 1 FETCH (UID 1 RFC822.SIZE %d)\r\n%s OK done\r\n" % (len(content) + reckoned, tag)
                )
                return True
            return super().answer(out, tag, command)

    content = with_files(("notes.txt", "text/plain", b"What I did."), to=tagged(application))
    with Reckons(content) as box:
        settings.INBOUND = urls.inbound(f"imap://accord:secret@127.0.0.1:{box.port}/INBOX")
        engine.tick(LATER)
    said = Message.objects.get(direction="in")
    assert (said.files.count(), said.not_kept, said.incoming.size) == (1, [], len(content))


def test_a_letter_whose_end_nobody_can_tell_apart_is_heard_without_its_files(
    application: Application,
) -> None:
    dump = b"\r\n".join([b"-- a line of SQL"] * 600) + b"x" * 1_000_000
    plain = with_files(to=tagged(application)).removesuffix(b"--b--\r\n")
    whole = plain + b'--b\r\nContent-Type: text/plain; name="notes.txt"\r\n\r\n' + b"y" * 1_000_000 + dump
    row = came(whole + b"\r\n--b--\r\n")
    assert (row.state, row.message.body) == ("settled", "Here they are.")
    assert row.message.not_kept == ["Its files cannot be told apart, and are missing."]


def test_what_is_too_large_is_heard_and_says_so(application: Application, settings: Any) -> None:
    settings.INBOUND_MAX_BYTES = 2_000_000
    large = with_files(("film.pdf", "application/pdf", b"%PDF-" + b"x" * 3_000_000), to=tagged(application))
    with Mailbox(large) as box:
        settings.INBOUND = urls.inbound(f"imap://accord:secret@127.0.0.1:{box.port}/INBOX")
        engine.tick(LATER)
    said = Message.objects.get(direction="in")
    assert (said.body, said.files.count(), len(said.not_kept)) == ("Here they are.", 0, 1)
    assert "more than the 1.9" in said.not_kept[0]


def test_words_stay_whole_and_are_never_markup(application: Application, client: Client) -> None:
    text = "<script>alert(1)</script> " + "😀" * 5_000
    said = came(letter(text, to=tagged(application))).message
    assert said.body == text.strip()
    client.force_login(application.requisition.recruiter)
    assert b"<script>alert(1)" not in client.get(f"/applications/{application.pk}/").content


def test_the_candidate_sees_what_they_wrote_on_their_page(application: Application, client: Client) -> None:
    came(letter("Thursday suits me.\r\n\r\nSent from my iPhone", to=tagged(application)))
    page = client.get(
        portal_link(application.candidate, NOW).replace("http://testserver", "")
    ).content.decode()
    assert "Thursday suits me." in page
    assert "<summary>Signature and quoted text</summary>" in page


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
