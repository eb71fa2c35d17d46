"""A candidate answers from their mail program: it stands in the conversation, and somebody owes an answer by a day."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from ats.accounts.models import Role
from ats.duework import engine
from ats.settings import urls
from candidates.models import Message, Promise
from tests import factories as f
from tests.browser.walking import Open, enter, settled
from tests.imap import Mailbox
from tests.smtp import Catcher

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REPLY = """From: Robin Example <robin@example.com>
To: {to}
Message-ID: <reply-1@mail.example>
In-Reply-To: {answers}
References: {answers}
Subject: Re: Thursday
Content-Type: text/plain; charset=utf-8

Thursday suits me. May I bring my portfolio?

--{space}
Robin Example, +49 30 1234567

On Tue, 24 Nov 2026 at 10:00, the recruiter wrote:
> would Thursday suit you?
"""


def reply_to(mail: Any) -> bytes:
    to = mail["Reply-To"].addresses[0].addr_spec
    return REPLY.format(to=to, answers=mail["Message-ID"], space=" ").replace("\n", "\r\n").encode()


@pytest.fixture
def comes_in(settings: Any) -> Any:
    """Lays a message into the house's mailbox, and lets the next tick pass."""
    settings.INBOUND_ADDRESS, settings.INBOUND_SUBADDRESS = "hiring@example.com", "+"
    with Mailbox() as box:
        settings.INBOUND = urls.inbound(f"imap://accord:secret@127.0.0.1:{box.port}/INBOX")

        def lay(content: bytes) -> None:
            box.messages.append(content)
            engine.tick(timezone.now())
            assert box.marks[len(box.messages)] == rb"(\Seen)"

        yield lay


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_reply_by_mail_becomes_a_conversation(
    window: Open, smtp: Catcher, comes_in: Callable[[bytes], None], size: tuple[int, int]
) -> None:
    now = timezone.now()
    recruiter = f.make_user(Role.RECRUITER)
    candidate = f.make_candidate(first_name="Robin", email="robin@example.com")
    application = f.make_application(
        candidate=candidate,
        requisition=f.make_requisition(recruiter=recruiter, now=now),
        now=now - timedelta(hours=1),
    )
    page = window(*size)
    enter(page, recruiter)
    page.goto(f"/applications/{application.pk}/#write")
    page.fill("[name=write-subject]", "Thursday")
    page.fill("[name=write-body]", "Hello Robin,\n\nwould Thursday suit you?")
    page.click("#write button.btn-primary")
    page.wait_for_selector(".toast-note:has-text('on its way')")
    engine.tick(timezone.now())
    (ours,) = smtp.to("robin@example.com")

    comes_in(reply_to(ours))

    said = Message.objects.get(direction="in")
    promise = Promise.objects.open().get(application=application)
    assert (promise.kind, promise.owner, said.answered_at) == ("answer", recruiter, None)
    (told,) = smtp.to(recruiter.email)
    assert "Thursday suits me. May I bring my portfolio?" in told.get_body(("plain",)).get_content()

    # My day leads to it; the conversation shows their words, and what they quoted once one asks for it.
    page.goto("/")
    settled(page)
    assert page.locator(".day-main .row-item:visible", has_text="Robin").count() == 1
    page.goto(f"/applications/{application.pk}/")
    settled(page)
    theirs = page.locator(".timeline-entry", has_text="May I bring my portfolio?")
    quoted = theirs.get_by_text("> would Thursday suit you?")
    assert (theirs.count(), quoted.is_visible()) == (1, False)
    theirs.locator("summary").click()
    assert quoted.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    # The answer begins with what was asked, in sight, and keeps the promise.
    theirs.get_by_role("link", name="Answer").click()
    page.wait_for_selector("[name=write-body]:focus")
    assert page.locator("#write .asked", has_text="May I bring my portfolio?").is_visible()
    page.keyboard.type("Please do.")
    page.click("#write button.btn-primary")
    page.wait_for_selector(".toast-note:has-text('on its way')")
    engine.tick(timezone.now())
    answer = smtp.to("robin@example.com")[-1]
    assert (answer["In-Reply-To"], answer["Reply-To"]) == ("<reply-1@mail.example>", ours["Reply-To"])
    promise.refresh_from_db()
    said.refresh_from_db()
    assert (promise.state, said.answered_at is None) == ("kept", False)


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_a_letter_that_nobody_knows_is_placed_by_a_person(
    window: Open, smtp: Catcher, comes_in: Callable[[bytes], None], size: tuple[int, int]
) -> None:
    now = timezone.now()
    recruiter = f.make_user(Role.RECRUITER)
    candidate = f.make_candidate(first_name="Robin", last_name="Example", email="robin@example.com")
    role = f.make_requisition(recruiter=recruiter, now=now)
    application = f.make_application(candidate=candidate, requisition=role, now=now)
    content = REPLY.format(to="hiring@example.com", answers="<x@mail.example>", space=" ")
    comes_in(content.replace("robin@example.com", "rx@home.example").replace("\n", "\r\n").encode())

    page = window(*size)
    enter(page, recruiter)
    page.goto("/")
    page.click("text=1 message without a place")
    page.click("text=Re: Thursday")
    page.wait_for_selector(".inbox-words")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".inbox-words").inner_text() == "Thursday suits me. May I bring my portfolio?"
    page.get_by_role("button", name="Place it with Robin Example").click()
    page.wait_for_url(f"**/applications/{application.pk}/")
    theirs = page.locator(".timeline-entry", has_text="May I bring my portfolio?")
    assert theirs.get_by_text("Sent from another address: rx@home.example").is_visible()
    assert Promise.objects.open().get(application=application).kind == "answer"
    page.goto("/inbox/")
    assert page.get_by_text("Every message that came in by mail is where it belongs.").is_visible()
