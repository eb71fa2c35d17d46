"""The candidate's own page: the truth, and nothing before its time."""

import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from ats.activity.models import Activity
from candidates.messages.actions import send
from candidates.models import Document, Promise
from tests.candidates.documents import files
from tests.candidates.portal.helpers import applied, open_for, text
from tests.factories import (
    NOW,
    make_application,
    make_candidate,
    make_message,
    make_promise,
    make_user,
)

pytestmark = pytest.mark.django_db


def test_the_page_reads_like_a_letter(client) -> None:
    application = applied()
    due = timezone.localtime(application.promises.get().due_at)
    page = text(client.get(open_for(application.candidate)))
    assert page.startswith("Hello Robin Your application for Data engineer is with Kim Sample . ")
    assert f"First answer: by {due:%A} {due.day} {due:%B}" in page
    assert "You applied" in page
    assert "We read your application You are here" in page
    assert page.index("The hiring manager looks at your application") > page.index("You are here")


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
    assert (again.status_code, again["Location"]) == (302, f"{path}?done=withdrawn")
    application.refresh_from_db()
    assert application.reason_note == "Found another."


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
    "headline": "Nurse at Example Clinic",
    "city": "Köln",
}


def test_details_are_changed(client) -> None:
    robin = applied().candidate
    path = open_for(robin)
    answer = client.post(f"{path}details/", DETAILS, follow=True)
    robin.refresh_from_db()
    assert (robin.last_name, robin.city, robin.phone, robin.name_key) == (
        "Sample",
        "Köln",
        "+49 30 901820",
        "robin sample",
    )
    assert robin.who == "Nurse at Example Clinic, Köln"
    assert "Your details were changed." in text(answer)
    no_name = client.post(f"{path}details/", DETAILS | {"first_name": "", "last_name": " "})
    assert no_name.status_code == 400
    assert dict(no_name.context["form"].errors) == {"first_name": ["Write a name; one is enough."]}


def test_a_person_of_one_name_changes_their_details(client) -> None:
    robin = applied().candidate
    typed = "030 901820 (abends)"
    answer = client.post(
        f"{open_for(robin)}details/", DETAILS | {"first_name": "", "last_name": "Suharto", "phone": typed}
    )
    robin.refresh_from_db()
    assert (answer.status_code, robin.first_name, robin.last_name, robin.phone) == (302, "Suharto", "", typed)


def test_a_new_address_at_a_machine_is_refused_before_anything_is_sent_there(client) -> None:
    robin = applied().candidate
    answer = client.post(f"{open_for(robin)}details/", DETAILS | {"email": "robin@[127.0.0.1]"})
    assert list(answer.context["form"].errors) == ["email"]


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


def test_the_steps_tell_a_broken_promise_as_one_and_thank_for_an_interview(client) -> None:
    application = make_application(state="rejected", told_at=NOW)
    facts = {"subject_type": "application", "subject_id": application.pk, "actor_kind": "system"}
    said = {"what": "First answer", "name": "First talk", "due": "Monday"}
    for verb in ("promise.broken", "interview.held"):
        Activity.objects.create(application_id=application.pk, verb=verb, occurred_at=NOW, data=said, **facts)
    body = client.get(open_for(application.candidate)).content.decode()
    assert re.findall(r'<li class="(is-\w+)">', body) == ["is-done", "is-missed", "is-done", "is-done"]
    assert "for the time you took to talk with us" in body


@pytest.mark.ordinary_day
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "First answer did not come by Thursday 26 November, as we had said"),
        ("de", "Erste Antwort kam nicht bis Donnerstag, 26. November, wie wir es gesagt hatten"),
    ],
)
def test_days_on_record_are_told_in_the_language_of_who_reads(client, language, said) -> None:
    """The record itself is in English."""
    application = make_application(candidate=make_candidate(language=language))
    due = NOW + timedelta(days=2)
    Activity.objects.create(
        subject_type="application", subject_id=application.pk, actor_kind="system", verb="promise.broken",
        application_id=application.pk, occurred_at=NOW,
        data={"what": "First answer", "due": "Thursday 26 November", "due_at": due.isoformat()},
    )  # fmt: skip
    assert said in text(client.get(open_for(application.candidate)))


def test_what_is_owed_now_is_shown_whatever_was_opened_later(client) -> None:
    application = make_application()
    Promise.objects.filter(application=application).update(what="News about your interview")
    later = NOW + timedelta(hours=1)
    make_promise(application, what="Choosing a time", state="kept", opened_at=later, settled_at=later)
    assert "News about your interview" in text(client.get(open_for(application.candidate)))


def test_each_day_that_we_did_not_keep_is_owned_up_to(client) -> None:
    application = make_application()
    page = open_for(application.candidate)
    for broken, said in (
        (1, "We had named an earlier day and did not keep it. We are sorry."),
        (4, "We have named 4 days before this one and kept none of them. We are sorry."),
    ):
        Promise.objects.filter(application=application).update(broken_before=broken, waiting_since=NOW)
        assert said in text(client.get(page))


def test_times_are_those_of_the_candidate(client) -> None:
    application = applied(time_zone="Pacific/Auckland")
    make_message(application, now=timezone.now())
    page = text(client.get(open_for(application.candidate)))
    assert "NZDT" in page


def test_days_that_passed_one_after_the_other_are_one_line(client) -> None:
    application = make_application(applied_at=NOW)
    facts = {"subject_type": "application", "subject_id": application.pk, "actor_kind": "system"}
    said = {"what": "First answer", "name": "First talk", "due": "Monday"}
    for day, verb in enumerate(["promise.broken"] * 4 + ["interview.held", "promise.broken"]):
        Activity.objects.create(
            application_id=application.pk,
            verb=verb,
            occurred_at=NOW + timedelta(days=day),
            data=said,
            **facts,
        )

    body = client.get(open_for(application.candidate)).content.decode()

    signs = re.findall(r'<li class="(is-\w+)">', body)
    assert signs == ["is-done", "is-missed", "is-done", "is-missed", "is-now"]
    assert body.count("4 days that we had named passed without an answer from us") == 1
    assert body.count("First answer did not come by Monday, as we had said") == 1
