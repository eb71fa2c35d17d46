"""Reading what candidates handed in."""

from datetime import datetime

from ats.duework.models import MAX_ATTEMPTS, DueTask
from ats.duework.tasks import task_kind
from candidates.documents import reading, scanning
from candidates.documents.actions import READ, SCAN, keep_reading, keep_scan
from candidates.documents.domain.checks import CONTENT_TYPES
from candidates.documents.models import Document, ReadingState, Scan

KINDS = {content_type: kind for kind, content_type in CONTENT_TYPES.items()}
LOST = "The file is no longer there."


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
