"""The way to one's page: whom it opens for, what keeps it secret, and how to get another."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from ats.activity.models import Activity
from ats.duework import engine, tasks
from ats.mail.models import OutgoingMail
from candidates.models import Document, Message, PortalLink
from candidates.portal.actions.make_links import by_token, new_link
from tests.candidates.portal.helpers import applied, open_for, text
from tests.factories import (
    make_candidate,
)

pytestmark = pytest.mark.django_db


def test_reading_changes_nothing(client) -> None:
    application = applied()
    path = open_for(application.candidate)
    before = (PortalLink.objects.values().get(token_hash=by_hash(path)), Activity.objects.count())
    for address in (path, f"{path}details/", f"{path}withdraw/{application.pk}/", "/status/"):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    for address in (f"{path}messages/{application.pk}/", f"{path}documents/", f"{path}confirm/"):
        assert (client.get(address).status_code, client.head(address).status_code) == (302, 302)
    assert (PortalLink.objects.values().get(token_hash=by_hash(path)), Activity.objects.count()) == before
    application.candidate.refresh_from_db()
    assert application.candidate.email_confirmed_at is None


def by_hash(path: str) -> str:
    link = by_token(path.split("/")[2], timezone.now())
    assert link is not None
    return link.token_hash


def test_the_address_is_told_to_nobody_and_kept_by_nobody(client) -> None:
    answer = client.get(open_for(applied().candidate))
    names = ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")
    assert [answer[name] for name in names] == ["no-referrer", "private, no-store", "noindex, nofollow"]
    assert answer.cookies == {}
    assert "<script" not in answer.content.decode()


def test_only_the_hash_of_a_token_is_kept() -> None:
    candidate, now = make_candidate(), timezone.now()
    token = urlsplit(new_link(candidate=candidate, now=now)).path.split("/")[2]
    link = PortalLink.objects.get()
    assert len(token) == 43
    assert token not in link.token_hash
    assert by_token(token, now) == link
    assert by_token(token, now + timedelta(days=181)) is None
    assert by_token(link.token_hash, now) is None
    link.revoked_at = now
    link.save()
    assert by_token(token, now) is None


@pytest.mark.parametrize("token", ["x", "0" * 43, "%00", "é" * 10, "' OR 1=1 --"])
def test_a_wrong_link_offers_a_new_one(client, token) -> None:
    answer = client.get(f"/status/{token}/")
    assert answer.status_code == 404
    assert "Send me a link" in text(answer)


def test_the_ids_of_others_open_nothing(client) -> None:
    mine, theirs = applied(), applied(email="kim@example.com")
    theirs_document = Document.objects.create(
        candidate=theirs.candidate,
        kind="resume",
        file="x",
        filename="x.pdf",
        content_type="a/b",
        size=1,
        sha256="",
    )
    path = open_for(mine.candidate)
    assert client.post(f"{path}messages/{theirs.pk}/", {"body": "Hi"}).status_code == 404
    assert client.get(f"{path}withdraw/{theirs.pk}/").status_code == 404
    assert client.post(f"{path}withdraw/{theirs.pk}/").status_code == 404
    assert client.get(f"{path}documents/{theirs_document.pk}/").status_code == 404
    theirs.refresh_from_db()
    assert (theirs.state, Message.objects.count()) == ("active", 0)


def ask(client, email: str):
    return client.post("/status/", {"email": email})


def test_a_new_link_goes_to_who_is_known_and_the_answer_is_the_same(client) -> None:
    make_candidate(email="robin@example.com")
    answers = [ask(client, email) for email in ("ROBIN@example.com", "nobody@example.com")]
    assert [(a.status_code, a["Location"], a.content) for a in answers] == [(302, "/status/?sent", b"")] * 2
    tasks.run_inside(timezone.now() + timedelta(seconds=1))
    mail = OutgoingMail.objects.get()
    assert (mail.role, mail.to) == ("portal.link", "robin@example.com")
    link = next(word for word in mail.text.split() if "/status/" in word)
    assert client.get(urlsplit(link).path).status_code == 200


def test_asking_again_and_again_is_slowed_down(client, settings) -> None:
    settings.STATUS_LINK_ADDRESS_RATE = "2/minute"
    statuses = [
        ask(client, email).status_code for email in ("a@gmail.com", "A+x@googlemail.com", "a@gmail.com")
    ]
    assert statuses == [302, 302, 429]
    assert ask(client, "not an address").status_code == 400


def test_the_link_in_our_mails_opens_the_page(client) -> None:
    applied()
    engine.tick(timezone.now())
    mail = OutgoingMail.objects.get(role="application.acknowledged")
    link = next(word for word in mail.text.split() if "/status/" in word)
    assert "Hello Robin" in text(client.get(urlsplit(link).path))


def test_a_token_is_forgotten_once_its_mail_has_left(client, smtp) -> None:
    applied()
    ask(client, "robin@example.com")
    engine.tick(timezone.now() + timedelta(minutes=1))
    sent = {mail.role: mail for mail in OutgoingMail.objects.filter(to="robin@example.com")}
    assert {mail.state for mail in sent.values()} == {"sent"}
    assert "/status/…/" in sent["application.acknowledged"].text
    assert "/status/" not in sent["portal.link"].text
    links = [
        word for message in smtp.messages for word in message_text(message).split() if "/status/" in word
    ]
    assert [client.get(urlsplit(link).path).status_code for link in links] == [200, 200]


def message_text(message) -> str:
    return message.get_body(("plain",)).get_content()
