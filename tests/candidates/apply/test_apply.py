"""Applying: a plain form that loses nothing, whatever goes wrong."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from ats.duework import tasks
from ats.duework.models import DueTask
from ats.mail.models import OutgoingMail
from candidates.apply import kept_uploads
from candidates.models import Answer, Application, Candidate, Document
from candidates.people.queries import matching
from tests.candidates.documents import files
from tests.factories import make_location, make_organisation, make_post, make_question, make_requisition

pytestmark = pytest.mark.django_db

TYPED = {
    "first_name": "Zoë",
    "last_name": "Example",
    "email": "zoe@example.com",
    "phone": "030 901820",
    "cover_letter": "I build ferries.",
    "consent_pool": "on",
}


def cv(name: str = "cv.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else files.pdf())


@pytest.fixture
def post():
    return make_post(slug="engineer")


def send(client, **more):
    return client.post("/careers/engineer/apply/", TYPED | {"resume": cv()} | more)


def kept_key(answer) -> str:
    return answer.context["form"]["resume"].field.widget.key


def test_somebody_applies_and_is_thanked_with_what_is_next(client, post) -> None:
    answer = client.post(
        "/careers/engineer/apply/?utm_source=board&utm_campaign=x&a=b", TYPED | {"resume": cv()}
    )
    assert (answer.status_code, answer["Location"]) == (302, "/careers/engineer/thanks/")
    application = Application.objects.select_related("candidate").get()
    robin = application.candidate
    assert (robin.first_name, robin.email, robin.phone) == ("Zoë", "zoe@example.com", "030 901820")
    assert robin.pool_consent_at is not None
    assert (application.post, application.cover_letter) == (post, "I build ferries.")
    assert application.source_detail == {"utm_source": "board", "utm_campaign": "x", "code": "board"}
    assert list(Document.objects.values_list("kind", "filename", "application")) == [
        ("resume", "cv.pdf", application.pk)
    ]
    page = client.get(answer["Location"]).content.decode()
    assert "You will hear from us by" in page
    assert str(post.requisition.recruiter) in page


def test_what_they_do_now_is_theirs_to_say_and_is_found(client, post) -> None:
    send(client, headline="Ferry engineer at Example GmbH")
    zoe = Candidate.objects.get()
    assert (zoe.headline, zoe.who) == ("Ferry engineer at Example GmbH", "Ferry engineer at Example GmbH")
    assert Application.objects.get().submitted["headline"] == zoe.headline
    assert list(matching(Candidate.objects.all(), "ferry").values_list("pk", flat=True)) == [zoe.pk]
    # Whoever types an address need not own it: what is known stays.
    post_of_another = make_post(slug="second")
    client.post("/careers/second/apply/", TYPED | {"resume": cv(), "headline": "Pirate"})
    zoe.refresh_from_db()
    assert (zoe.headline, post_of_another.applications.get().submitted["headline"]) == (
        "Ferry engineer at Example GmbH",
        "Pirate",
    )
    assert send(client, email="new@example.com", headline="x" * 201).status_code == 400


def test_the_form_says_who_reads_it_and_by_when_and_asks_its_questions(client, post) -> None:
    make_question(post, "yes_no", label="May you work in Germany?")
    page = client.get("/careers/engineer/apply/").content.decode()
    assert f"{post.requisition.recruiter} reads every application." in page
    assert "May you work in Germany?" in page
    assert 'enctype="multipart/form-data"' in page
    assert "<script" not in page


@pytest.mark.parametrize("typed", ["06 12 34 56 78", "030 901820 (abends)", "+49 30 901820 home"])
def test_a_telephone_number_is_kept_as_it_was_typed_wherever_the_office_is(client, typed) -> None:
    organisation = make_organisation()
    requisition = make_requisition(
        organisation=organisation, location=make_location(organisation, country="DE")
    )
    make_post(requisition, slug="engineer")
    send(client, phone=typed)
    assert Candidate.objects.get().phone == typed


@pytest.mark.parametrize(("first", "last"), [("Suharto", ""), ("", "Suharto")])
def test_one_name_is_enough(client, post, first, last) -> None:
    assert send(client, first_name=first, last_name=last).status_code == 302
    assert Candidate.objects.get().name == "Suharto"
    assert Candidate.objects.get().first_name == "Suharto"


def test_answers_of_every_kind_are_kept(client, post) -> None:
    questions = {
        kind: make_question(post, kind) for kind in ("short", "long", "choice", "several", "yes_no", "file")
    }
    given = {
        "short": "a",
        "long": "b\nc",
        "choice": "Two",
        "several": ["One", "Three"],
        "yes_no": "no",
        "file": cv("portfolio.pdf"),
    }
    answer = send(client, **{f"question_{questions[kind].pk}": value for kind, value in given.items()})
    assert answer.status_code == 302
    kept = {each.question.kind: each.value for each in Answer.objects.select_related("question")}
    assert kept == given | {"yes_no": False, "file": "portfolio.pdf"}
    assert Document.objects.get(kind="answer").filename == "portfolio.pdf"


def test_a_mistake_keeps_everything_and_the_file(client, post) -> None:
    question = make_question(post, "several", required=True, label="Which?")
    upload = make_question(post, "file", required=True)
    answer = send(client, email="zoe@", **{f"question_{upload.pk}": cv("portfolio.pdf")})
    page = answer.content.decode()
    assert answer.status_code == 400
    assert dict(answer.context["form"].errors) == {
        "email": ["Write an e-mail address like name@example.com."],
        f"question_{question.pk}": ["Please answer this."],
    }
    assert 'value="Zoë"' in page
    assert "I build ferries." in page
    assert "<strong>cv.pdf</strong> is attached." in page
    assert "<strong>portfolio.pdf</strong> is attached." in page
    assert (Application.objects.count(), Document.objects.count()) == (0, 0)

    again = TYPED | {
        "kept_resume": kept_key(answer),
        f"kept_question_{upload.pk}": answer.context["form"][f"question_{upload.pk}"].field.widget.key,
        f"question_{question.pk}": "One",
    }
    assert client.post("/careers/engineer/apply/", again).status_code == 302
    assert list(Document.objects.order_by("kind").values_list("kind", "filename", "size")) == [
        ("answer", "portfolio.pdf", len(files.pdf())),
        ("resume", "cv.pdf", len(files.pdf())),
    ]


def test_a_new_file_replaces_the_kept_one_and_a_bad_one_does_not(client, post) -> None:
    first = send(client, email="")
    second = client.post(
        "/careers/engineer/apply/",
        TYPED | {"email": "", "kept_resume": kept_key(first), "resume": cv("x.exe", b"MZ")},
    )
    assert "<strong>cv.pdf</strong> is attached." in second.content.decode()
    third = client.post(
        "/careers/engineer/apply/",
        TYPED | {"kept_resume": kept_key(second), "resume": cv("newer.txt", b"Words")},
    )
    assert third.status_code == 302
    assert Document.objects.get().filename == "newer.txt"


@pytest.mark.parametrize("key", ["", "1", "../../etc/passwd", "eyJwYXRoIjoieCJ9:1abc:xyz"])
def test_a_key_that_is_not_ours_is_no_file(client, post, key) -> None:
    typed = TYPED | {"kept_resume": key, "resume": "17", "resume_id": "17"}
    assert client.post("/careers/engineer/apply/", typed).status_code == 302
    assert Document.objects.count() == 0


def test_a_key_works_for_its_own_field_and_form_only(client, post) -> None:
    other = make_post(slug="other")
    key = kept_key(send(client, email=""))
    client.post("/careers/other/apply/", TYPED | {"kept_resume": key})
    assert (Application.objects.get().post, Document.objects.count()) == (other, 0)


def test_kept_files_are_forgotten_after_an_hour(client, post) -> None:
    key = kept_key(send(client, email=""))
    place = f"{post.pk}:resume"
    assert kept_uploads.fetch(key, place=place) is not None

    later = timezone.now() + timedelta(minutes=61)
    assert tasks.run_inside(later) == 1
    assert kept_uploads.fetch(key, place=place) is None


def test_nothing_said_at_all_is_asked_for_a_resume_or_a_few_words(client, post) -> None:
    answer = client.post("/careers/engineer/apply/", TYPED | {"cover_letter": "  "})
    assert dict(answer.context["form"].errors) == {
        "resume": ["Attach a résumé, or tell us about yourself in a few words below."]
    }
    assert client.post("/careers/engineer/apply/", TYPED).status_code == 302


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"first_name": "", "last_name": " \u202e "}, "first_name"),
        ({"last_name": "\u200b"}, "last_name"),
        ({"first_name": "win at evil.shop"}, "first_name"),
        ({"email": "zoe@[127.0.0.1]"}, "email"),
        ({"first_name": "x" * 101}, "first_name"),
        ({"email": "a@example.com\r\nBcc: b@example.com"}, "email"),
        ({"phone": "1" * 41}, "phone"),
        ({"cover_letter": "x" * 20_001}, "cover_letter"),
        ({"leave_this_empty": "http://spam.example"}, "leave_this_empty"),
        ({"resume": cv("cv.pdf", b"<?php")}, "resume"),
        ({"resume": cv("cv.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")}, "resume"),
    ],
)
def test_mistakes_are_said_beside_their_field(client, post, more, field) -> None:
    answer = send(client, **more)
    assert answer.status_code == 400
    assert list(answer.context["form"].errors) == [field]
    assert (Application.objects.count(), Candidate.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("first", "last"),
    [
        ("<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'),
        ("=cmd|' /C calc'!A0", "{{ 7*7 }}"),
        ("محمد", "李小龍"),
        ("Robin 👩‍💻", "O'Neil; DROP TABLE"),
    ],
)
def test_names_of_any_kind_are_kept_and_shown_as_they_are(client, post, first, last) -> None:
    assert send(client, first_name=first, last_name=last).status_code == 302
    assert Candidate.objects.values_list("first_name", "last_name").get() == (first, last)
    page = send(client, first_name=first, last_name=last, email="").content.decode()
    assert ("<script" in page, "<img" in page) == (False, False)


def test_applying_twice_is_answered_alike_and_stores_nothing(client, post) -> None:
    first, second = send(client), send(client, first_name="Mallory", email="ZOE@example.com", phone="666")
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert (Application.objects.count(), Document.objects.count()) == (1, 1)
    assert Candidate.objects.get().first_name == "Zoë"
    assert OutgoingMail.objects.filter(role="application.already", to="zoe@example.com").count() == 1


def test_a_closed_job_takes_nobody_and_an_unknown_one_is_not_found(client) -> None:
    make_post(make_requisition("closed"), slug="closed", state="closed")
    make_post(make_requisition("on_hold"), slug="held")
    make_post(slug="draft", state="draft")
    for slug in ("closed", "held"):
        answer = client.get(f"/careers/{slug}/apply/")
        assert (answer.status_code, answer["Location"]) == (302, f"/careers/{slug}/")
    # Who wrote already is told, and keeps it: tests/candidates/apply/test_closed.py.
    answers = {
        slug: client.post(f"/careers/{slug}/apply/", TYPED) for slug in ("closed", "held", "draft", "none")
    }
    assert {slug: answer.status_code for slug, answer in answers.items()} == {
        "closed": 200, "held": 200, "draft": 404, "none": 404,
    }  # fmt: skip
    assert Application.objects.count() == 0


def test_what_is_too_large_is_refused_before_it_is_read(client, post, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 500_000
    answer = send(client, resume=cv("cv.txt", b"x" * 3_000_000))
    assert answer.status_code == 413
    assert "larger together than we can take" in answer.content.decode()


def test_a_file_over_the_limit_is_refused_beside_the_field(client, post, settings) -> None:
    settings.UPLOAD_MAX_BYTES = 1000
    answer = send(client, resume=cv("cv.txt", b"x" * 1001))
    assert dict(answer.context["form"].errors) == {
        "resume": ["This file is larger than 1000\xa0bytes. Attach a smaller one."]
    }


def test_the_form_asks_for_its_csrf_token(post) -> None:

    strict = Client(enforce_csrf_checks=True)
    assert send(strict).status_code == 403
    token = strict.get("/careers/engineer/apply/").context["csrf_token"]
    assert send(strict, csrfmiddlewaretoken=str(token)).status_code == 302


def test_one_sender_or_one_address_may_send_only_so_often(client, post, settings) -> None:
    settings.APPLY_RATE = "2/minute"
    assert [send(client, email=f"a{n}@example.com").status_code for n in range(3)] == [302, 302, 429]
    refused = send(client, email="b@example.com")
    assert int(refused["Retry-After"]) in range(1, 61)
    assert "Please wait a minute" in refused.content.decode()
    assert "<strong>cv.pdf</strong> is attached." in refused.content.decode()
    settings.APPLY_RATE, settings.APPLY_ADDRESS_RATE = "100/minute", "2/minute"
    assert [send(client, email="z+1@gmail.com").status_code for _ in range(2)] == [302, 302]
    assert send(client, email="z@googlemail.com").status_code == 429


def test_without_the_broker_everybody_gets_through(client, post, settings) -> None:
    settings.APPLY_RATE = "1/minute"
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    assert [send(client, email=f"c{n}@example.com").status_code for n in range(3)] == [302, 302, 302]


def test_the_form_costs_the_same_however_many_questions(client, post, django_assert_num_queries) -> None:
    for _ in range(2):
        with django_assert_num_queries(4):
            client.get("/careers/engineer/apply/")
        for _ in range(4):
            make_question(post, "choice")


def test_a_field_as_large_as_a_book_is_refused(client, post) -> None:
    assert send(client, cover_letter="x" * 3_000_000).status_code == 400
    assert Application.objects.count() == 0


def test_wrong_forms_do_not_fill_the_disk(client, post, settings) -> None:
    """Whoever is over the limit loses no file that is kept already; new ones are not kept any more."""
    settings.APPLY_RATE = "25/minute"
    first = kept_key(send(client, email=""))
    for _ in range(19):
        assert kept_key(send(client, email="")) != ""
    assert kept_key(send(client, email="")) == ""
    assert kept_key(send(client, email="", kept_resume=first, resume="")) == first
    assert DueTask.objects.filter(kind=kept_uploads.FORGET).count() == 20
    for _ in range(5):
        refused = send(client)
    assert (refused.status_code, kept_key(refused)) == (429, "")
    assert DueTask.objects.filter(kind=kept_uploads.FORGET).count() == 20
