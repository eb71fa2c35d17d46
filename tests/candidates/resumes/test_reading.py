"""What stands in a résumé is read once its words are known, kept with how sure it is, and read anew later."""

import io

import pikepdf
import pytest
from django.db import connection

from ats.activity.models import Activity
from ats.duework import engine
from candidates.documents.actions import keep_recognised
from candidates.models import Document, ReadState, ResumeReading
from candidates.resumes.actions import read as reading_of
from candidates.resumes.domain import reader
from candidates.resumes.domain.facts import Confidence
from tests.candidates.documents import files
from tests.candidates.helpers import run_lane
from tests.candidates.resumes import papers
from tests.factories import NOW, make_candidate

pytestmark = pytest.mark.django_db


def test_a_resume_is_read_after_its_words_and_each_fact_says_how_sure_it_is() -> None:
    person = make_candidate()
    papers.handed_in(person)
    assert ResumeReading.objects.get().state == ReadState.WAITING
    assert run_lane("resumes", NOW) == 1
    row = ResumeReading.objects.get()
    assert (row.candidate, row.state, row.form, row.read_at) == (person, "read", reader.VERSION, NOW)
    assert [(each.value, each.confidence) for each in row.read.emails] == [
        ("robin.example@post.example", Confidence.SURE)
    ]
    assert [each.value for each in row.read.skills] == ["Python", "PostgreSQL", "Kubernetes"]
    assert run_lane("resumes", NOW) == 0


def test_other_documents_are_not_read_for_facts() -> None:
    papers.handed_in(make_candidate(), kind="cover_letter")
    assert not ResumeReading.objects.exists()


def test_an_older_reading_is_read_anew_and_keeps_what_was_decided() -> None:
    row = papers.read(make_candidate())
    ResumeReading.objects.update(form=reader.VERSION - 1, facts={}, decided={"emails-1": "refused"})
    engine.tick(NOW)
    row.refresh_from_db()
    assert (row.form, row.read.name.value) == (reader.VERSION, "Robin Example")
    assert row.decided == {"emails-1": "refused"}


def test_a_file_without_text_says_so_until_its_pictures_are_recognised(monkeypatch) -> None:
    row = papers.read(make_candidate(), files.pdf(" "), name="scan.pdf")
    assert (row.state, row.facts) == ("empty", {})
    Document.objects.update(picture_pages=[{"page": 1, "at": 0, "state": "waiting", "length": 0}])
    keep_recognised(document_id=row.document_id, page=1, words=papers.TEXT, now=NOW)
    run_lane("resumes", NOW)
    row.refresh_from_db()
    assert (row.state, row.is_recognised, row.read.name.value) == ("read", True, "Robin Example")
    assert {fact.confidence for _, fact in row.read.each()} == {Confidence.LIKELY}


def test_a_broken_file_says_what_is_wrong_and_is_not_tried_again() -> None:
    row = papers.read(make_candidate(), b"%PDF-1.7 and no more", name="cv.pdf")
    assert (row.state, row.problem) == ("failed", "The file is damaged.")
    assert run_lane("resumes", NOW) == 0
    assert list(Activity.objects.filter(verb="resume.unreadable")) == []


def test_one_that_takes_too_long_is_given_up_with_its_reason(monkeypatch) -> None:
    monkeypatch.setattr(reading_of, "run_child", lambda *_, seconds: False)
    row = papers.read(make_candidate())
    assert (row.state, row.problem, row.form) == ("failed", reading_of.TOO_LONG, reader.VERSION)
    assert Activity.objects.get(verb="resume.unreadable").data["problem"] == reading_of.TOO_LONG


@pytest.mark.parametrize("left", [b"", b"[]", b"{", b'{"facts": {"emails": [1]}}', b'{"facts": []}'])
def test_what_a_process_that_went_wrong_left_is_not_believed(monkeypatch, left: bytes) -> None:
    def broken(_: str, folder: str, *, seconds: float) -> bool:
        with open(f"{folder}/result.json", "wb") as file:  # noqa: PTH123
            file.write(left)
        return True

    monkeypatch.setattr(reading_of, "run_child", broken)
    assert reading_of.facts_of({"text": "x"})[1] == reading_of.GAVE_UP


@pytest.mark.parametrize(
    "text",
    [
        "a" * 200_000,
        "1." * 60_000,
        "((((" * 10_000,
        "@" * 60_000,
        "x@y." * 15_000,
        "2019 - " * 8_000,
        "\x00\ufffe",
    ],
)
def test_hostile_words_end_in_time(text: str) -> None:
    facts, problem = reading_of.facts_of({"text": text, "links": [], "europass": ""}, seconds=15)
    assert problem == ""
    assert max(len(getattr(facts, kind)) for kind in ("emails", "skills", "positions", "links")) <= 80


def test_the_europass_inside_a_pdf_is_read_before_its_pages() -> None:
    pdf = pikepdf.open(io.BytesIO(files.pdf("Robin Example\nrobin.other@post.example")))
    pdf.attachments["attachment.xml"] = papers.EUROPASS.encode()
    out = io.BytesIO()
    pdf.save(out)
    row = papers.read(make_candidate(), out.getvalue(), name="europass.pdf")
    assert [each.value for each in row.read.emails] == ["robin.example@post.example"]
    assert [(each.what, each.where, each.start, each.current) for each in row.read.positions] == [
        ("Data engineer", "Specimen GmbH", "2019-03-01", True)
    ]
    assert "attachment.xml" not in row.document.unread


def test_a_bomb_inside_a_pdf_is_no_europass() -> None:
    pdf = pikepdf.open(io.BytesIO(files.pdf(papers.TEXT)))
    pdf.attachments["bomb.xml"] = papers.BOMB.encode()
    out = io.BytesIO()
    pdf.save(out)
    row = papers.read(make_candidate(), out.getvalue(), name="europass.pdf")
    assert (row.document.europass, row.state, row.read.name.value) == ("", "read", "Robin Example")
    assert "bomb.xml" in row.document.unread


def test_resumes_of_before_are_taken_up() -> None:
    from importlib import import_module

    from candidates.migrations import __path__  # noqa: F401

    papers.handed_in(make_candidate())
    ResumeReading.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(import_module("candidates.migrations.0078_old_resumes").WAIT)
    assert run_lane("resumes", NOW) == 1
    assert ResumeReading.objects.get().state == "read"
