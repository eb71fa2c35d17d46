"""Pages of which there is only a picture: shown at once, and their words recognised later."""

import io
import itertools
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import checks as system_checks
from django.template.loader import render_to_string
from django.utils import timezone
from PIL import Image

from ats.accounts.models import Role
from ats.activity.models import Activity
from ats.duework import tasks
from ats.duework.models import DueTask, TaskState
from candidates.documents import reading, recognising
from candidates.documents.actions import attach, keep_recognised
from candidates.documents.domain import languages, pictures
from candidates.documents.queries import countries_of, documents_of
from candidates.documents.tasks import NOT_HERE, TRIES
from candidates.models import Candidate, Document
from candidates.people.queries import matching
from tests.candidates.documents import files, scans
from tests.candidates.portal.helpers import open_for
from tests.factories import NOW, make_application, make_location, make_user

GERMAN = (
    "Jürgen Größmann",
    "Softwareentwickler, Straße des 17. Juni 135, 10623 Berlin",
    "Telefon: +49 30 901820",
    "Verantwortlich für die Einführung von PostgreSQL und die Schulung von 45 Mitarbeitern.",
    "Abschluss: Diplom-Informatiker, Universität Tübingen.",
)
ENGLISH = (
    "Robin O'Connor",
    "Data Engineer, 14 Harbour Street, Dublin",
    "Built booking services for ferries in Python and Go, for 5M daily orders in 25 countries.",
    "BSc Computer Science, Trinity College, First Class Honours.",
)
real = pytest.mark.skipif(
    not {"eng", "deu"} <= set(recognising.known(recognising.data())),
    reason="Tesseract's languages (Debian: tesseract-ocr-eng, -deu, -osd) are not on this machine",
)
SCAN = scans.document(scans.picture("x"))


def hand_in(content: bytes, application: Any = None) -> Document:
    application = application or make_application()
    document = attach(
        candidate=application.candidate,
        application=application,
        kind="resume",
        upload=files.upload("cv.pdf", content),
        by=None,
        now=NOW,
    )
    tasks.run_outside(NOW)
    document.refresh_from_db()
    return document


def later(document: Document, now: Any = NOW) -> int:
    """Everything that can be done later now; how many tasks that were."""
    done = 0
    while number := tasks.run_later(now):
        done += number
    document.refresh_from_db()
    return done


@pytest.fixture
def engine(settings: Any, tmp_path: Path, monkeypatch: Any) -> dict[int, Any]:
    """A stand-in for the child: what stands on each page; a function does what it wants to the folder."""
    (tmp_path / "eng.traineddata").touch()
    settings.OCR_DATA = str(tmp_path)
    pages: dict[int, Any] = {}

    def child(module: str, folder: str, page: str, *_: str, seconds: float) -> bool:
        words = pages[int(page)]
        if callable(words):
            return bool(words(Path(folder)))
        (Path(folder) / "text").write_text(words)
        (Path(folder) / "result.json").write_text('{"sure": 90}')
        return True

    monkeypatch.setattr(recognising, "run_child", child)
    return pages


def preview(document: Document) -> str:
    lead = make_user(Role.LEAD)
    shown = next(each for each in documents_of(document.candidate_id, user=lead) if each == document)
    return render_to_string("candidates/documents/preview.html", {"document": shown})


@real
@pytest.mark.parametrize(
    ("lines", "how"),
    [
        (ENGLISH, {}),
        (GERMAN, {}),
        (GERMAN, {"worn": True}),
        (GERMAN, {"turned": 90}),
        (ENGLISH, {"turned": 180}),
        (ENGLISH, {"shade": True}),
    ],
)
def test_what_stands_on_a_picture_is_recognised(lines: tuple[str, ...], how: dict[str, Any]) -> None:
    file = io.BytesIO(scans.document(scans.picture(*lines, **how)))
    words = recognising.recognise(file, 1, countries=["DE"])
    assert words is not None
    wanted = " ".join(lines)
    assert scans.distance(wanted, " ".join(words.split())) / len(wanted) < 0.02


