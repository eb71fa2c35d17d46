"""Taking a file in, and reading it afterwards."""

import pytest
from django.conf import settings
from django.db import transaction

from ats.activity.models import Activity
from ats.duework import tasks
from ats.duework.models import DueTask, TaskState
from ats.kernel.errors import Invalid
from candidates.documents.actions import attach
from candidates.models import Document
from candidates.people.models import Candidate
from tests.candidates.documents import files
from tests.factories import NOW, make_candidate, make_user

pytestmark = pytest.mark.django_db


def hand_in(candidate: Candidate, name: str, content: bytes, **facts) -> Document:
    facts = {"application": None, "kind": "resume", "by": None} | facts
    return attach(candidate=candidate, upload=files.upload(name, content), now=NOW, **facts)


@pytest.mark.parametrize(
    ("name", "content", "content_type", "text"),
    [
        ("cv.pdf", files.pdf(), "application/pdf", files.WORDS),
        (
            "cv.DOCX",
            files.docx(),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            files.WORDS + "\nLeft cell\nRight cell",
        ),
        (
            "cv.odt",
            files.odt(),
            "application/vnd.oasis.opendocument.text",
            "Robin Example\nbuilt ferries and Python\nservices.",
        ),
        (
            "cv.rtf",
            files.RTF,
            "application/rtf",
            "Robin Example built ferries and Python services.\nCafé owner.",
        ),
        ("cv.txt", files.TXT, "text/plain", files.WORDS),
    ],
)
def test_a_file_is_kept_as_it_came_and_read(name, content, content_type, text) -> None:
    robin = make_candidate()
    document = hand_in(robin, name, content)
    assert (document.filename, document.content_type, document.size) == (name, content_type, len(content))
    assert document.reading == "waiting"
    with document.file.open() as kept:
        assert kept.read() == content

    assert tasks.run_outside(NOW) == 1

    document.refresh_from_db()
    assert (document.reading, document.reading_problem, document.text) == ("read", "", text)
    assert document.pages.count() == (1 if name == "cv.pdf" else 0)
    assert list(Activity.objects.order_by("id").values_list("verb", "candidate_id")) == [
        ("document.added", robin.pk),
        ("document.read", robin.pk),
    ]
    assert Candidate.objects.extra(where=["search @@ to_tsquery('simple', 'ferries')"]).get() == robin
    assert DueTask.objects.get().state == TaskState.DONE


def test_a_scan_without_words_is_marked_as_empty_and_still_has_its_pages() -> None:
    document = hand_in(make_candidate(), "scan.pdf", files.pdf(" "))
    tasks.run_outside(NOW)
    document.refresh_from_db()
    assert (document.reading, document.text, document.pages.count()) == ("empty", "", 1)


def test_the_given_name_is_no_path() -> None:
    document = hand_in(make_candidate(), "../../etc/$(touch x);`id`.pdf", files.pdf())
    assert document.filename == "$(touch x);`id`.pdf"
    stored = document.file.name
    assert stored.startswith("documents/")
    assert stored.replace("documents/", "").replace("/", "").isalnum()
    assert (settings.MEDIA_ROOT / stored).stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_refused_leaves_nothing_and_names_the_field() -> None:
    with pytest.raises(Invalid) as refused:
        hand_in(make_candidate(), "cv.exe", b"MZ" + b"\0" * 100, field="question_7")
    assert refused.value.field == "question_7"
    assert (Document.objects.count(), DueTask.objects.count(), Activity.objects.count()) == (0, 0, 0)


def test_who_added_a_file_is_known() -> None:
    recruiter, robin = make_user(), make_candidate()
    by_recruiter = hand_in(robin, "a.txt", files.TXT, by=recruiter)
    by_robin = hand_in(robin, "b.txt", files.TXT, by=robin)
    assert (by_recruiter.uploaded_by, by_robin.uploaded_by) == (recruiter, None)
    kinds = Activity.objects.order_by("id").values_list("actor_kind", "actor_id")
    assert list(kinds) == [("user", recruiter.pk), ("candidate", robin.pk)]


def test_reading_twice_changes_nothing() -> None:
    document = hand_in(make_candidate(), "cv.pdf", files.pdf(pages=2))
    tasks.run_outside(NOW)
    DueTask.objects.update(state=TaskState.WAITING, settled_at=None)
    tasks.run_outside(NOW)
    assert document.pages.count() == 2
    assert Activity.objects.filter(verb="document.read").count() == 1


def test_a_file_that_is_gone_is_said_to_be_gone() -> None:
    document = hand_in(make_candidate(), "cv.txt", files.TXT)
    document.file.storage.delete(document.file.name)
    tasks.run_outside(NOW)
    document.refresh_from_db()
    assert (document.reading, document.reading_problem) == ("failed", "The file is no longer there.")
    assert DueTask.objects.get().state == TaskState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_file_whose_application_does_not_come_about_is_not_kept() -> None:
    handed_in = []

    @transaction.atomic
    def apply_again() -> None:
        handed_in.append(hand_in(make_candidate(), "cv.txt", files.TXT).file)
        raise Invalid("You have applied already.")

    with pytest.raises(Invalid):
        apply_again()

    (file,) = handed_in
    assert not file.storage.exists(file.name)
