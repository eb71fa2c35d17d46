"""The candidate's own page: the truth, and nothing before its time."""

import re
from datetime import timedelta
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ats.activity.models import Activity
from ats.duework import engine, tasks
from ats.mail.models import OutgoingMail
from candidates.applications.actions import Submission, apply, hire, move, reject, undo_decision
from candidates.conversation.actions import send
from candidates.models import Application, Candidate, DispositionReason, Document, Message, PortalLink
from candidates.portal.links import by_token, new_link
from tests.candidates.documents import files
from tests.factories import (
    make_application,
    make_candidate,
    make_message,
    make_post,
    make_requisition,
    make_user,
    stage,
)

pytestmark = pytest.mark.django_db


def open_for(candidate: Candidate, **facts) -> str:
    """The path of this candidate's page."""
    return urlsplit(new_link(candidate=candidate, now=facts.get("now") or timezone.now())).path


def applied(**facts) -> Application:
    """Somebody who applied a moment ago, through the form's action."""
    requisition = facts.pop("requisition", None) or make_requisition(title="Data engineer")
    requisition.recruiter.name = "Kim Sample"
    requisition.recruiter.save()
    post = make_post(requisition)
    facts = {"first_name": "Robin", "last_name": "Example", "email": "robin@example.com"} | facts
    return apply(submission=Submission(post_id=post.pk, **facts), now=timezone.now()).application


def text(answer) -> str:
    main = (
        answer.content.decode()
        .split('<main id="main" class="column" tabindex="-1">', 1)[1]
        .split("</main>")[0]
    )
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def test_the_page_reads_like_a_letter(client) -> None:
    application = applied()
    due = timezone.localtime(application.promises.get().due_at)
    page = text(client.get(open_for(application.candidate)))
    assert page.startswith("Hello Robin Your application for Data engineer is with Kim Sample . ")
    assert f"First answer: by {due:%A} {due.day} {due:%B}" in page
    assert "You applied" in page
    assert "We read your application You are here" in page
    assert page.index("The hiring manager looks at your application") > page.index("You are here")


def test_reading_changes_nothing(client) -> None:
    application = applied()
    path = open_for(application.candidate)
    before = (PortalLink.objects.values().get(token_hash=by_hash(path)), Activity.objects.count())
    for address in (path, f"{path}details/", f"{path}withdraw/{application.pk}/", "/status/"):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    for address in (f"{path}messages/{application.pk}/", f"{path}documents/", f"{path}confirm/"):
        assert client.get(address).status_code == 405
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


# --- Decisions


def test_a_decision_shows_when_it_has_been_told_and_not_before(client) -> None:
    application = applied()
    path, recruiter = open_for(application.candidate), application.requisition.recruiter
    before = text(client.get(path))
    reject(
        application_id=application.pk,
        reason=reason_code(),
        by=recruiter,
        now=timezone.now(),
        message=("Our decision", "Hello {{ candidate.first_name }}, it is a no."),
    )
    assert text(client.get(path)) == before

    mail = OutgoingMail.objects.get(role="application.rejected")
    told(mail)
    after = text(client.get(path))
    application.refresh_from_db()
    assert "We decided not to go on with your application." in after
    assert application.reason.candidate_text in after
    assert "Hello Robin, it is a no." in after
    assert "Withdraw this application" not in after


def reason_code() -> str:
    return DispositionReason.objects.filter(kind="chose_otherwise", is_active=True).order_by("id")[0].code


def told(mail: OutgoingMail) -> None:
    """The message has been handed over: what its delivery does, without a server."""
    now = timezone.now()
    OutgoingMail.objects.filter(pk=mail.pk).update(state="sent", sent_at=now)
    Application.objects.filter(pk=mail.application_id).update(told_at=now)


def test_a_hire_shows_when_it_has_been_told_and_not_before(client) -> None:
    application = applied()
    path, requisition = open_for(application.candidate), application.requisition
    move(
        application_id=application.pk,
        stage_id=stage(requisition, "interview").pk,
        by=requisition.recruiter,
        now=timezone.now(),
    )
    before = text(client.get(path))
    assert "Interview You are here" in before
    hire(application_id=application.pk, by=requisition.recruiter, now=timezone.now())
    assert text(client.get(path)) == before
    told(OutgoingMail.objects.get(role="application.hired"))
    assert "You are hired as Data engineer" in text(client.get(path))