@real
@pytest.mark.parametrize("seed", range(4))
def test_what_is_no_words_becomes_none(seed: int) -> None:
    dots = random.Random(seed).choices(range(256), k=300 * 400)
    noise = Image.frombytes("L", (300, 400), bytes(dots)).resize((1200, 1600))
    assert recognising.recognise(io.BytesIO(scans.document(noise)), 1, countries=["DE"]) == ""


@real
def test_a_page_has_so_long_and_no_longer() -> None:
    file = io.BytesIO(scans.document(scans.picture(*ENGLISH)))
    assert recognising.recognise(file, 1, countries=[], seconds=0.2) is None


@real
@pytest.mark.django_db
def test_a_scanned_resume_is_shown_at_once_and_found_later(client: Any) -> None:
    application = make_application()
    make_location(application.requisition.organisation, country="DE")
    document = hand_in(scans.document(scans.picture(*GERMAN)), application)
    before = Candidate.objects.values().get(pk=document.candidate_id)
    assert (document.reading, document.text, document.pages.count()) == ("empty", "", 1)
    assert "still to be recognised" in preview(document)
    portal = open_for(document.candidate)
    assert "we are still recognising what stands on it" in client.get(portal).content.decode()
    assert list(matching(Candidate.objects.all(), "Diplom-Informatiker Tübingen")) == []

    assert later(document) == 1

    assert (document.reading, document.left_out) == (
        "read",
        ["What stands on page 1 was read from a picture, and may hold mistakes."],
    )
    assert "Größmann" in document.text
    assert list(matching(Candidate.objects.all(), "Diplom-Informatiker Tübingen")) == [document.candidate]
    assert "Page 1, read from its picture; may hold mistakes." in preview(document)
    said = client.get(portal).content.decode()
    assert ("we are still recognising" in said, "We found no words in it" in said) == (False, False)
    after = Candidate.objects.values().get(pk=document.candidate_id)
    assert {name for name in before if before[name] != after[name]} == {"search"}


@pytest.mark.django_db
def test_words_from_pictures_stand_where_their_page_does(engine: dict[int, Any]) -> None:
    image = scans.picture("x")
    document = hand_in(scans.document(image, "Alpha", image, image, "Beta", image))
    assert document.text == "Alpha\n\nBeta"
    assert document.left_out == [
        "There is only a picture of page 1, 3, 4, 6 so far. Its words are still to be recognised."
    ]
    engine |= {1: "First\x0c page", 3: "Third", 4: "", 6: "Sixth"}

    assert later(document) == 4

    assert document.text == "First\n\npage\n\nAlpha\n\nThird\n\nBeta\n\nSixth"
    assert [(part.words, part.page) for part in document.parts] == [
        ("First\n\npage", 1),
        ("Alpha", None),
        ("Third", 3),
        ("Beta", None),
        ("Sixth", 6),
    ]
    assert document.left_out == [
        "There are no words that can be read on page 4, perhaps only a picture of them.",
        "What stands on page 1, 3, 6 was read from a picture, and may hold mistakes.",
    ]
    assert Activity.objects.filter(verb="document.recognised").count() == 1


def test_the_order_in_which_pages_are_recognised_does_not_matter() -> None:
    places = [(1, 0), (2, 0), (4, 5), (5, 5), (7, 11)]
    ends = set()
    for order in itertools.permutations(number for number, _ in places):
        text, pages = "Alpha\n\nBeta", pictures.begun(places, can=True)
        for page in order:
            text, pages = pictures.placed(text, pages, page=page, words=f"page {page}")
        ends.add((text, tuple(pictures.parts(text, pages))))
    assert len(ends) == 1
    assert ends.pop()[0] == "page 1\n\npage 2\n\nAlpha\n\npage 4\n\npage 5\n\nBeta\n\npage 7"


