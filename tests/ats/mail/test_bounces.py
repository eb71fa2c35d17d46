"""Messages that come back: the report is read, the message says so, and its reader is owed it again."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import engine
from ats.mail import inbound, outbox, render
from ats.mail.incoming import Kind
from ats.mail.message import message_id
from ats.mail.models import MailState, OutgoingMail, SuppressedAddress
from ats.mail.outbox import To
from candidates.applications import actions
from candidates.models import Application
from tests import factories as f
from tests.ats.mail.incoming import others, reports
from tests.ats.mail.incoming.shapes import ROBIN
from tests.ats.mail.reports import LETTER, dsn
from tests.factories import NOW

ID = "<0a7ad7cb-7f0e-4f3e-9d5c-000000000001@example.org>"


@pytest.fixture
def told(smtp: Any) -> tuple[Application, OutgoingMail]:
    """Somebody who was rejected, and whose letter has left."""
    application = f.make_application()
    actions.reject(
        application_id=application.pk,
        reason=f.make_reason().code,
        message=("About your application", "Thank you for applying."),
        by=application.requisition.recruiter,
        now=NOW,
    )
    mail = OutgoingMail.objects.get(role="application.rejected")
    engine.tick(mail.not_before)
    mail.refresh_from_db()
    application.refresh_from_db()
    assert (mail.state, application.told_at) == ("sent", mail.not_before)
    return application, mail


def bounced(mail: OutgoingMail, **facts: Any) -> OutgoingMail:
    inbound.take_in(dsn(message_id(mail), **{"to": mail.to, **facts}), NOW)
    mail.refresh_from_db()
    return mail


@pytest.mark.django_db
def test_what_comes_back_before_it_is_sent_once_more_is_not_sent_once_more(smtp: Any) -> None:
    """The server took it, was gone before it said so, and could not hand it on."""

    def letter(key: str) -> OutgoingMail:
        message = render.plain("Your link", "Thank you.")
        to = To(address=f"{key}@example.com")
        return outbox.queue("portal.link", to=to, message=message, key=key, now=NOW)

    def hand_over(now: Any) -> None:
        engine.drain(engine.lanes()["mail"], lambda: now, ends=None)

    assert bounced(letter("never")).state == "queued"  # nobody can have had it
    OutgoingMail.objects.all().delete()
    mail, smtp.hang_up = letter("cut"), True
    hand_over(NOW)
    smtp.hang_up = False
    mail.refresh_from_db()
    assert (mail.state, mail.cuts) == ("queued", 1)

    assert bounced(mail).state == "bounced"

    hand_over(NOW + timedelta(hours=5))
    mail.refresh_from_db()
    assert (mail.state, len(smtp.messages)) == ("bounced", 1)


@pytest.mark.django_db
@time_machine.travel(NOW + timedelta(hours=2))
def test_a_decision_that_came_back_is_a_debt_again_and_is_sent_anew(
    client: Client, smtp: Any, told: tuple[Application, OutgoingMail]
) -> None:
    application, mail = told
    recruiter = application.requisition.recruiter
    first_id = message_id(mail)

    bounced(mail)
    bounced(mail)  # read again

    application.refresh_from_db()
    assert (mail.state, application.told_at) == (MailState.BOUNCED, None)
    assert Activity.objects.filter(verb="mail.bounced").count() == 1
    assert list(SuppressedAddress.objects.values_list("address", flat=True)) == [mail.to]
    client.force_login(recruiter)
    assert f"/applications/{application.pk}/" in client.get("/").content.decode()
    again = f"/applications/{application.pk}/mails/{mail.pk}/again/"
    assert again in client.get(f"/applications/{application.pk}/").content.decode()

    client.post(again)  # to the same address, which does not exist
    mail.refresh_from_db()
    assert mail.state == MailState.BOUNCED
    application.candidate.email = "robin.new@example.com"
    application.candidate.save()
    client.post(again)
    mail.refresh_from_db()
    assert (mail.state, mail.to, mail.sent_at) == (MailState.QUEUED, "robin.new@example.com", None)
    engine.tick(mail.not_before)

    application.refresh_from_db()
    sent = smtp.to("robin.new@example.com")[0]
    assert application.told_at == mail.not_before
    assert sent["Message-ID"] != first_id
    link = sent.get_body(("plain",)).get_content().split("/status/")[1].split("/")[0]
    assert Client().get(f"/status/{link}/").status_code == 200
    # A report about the first letter says nothing of this one.
    inbound.take_in(dsn(first_id, to="robin.new@example.com"), NOW)
    mail.refresh_from_db()
    assert mail.state == MailState.SENT


@pytest.mark.django_db
@time_machine.travel(NOW + timedelta(hours=2))
def test_what_came_back_is_sent_anew_from_the_outbox_too(
    client: Client, smtp: Any, told: tuple[Application, OutgoingMail]
) -> None:
    application, mail = told
    bounced(mail, status="5.2.2", diagnostic="552 5.2.2 mailbox is full")
    client.force_login(f.make_user(Role.LEAD))
    page = f"/settings/outbox/{mail.pk}/"
    retry = f'action="{page}retry/"'
    assert retry in client.get(page).content.decode()
    assert client.get("/settings/outbox/").content.decode().count(retry) == 1
    application.candidate.email = "robin.new@example.com"
    application.candidate.save()

    assert client.post(f"{page}retry/").status_code == 302

    mail.refresh_from_db()
    assert (mail.state, mail.to) == (MailState.QUEUED, "robin.new@example.com")
    assert retry not in client.get(page).content.decode()
    assert retry not in client.get("/settings/outbox/").content.decode()
    engine.tick(mail.not_before)
    sent = smtp.to("robin.new@example.com")[0]
    link = sent.get_body(("plain",)).get_content().split("/status/")[1].split("/")[0]
    assert Client().get(f"/status/{link}/").status_code == 200


@pytest.mark.django_db
def test_a_colleagues_message_is_sent_anew_unless_its_link_is_gone(
    client: Client, told: tuple[Application, OutgoingMail]
) -> None:
    client.force_login(f.make_user(Role.LEAD))
    plain, secret = (
        outbox.queue(
            role,
            to=To(address=f"{role}@example.com"),
            message=render.plain("News", f"Hello.\n\n{link}"),
            key=role,
            now=NOW,
        )
        for role, link in (
            ("account.role_changed", "Bye."),
            ("account.invitation", "https://accord.example/i/…/"),
        )
    )
    OutgoingMail.objects.filter(pk__in=[plain.pk, secret.pk]).update(state=MailState.BOUNCED, sent_at=NOW)

    answers = [client.post(f"/settings/outbox/{mail.pk}/retry/").status_code for mail in (plain, secret)]

    plain.refresh_from_db()
    secret.refresh_from_db()
    assert (answers, plain.state, secret.state) == ([302, 409], MailState.QUEUED, MailState.BOUNCED)
    assert "/retry/" not in client.get(f"/settings/outbox/{secret.pk}/").content.decode()


@pytest.mark.django_db
def test_what_is_not_about_our_message_changes_nothing(told: tuple[Application, OutgoingMail]) -> None:
    _, mail = told
    for content in (
        dsn(message_id(mail), to="somebody.else@example.com"),
        dsn(message_id(mail), to=mail.to, action="delayed", status="4.4.1"),
        dsn(message_id(mail).replace("example.org", "example.net"), to=mail.to),
        dsn(ID, to=mail.to),
        dsn("<x@y>", to=mail.to),
        LETTER.encode(),
    ):
        inbound.take_in(content, NOW)
    mail.refresh_from_db()
    assert mail.state == MailState.SENT
    bounced(mail, status="5.2.2", diagnostic="552 5.2.2 mailbox is full")
    assert mail.state == MailState.BOUNCED
    assert SuppressedAddress.objects.count() == 0  # full, not gone


SHAPES = {
    "by fields": reports.BY_FIELDS["as RFC 3464 says"],
    "by the next hop's": reports.BY_FIELDS["forwarded: the next hop is not whom we wrote to"],
    "in plain text": reports.BY_WORDS["a small agent's plain text"],
    "in Japanese": reports.BY_WORDS["in Japanese, in a charset that nobody names"],
    "by their filter": reports.BY_FIELDS["a filter of theirs refused it"],
    "full": reports.BY_FIELDS["gone by its code, full by its words"],
    "delayed": reports.BY_FIELDS["delayed"],
    "complained of": others.COMPLAINTS["as RFC 5965 says"],
    "answered by a program": others.ANSWERS_OF_PROGRAMS["as RFC 3834 says"],
    "passed on": others.LETTERS["somebody passes a report on with its parts"],
}


@pytest.mark.django_db
@pytest.mark.parametrize("shape", SHAPES)
def test_a_message_comes_back_in_every_shape_and_by_nothing_else(
    told: tuple[Application, OutgoingMail], shape: str
) -> None:
    _, mail = told
    content, said = SHAPES[shape].content, SHAPES[shape].said
    ours = content.replace(ID.encode(), message_id(mail).encode()).replace(ROBIN.encode(), mail.to.encode())

    kind = inbound.take_in(ours, NOW)

    mail.refresh_from_db()
    why = list(SuppressedAddress.objects.filter(address=mail.to).values_list("reason", flat=True))
    assert (kind, mail.state == MailState.BOUNCED) == (said[0], kind == Kind.FAILURE)
    complained, gone = kind == Kind.COMPLAINT, kind == Kind.FAILURE and said[2] == "5.1.1"
    assert why == (["complained"] if complained else ["bounced"] if gone else [])


@pytest.mark.django_db
def test_an_address_beyond_ascii_comes_back(told: tuple[Application, OutgoingMail]) -> None:
    _, mail = told
    mail.to = "robin@bücher.example"
    mail.save()
    assert bounced(mail, to="robin@xn--bcher-kva.example").state == MailState.BOUNCED
