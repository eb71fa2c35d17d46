"""Reading what candidates handed in."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.lacks import lack
from ats.duework.models import MAX_ATTEMPTS, DueTask
from ats.duework.readiness import rows
from ats.duework.tasks import task_kind
from candidates.documents import actions, queries, reading, recognising, scanning
from candidates.documents.actions import LOOK, READ, RECOGNISE, SCAN, keep_reading, keep_scan
from candidates.documents.domain import pictures
from candidates.documents.domain.checks import CONTENT_TYPES
from candidates.documents.domain.findings import Holds
from candidates.documents.models import Document, ReadingState, Scan

KINDS = {content_type: kind for kind, content_type in CONTENT_TYPES.items()}
NOT_HERE = (
    "Pictures of pages are not read on this machine: it has none of Tesseract's languages (OCR_DATA). Scanned "
    "documents are kept and shown, and a search does not find what stands on them."
)
LOST = "The file is no longer there."
TRIES = 3
"""So often a page, or an old file, may end who looks at it."""


@task_kind(READ, outside=True)
def read_document(task: DueTask, now: datetime) -> None:
    """Read the file, unless it has been read or is gone meanwhile.

    Whatever it did to its readers all the times before: at the last one it is not opened, and people are told.
    """
    document = Document.objects.filter(pk=task.subject_id, reading=ReadingState.WAITING).first()
    if document is None:
        return
    last = task.attempts == MAX_ATTEMPTS - 1
    found = reading.Reading(problem=reading.GAVE_UP) if last else _found(document)
    keep_reading(document_id=document.pk, reading=found, now=now)


def _found(document: Document) -> reading.Reading:
    try:
        with document.file.open("rb") as file:
            return reading.read(file, KINDS[document.content_type])
    except FileNotFoundError:
        return reading.Reading(problem=LOST)


@task_kind(SCAN, outside=True)
def scan_document(task: DueTask, now: datetime) -> None:
    """Have the virus scanner look at the file; where it cannot be reached, again later."""
    document = Document.objects.filter(pk=task.subject_id, scan=Scan.WAITING).first()
    if document is None:
        return
    try:
        with document.file.open("rb") as file:
            scan, found = scanning.scan(file)
    except FileNotFoundError:
        return
    keep_scan(document_id=document.pk, scan=scan, found=found, now=now)


@lack
def pages_are_not_recognised() -> str:
    return "" if recognising.data() else NOT_HERE


@task_kind(RECOGNISE, outside=True, later=True)
def recognise_page(task: DueTask, now: datetime) -> None:
    """Recognise the words on the picture of one page, unless that has been done or the file is gone meanwhile."""
    document, page = Document.objects.filter(pk=task.subject_id).first(), task.payload["page"]
    if document is None or page not in pictures.waiting(document.picture_pages):
        return
    words = None if task.attempts >= TRIES else _recognised(document, page)
    actions.keep_recognised(document_id=document.pk, page=page, words=words, now=now)


def _recognised(document: Document, page: int) -> str | None:
    try:
        with document.file.open("rb") as file:
            return recognising.recognise(file, page, countries=queries.countries_of(document))
    except FileNotFoundError:
        return None


@task_kind(LOOK, outside=True, later=True)
def look_through(task: DueTask, now: datetime) -> None:
    """Look through a file that was read before files were looked through."""
    document = Document.objects.filter(pk=task.subject_id, holds=None).first()
    if document is None:
        return
    holds = (Holds.UNKNOWN,) if task.attempts >= TRIES else _held(document)
    actions.keep_look(document_id=document.pk, holds=holds, now=now)


def _held(document: Document) -> tuple[str, ...]:
    try:
        with document.file.open("rb") as file:
            return reading.looked_through(file, KINDS[document.content_type])
    except FileNotFoundError:
        return (Holds.UNKNOWN,)


@lane("old-documents", last=True, due=rows(actions.to_look_through))
def plan_looking(now: datetime) -> int:
    """Nothing is left to do in this tick, whatever was planned."""
    actions.plan_looking(now)
    return 0