@pytest.mark.django_db
def test_ten_pages_of_a_file_are_recognised(engine: dict[int, Any]) -> None:
    document = hand_in(scans.document(*[scans.picture("x", dpi=20)] * 12))
    engine |= {number: f"page {number}" for number in range(1, 13)}
    assert later(document) == 10
    assert document.text == "\n\n".join(f"page {number}" for number in range(1, 11))
    assert document.left_out[0] == (
        "There are no words that can be read on page 11, 12, perhaps only a picture of them."
    )


def leaves(*names: tuple[str, bytes]) -> Any:
    def child(folder: Path) -> bool:
        for name, content in names:
            (folder / name).write_bytes(content)
        return True

    return child


@pytest.mark.django_db
@pytest.mark.parametrize(
    "child",
    [
        lambda folder: False,  # too slow
        leaves(),  # killed
        leaves(("text", b"half a w")),
        leaves(("text", b"x"), ("result.json", b"\x00garbage")),
        leaves(("text", b"x"), ("result.json", b"[]")),
        leaves(("text", b"x"), ("result.json", b'{"problem": "The file is damaged."}')),
    ],
)
def test_a_page_that_cannot_be_looked_at_is_said_and_stops_nothing(
    engine: dict[int, Any], child: Any
) -> None:
    image = scans.picture("x")
    document = hand_in(scans.document("Alpha", image, image))
    engine |= {2: child, 3: "Third"}
    assert later(document) == 2
    assert (document.text, document.reading) == ("Alpha\n\nThird", "read")
    assert document.left_out == [
        "There are no words that can be read on page 2, perhaps only a picture of them.",
        "What stands on page 3 was read from a picture, and may hold mistakes.",
    ]


@pytest.mark.django_db
def test_what_is_no_text_becomes_some(engine: dict[int, Any]) -> None:
    document = hand_in(SCAN)
    engine[1] = leaves(("text", b"R\x00ob\xffin \xe2\x80\xae" + b"x" * 90_000), ("result.json", b"{}"))
    later(document)
    assert document.text[:7] == "Rob\ufffdin "
    assert len(document.text) < recognising.MAX_CHARACTERS


@pytest.mark.django_db
def test_a_worker_that_dies_takes_no_page_with_it_and_none_comes_twice(engine: dict[int, Any]) -> None:
    document = hand_in(SCAN)
    engine[1] = "Robin"
    task = DueTask.objects.filter(kind="documents.recognise")
    begun = timezone.now() - timedelta(seconds=1)
    task.update(state=TaskState.RUNNING, lease_token="0" * 32, lease_until=begun)
    assert later(document) == 0
    assert later(document, NOW + timedelta(minutes=1)) == 1
    keep_recognised(document_id=document.pk, page=1, words="Robin", now=NOW)
    document.refresh_from_db()
    assert document.text == "Robin"


@pytest.mark.django_db
def test_a_page_that_ends_its_workers_is_given_up(engine: dict[int, Any]) -> None:
    document = hand_in(SCAN)
    DueTask.objects.filter(kind="documents.recognise").update(attempts=TRIES)
    assert later(document) == 1  # nothing stands in for it: it is not opened
    assert (document.reading, document.picture_pages[0]["state"]) == ("empty", "failed")
    assert "There are no words in it, only pictures, so that" in preview(document)


@pytest.mark.django_db
def test_a_new_file_comes_before_a_page_of_an_old_one(engine: dict[int, Any], monkeypatch: Any) -> None:
    image = scans.picture("x")
    document = hand_in(scans.document(image, image))
    engine |= {1: "first", 2: "second"}
    order: list[str] = []
    for kinds in (tasks._outside, tasks._later):
        for kind, work in kinds.items():
            monkeypatch.setitem(
                kinds, kind, lambda task, now, kind=kind, work=work: (order.append(kind), work(task, now))
            )
    assert tasks.run_later(NOW) == 1
    application = make_application()
    attach(
        candidate=application.candidate,
        application=None,
        kind="resume",
        upload=files.upload("cv.txt", files.TXT),
        by=None,
        now=NOW,
    )
    later(document)
    assert order == ["documents.recognise", "documents.read", "documents.recognise"]


