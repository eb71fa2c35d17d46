"""Delays, complaints and programs' answers: they are seen, and nobody is taken for told or untold by them."""

import pytest

from ats.activity.models import Activity
from ats.mail import inbound
from ats.mail.message import message_id
from ats.mail.models import IncomingMail, MailKind, OutgoingMail, SuppressedAddress
from ats.mail.outbox import fate
from candidates.messages.models import Message
from candidates.models import Application
from tests.ats.mail.incoming import others, reports
from tests.ats.mail.incoming.shapes import ROBIN
from tests.ats.mail.test_bounces import ID
from tests.candidates.helpers import open_one
from tests.candidates.messages.by_mail import (
    LATER,
    application,
    came,
    letter,
    mailbox,
    sent,
    tagged,
)
from tests.smtp import Catcher

__all__ = ["application", "mailbox"]
pytestmark = pytest.mark.django_db


def about(shape: bytes, mail: OutgoingMail) -> bytes:
    return shape.replace(ID.encode(), message_id(mail).encode()).replace(ROBIN.encode(), mail.to.encode())


def test_a_delay_stands_in_the_history_and_changes_nothing(application: Application, smtp: Catcher) -> None:
    mail = sent(application, smtp)
    inbound.take_in(about(reports.BY_FIELDS["delayed"].content, mail), LATER)
    mail.refresh_from_db()
    (heard,) = Activity.objects.filter(verb="mail.slow")
    assert (mail.state, heard.subject_id, heard.application_id) == ("sent", mail.pk, application.pk)
    assert IncomingMail.objects.get().mail == mail


def test_a_complaint_ends_relationship_mail_and_nothing_else(application: Application, smtp: Catcher) -> None:
    mail = sent(application, smtp)
    inbound.take_in(about(others.COMPLAINTS["as RFC 5965 says"].content, mail), LATER)
    mail.refresh_from_db()
    assert (mail.state, Activity.objects.filter(verb="mail.complained").count()) == ("sent", 1)
    assert list(SuppressedAddress.objects.values_list("address", "kind", "reason")) == [
        (mail.to, "relationship", "complained")
    ]
    assert [fate(mail.to, kind)[0] for kind in MailKind] == ["queued", "withheld"]


def test_a_complaint_about_no_message_of_ours_stops_nobodys_mail() -> None:
    row = came(others.COMPLAINTS["as RFC 5965 says"].content)
    assert (row.why, SuppressedAddress.objects.count()) == ("not_ours", 0)


def test_a_programs_answer_is_shown_and_answered_by_nobody(application: Application, smtp: Catcher) -> None:
    before = open_one(application)
    mails_before = OutgoingMail.objects.count()
    row = came(letter("I am away until Monday.", "Auto-Submitted: auto-replied", to=tagged(application)))
    said = Message.objects.get()
    assert (row.kind, row.state, said.is_automatic, said.body) == (
        "automatic",
        "settled",
        True,
        "I am away until Monday.",
    )
    assert (open_one(application), Message.objects.unanswered().count()) == (before, 0)
    assert OutgoingMail.objects.count() == mails_before


@pytest.mark.parametrize("mark", ["Precedence: junk", "X-Autoreply: yes", "Return-Path: <>"])
def test_a_programs_answer_that_belongs_nowhere_needs_nobody(mark: str) -> None:
    row = came(letter("I am away.", mark, sender="stranger@elsewhere.example"))
    assert (row.kind, row.state, Message.objects.count()) == ("automatic", "settled", 0)
