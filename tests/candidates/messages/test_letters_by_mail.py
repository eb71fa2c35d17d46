"""What candidates write by mail becomes part of the conversation that it belongs to, and loses nothing."""

from typing import Any

import pytest
from django.test import Client

from ats.duework import engine
from ats.mail.models import OutgoingMail
from ats.settings import urls
from candidates.compose.portal_links import portal_link
from candidates.models import Application, Document, Message
from tests.candidates.helpers import hours, mails, open_one
from tests.candidates.messages.by_mail import (
    LATER,
    application,
    came,
    letter,
    mailbox,
    sent,
    tagged,
    with_files,
)
from tests.factories import NOW, make_application
from tests.imap import Mailbox
from tests.smtp import Catcher

__all__ = ["application", "mailbox"]
pytestmark = pytest.mark.django_db


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


# --- What came along


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


def test_the_candidate_sees_what_came_in_their_name_from_elsewhere(
    application: Application, client: Client
) -> None:
    """They alone know whether they wrote it; how sure the house is of the others is no matter of theirs."""
    came(letter("I withdraw.", sender="eve@elsewhere.example", to=tagged(application)))
    page = client.get(portal_link(application.candidate, NOW).replace("http://testserver", ""))
    assert "This came by mail from <bdi>eve@elsewhere.example</bdi>" in page.content.decode()
    came(letter("I do not."))
    page = client.get(portal_link(application.candidate, NOW).replace("http://testserver", ""))
    assert page.content.decode().count("This came by mail from") == 1
    assert "anybody can write" not in page.content.decode()


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