def test_a_decision_that_was_taken_back_in_time_was_never_seen(client) -> None:
    application = applied()
    path, recruiter = open_for(application.candidate), application.requisition.recruiter
    before = text(client.get(path))
    reject(
        application_id=application.pk,
        reason=reason_code(),
        by=recruiter,
        now=timezone.now(),
        message=("No", "No."),
    )
    undo_decision(application_id=application.pk, by=recruiter, now=timezone.now())
    assert text(client.get(path)) == before


def test_withdrawing_before_the_decision_was_told_tells_nothing_of_it(client) -> None:
    application = applied()
    path, recruiter = open_for(application.candidate), application.requisition.recruiter
    reject(
        application_id=application.pk,
        reason=reason_code(),
        by=recruiter,
        now=timezone.now(),
        message=("No", "No."),
    )
    answer = client.post(f"{path}withdraw/{application.pk}/", {"reason": "Found another."}, follow=True)
    assert "You have withdrawn." in text(answer)
    assert "not to go on" not in text(answer)
    assert Message.objects.get().body == "I withdraw my application. Found another."


# --- What one can do


def test_a_message_arrives_and_an_answer_is_promised(client) -> None:
    application = applied()
    path = open_for(application.candidate)
    answer = client.post(f"{path}messages/{application.pk}/", {"body": "When do I hear?\n<script>"})
    assert answer["Location"] == f"{path}?done=message#messages-{application.pk}"
    page = text(client.get(answer["Location"]))
    assert "Your message has arrived." in page
    assert "When do I hear? <script>" in page
    assert application.promises.get(state="open").kind == "answer"
    application.candidate.refresh_from_db()
    assert application.candidate.email_confirmed_at is not None


def test_an_empty_message_is_refused_beside_its_field(client) -> None:
    application = applied()
    answer = client.post(f"{open_for(application.candidate)}messages/{application.pk}/", {"body": " "})
    assert answer.status_code == 400
    assert "Write your message." in text(answer)


def test_our_messages_show_when_they_are_sent(client) -> None:
    application = applied()
    recruiter, now = application.requisition.recruiter, timezone.now()
    send(application_id=application.pk, subject="Interview", body="Is Tuesday good?", by=recruiter, now=now)
    send(
        application_id=application.pk,
        subject="Later",
        body="Not yet",
        by=recruiter,
        now=now,
        send_at=now + timedelta(days=1),
    )
    page = text(client.get(open_for(application.candidate)))
    assert "Kim Sample" in page
    assert "Is Tuesday good?" in page
    assert "Not yet" not in page


def test_withdrawing_is_asked_once_and_keeps_the_reason(client) -> None:
    application = applied()
    path = open_for(application.candidate)
    assert "You are about to withdraw" in text(client.get(f"{path}withdraw/{application.pk}/"))
    answer = client.post(f"{path}withdraw/{application.pk}/", {"reason": "Found another."}, follow=True)
    application.refresh_from_db()
    assert (application.state, application.reason_note, application.decided_by) == (
        "withdrawn",
        "Found another.",
        None,
    )
    assert "You withdrew your application for Data engineer" in text(answer)
    again = client.post(f"{path}withdraw/{application.pk}/", {"reason": "x"})
    assert again.status_code == 400
    assert "This application is withdrawn already." in text(again)


def test_a_document_is_added_to_the_open_application(client) -> None:
    application = applied()
    path = open_for(application.candidate)
    answer = client.post(
        f"{path}documents/", {"document": SimpleUploadedFile("zeugnis.pdf", files.pdf())}, follow=True
    )
    document = Document.objects.get()
    assert (document.application, document.kind, document.uploaded_by) == (application, "other", None)
    assert "zeugnis.pdf" in text(answer)
    download = client.get(f"{path}documents/{document.pk}/")
    assert (
        b"".join(download.streaming_content) == files.pdf() or download["Content-Type"] == "application/pdf"
    )
    assert (download["Content-Disposition"], download["Referrer-Policy"]) == (
        'attachment; filename="zeugnis.pdf"',
        "no-referrer",
    )