@pytest.mark.django_db
def test_a_machine_without_languages_says_so_and_reads_the_rest(settings: Any, client: Any) -> None:
    settings.OCR_DATA = "/nowhere"
    document = hand_in(scans.document("Alpha", scans.picture("x")))
    assert (document.text, DueTask.objects.filter(kind="documents.recognise").count()) == ("Alpha", 0)
    assert document.left_out == [
        "There are no words that can be read on page 2, perhaps only a picture of them."
    ]
    said = [each.msg for each in system_checks.run_checks(include_deployment_checks=True)]
    assert said.count(NOT_HERE) == 1
    client.force_login(make_user(Role.ADMIN))
    assert NOT_HERE.split(":")[0] in client.get("/settings/due-work/").content.decode()


@pytest.mark.parametrize(
    ("countries", "known", "wanted"),
    [
        (["DE"], {"eng", "deu", "fra"}, ["deu", "eng"]),
        (["CH", "NO", "SE"], {"eng", "deu", "fra", "ita", "nor", "swe"}, ["deu", "fra", "ita", "eng"]),
        (["DE"], {"fra"}, ["fra"]),
        ([], {"eng", "deu"}, ["eng"]),
        (["DE"], set(), []),
    ],
)
def test_in_which_languages_a_page_is_looked_at(
    countries: list[str], known: set[str], wanted: list[str]
) -> None:
    assert languages.to_look_for(countries, known=known) == wanted


@pytest.mark.django_db
def test_the_place_of_the_role_comes_first(engine: dict[int, Any]) -> None:
    application = make_application()
    organisation = application.requisition.organisation
    for country in ("NO", "NO", "SE"):
        organisation.locations.create(name=f"{country} {organisation.locations.count()}", country=country)
    place = organisation.locations.create(name="Wien", country="AT")
    application.requisition.location = place
    application.requisition.save()
    document = hand_in(SCAN, application)
    assert countries_of(document)[:2] == ["AT", "NO"]


OLD = files.RTF[:-1] + rb"{\field{\*\fldinst INCLUDEPICTURE x}{\fldrslt y}}}"


@pytest.mark.django_db
def test_old_files_are_looked_through_once(monkeypatch: Any) -> None:
    from candidates.documents import actions
    from candidates.documents.tasks import plan_looking

    harmless, risky, gone, killer = (hand_in(files.pdf()) for _ in range(4))
    for document, content in ((risky, OLD), (gone, None)):
        document.file.storage.delete(document.file.name)
        if content:
            document.file.storage.save(document.file.name, io.BytesIO(content))
    Document.objects.update(holds=None)
    Document.objects.filter(pk=risky.pk).update(content_type="application/rtf")
    monkeypatch.setattr(actions, "OLD_ONES", 3)

    assert plan_looking(NOW) == 0
    assert plan_looking(NOW) == 0
    assert DueTask.objects.filter(kind="documents.look").count() == 3
    assert later(harmless) == 3
    plan_looking(NOW)
    DueTask.objects.filter(kind="documents.look", state=TaskState.WAITING).update(attempts=TRIES)
    monkeypatch.setattr(reading, "looked_through", lambda *_: pytest.fail("it is not opened"))
    assert later(harmless) == 1
    plan_looking(NOW)

    assert later(harmless) == 0
    assert [Document.objects.get(pk=each.pk).holds for each in (harmless, risky, gone, killer)] == [
        [],
        ["fields"],
        ["unknown"],
        ["unknown"],
    ]
    assert harmless.care == []