def test_a_document_that_is_not_one_is_refused_beside_its_field(client, settings) -> None:
    path = open_for(applied().candidate)
    answer = client.post(f"{path}documents/", {"document": SimpleUploadedFile("x.exe", b"MZ")})
    assert (answer.status_code, Document.objects.count()) == (400, 0)
    assert "Please attach a PDF" in text(answer)
    assert "Choose a file first." in text(client.post(f"{path}documents/"))
    settings.UPLOAD_MAX_BYTES = 1000
    large = client.post(f"{path}documents/", {"document": SimpleUploadedFile("x.txt", b"x" * 2_000_000)})
    assert (large.status_code, "larger than 10 MB" in text(large)) == (413, True)


DETAILS = {
    "first_name": "Robin",
    "last_name": "Sample",
    "email": "robin@example.com",
    "phone": "+49 30 901820",
    "city": "Köln",
}


def test_details_are_changed(client) -> None:
    robin = applied().candidate
    path = open_for(robin)
    answer = client.post(f"{path}details/", DETAILS | {"consent_pool": "on"}, follow=True)
    robin.refresh_from_db()
    assert (robin.last_name, robin.city, robin.phone, robin.name_key) == (
        "Sample",
        "Köln",
        "+49 30 901820",
        "robin sample",
    )
    assert robin.pool_consent_at is not None
    assert "Your details were changed." in text(answer)
    client.post(f"{path}details/", DETAILS)
    robin.refresh_from_db()
    assert (robin.pool_consent_at, robin.pool_consent_until) == (None, None)
    assert client.post(f"{path}details/", DETAILS | {"first_name": ""}).status_code == 400


def test_a_new_address_counts_once_it_is_confirmed_there(client) -> None:
    robin = applied().candidate
    path = open_for(robin)
    client.post(f"{path}details/", DETAILS | {"email": "new@example.com"})
    robin.refresh_from_db()
    assert robin.email == "robin@example.com"
    mail = OutgoingMail.objects.get(role="portal.confirm_address")
    assert mail.to == "new@example.com"
    link = next(word for word in mail.text.split() if "/status/address/" in word)
    confirm = urlsplit(link).path

    assert "new@example.com" in text(client.get(confirm))
    robin.refresh_from_db()
    assert robin.email == "robin@example.com"

    answer = client.post(confirm)
    robin.refresh_from_db()
    assert (robin.email, robin.email_key) == ("new@example.com", "new@example.com")
    assert robin.email_confirmed_at is not None
    assert OutgoingMail.objects.get(role="portal.address_changed").to == "robin@example.com"
    assert client.get(path).status_code == 404
    assert client.get(urlsplit(answer["Location"]).path).status_code == 200
    assert client.post(confirm).status_code == 404


def test_another_persons_address_is_not_taken_over(client) -> None:
    robin, kim = applied().candidate, make_candidate(email="kim@example.com")
    client.post(f"{open_for(robin)}details/", DETAILS | {"email": "kim@example.com"})
    mail = OutgoingMail.objects.get(role="portal.confirm_address")
    confirm = urlsplit(next(word for word in mail.text.split() if "/status/address/" in word)).path
    answer = client.post(confirm)
    assert (answer.status_code, "This address cannot be used." in text(answer)) == (400, True)
    robin.refresh_from_db()
    kim.refresh_from_db()
    assert (robin.email, kim.email) == ("robin@example.com", "kim@example.com")


# --- A new link


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


# --- Cost


def test_the_page_costs_the_same_however_long_the_history(client, django_assert_num_queries) -> None:
    robin = make_candidate(first_name="Robin")
    for count in (1, 5):
        for _ in range(count):
            application = make_application(candidate=robin)
            make_message(application)
            make_message(application, "out", author=make_user())
            Document.objects.create(
                candidate=robin, kind="other", file="x", filename="x", content_type="a/b", size=1, sha256=""
            )
        path = open_for(robin)
        with django_assert_num_queries(8):
            assert client.get(path).status_code == 200


def test_times_are_those_of_the_candidate(client) -> None:
    application = applied(time_zone="Pacific/Auckland")
    make_message(application, now=timezone.now())
    page = text(client.get(open_for(application.candidate)))
    assert "NZDT" in page


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
