"""Taking files in, and keeping what was read from them."""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.models import DueTask, TaskState
from ats.duework.tasks import hurry, plan
from ats.kernel.files import goes_with_transaction
from candidates.documents import recognising
from candidates.documents.domain import checks, pictures
from candidates.documents.models import Document, DocumentKind, DocumentPage, ReadingState, Scan
from candidates.documents.reading import Reading
from candidates.people.actions import index
from candidates.people.models import Candidate

if TYPE_CHECKING:
    from candidates.applications.models import Application

READ, SCAN, RECOGNISE, LOOK = "documents.read", "documents.scan", "documents.recognise", "documents.look"
OLD_ONES = 100
"""Files of long ago that are looked through before others are planned."""


@transaction.atomic
def attach(
    *,
    candidate: Candidate,
    application: "Application | None",
    kind: str,
    upload: UploadedFile,
    by: Candidate | User | None,
    now: datetime,
    field: str = "resume",
) -> Document:
    """Keep a file exactly as it came, and plan that its words are read.

    `Invalid`, naming `field`, where it is none of the kinds that are taken (`checks`). `by` None: the
    candidate.
    """
    checked = checks.check(upload, field=field)
    document = Document(
        candidate=candidate,
        application=application,
        kind=DocumentKind(kind),
        filename=checked.filename,
        content_type=checked.content_type,
        size=checked.size,
        sha256=_digest(upload),
        uploaded_by=by if isinstance(by, User) else None,
        scan=Scan.WAITING if settings.CLAMD else Scan.NONE,
    )
    document.file.save("file", upload, save=False)
    goes_with_transaction(document.file)
    document.save()
    record(
        "document.added",
        subject=document,
        by=by or candidate,
        now=now,
        data={"filename": document.filename, "kind": document.kind},
    )
    for task in (SCAN, READ) if settings.CLAMD else (READ,):
        plan(task, subject_id=document.pk, due_at=now, key=f"{task}:{document.pk}")
    hurry("outside-tasks")
    return document


def _digest(upload: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    return digest.hexdigest()


@transaction.atomic
def keep_reading(*, document_id: int, reading: Reading, now: datetime) -> None:
    """Keep the words and the pictures of a file's pages, so that it can be found and looked at.

    A file is read once: what a second worker brings is dropped.
    """
    document = (
        Document.objects.select_for_update(no_key=True)
        .filter(pk=document_id, reading=ReadingState.WAITING)
        .first()
    )
    if document is None:
        return
    if reading.problem:
        document.reading = ReadingState.FAILED
    else:
        document.reading = ReadingState.READ if reading.text else ReadingState.EMPTY
    document.reading_problem = reading.problem
    document.text = reading.text
    document.unread = "\n".join(reading.unread)
    document.unseen = reading.unseen
    document.links, document.europass = list(reading.links), reading.europass
    document.holds = None if reading.holds is None else list(reading.holds)
    document.picture_pages = pictures.begun(reading.pictures, can=recognising.data() is not None)
    told = ["reading", "reading_problem", "text", "unread", "holds", "unseen", "picture_pages"]
    document.save(update_fields=[*told, "links", "europass"])
    _plan_recognising(document, now)
    for number, picture in enumerate(reading.pages, start=1):
        page = DocumentPage(document=document, number=number, width=picture.width, height=picture.height)
        page.image.save("page", ContentFile(picture.content), save=False)
        goes_with_transaction(page.image)
        page.save()
    data = {"filename": document.filename}
    if reading.problem:
        record(
            "document.unreadable",
            subject=document,
            by=None,
            now=now,
            data=data | {"problem": reading.problem},
        )
    else:
        index.refresh([document.candidate_id])
        record("document.read", subject=document, by=None, now=now, data=data)


def _plan_recognising(document: Document, now: datetime) -> None:
    """A task for each page: who does it begins with no other, and one page that cannot be done stops no other."""
    pages = pictures.waiting(document.picture_pages)
    for page in pages:
        key = f"{RECOGNISE}:{document.pk}:{page}"
        plan(RECOGNISE, subject_id=document.pk, due_at=now, key=key, payload={"page": page})
    if pages:
        hurry("later-tasks")


@transaction.atomic
def keep_recognised(*, document_id: int, page: int, words: str | None, now: datetime) -> None:
    """Keep the words on the picture of one page, where they belong; None: it could not be looked at.

    They become part of the text and of nothing else that is known of the person. A page is recognised once: what a
    second worker brings is dropped.
    """
    document = Document.objects.select_for_update(no_key=True).filter(pk=document_id).first()
    if document is None or page not in pictures.waiting(document.picture_pages):
        return
    if words:
        document.text, document.picture_pages = pictures.placed(
            document.text, document.picture_pages, page=page, words=words
        )
        document.reading = ReadingState.READ
    else:
        state = pictures.State.FAILED if words is None else pictures.State.NOTHING
        document.picture_pages = pictures.settled(document.picture_pages, page=page, state=state)
    document.save(update_fields=["text", "picture_pages", "reading"])
    if words:
        index.refresh([document.candidate_id])
    if pictures.read(document.picture_pages) and not pictures.waiting(document.picture_pages):
        data = {"filename": document.filename}
        record("document.recognised", subject=document, by=None, now=now, data=data)


def to_look_through() -> QuerySet[Document]:
    """Files of older versions that nobody has looked through; none as long as some are planned already."""
    tasks = DueTask.objects.filter(kind=LOOK)
    planned = tasks.filter(state__in=[TaskState.WAITING, TaskState.RUNNING])
    old = Document.objects.filter(holds=None).exclude(reading=ReadingState.WAITING)
    return old.filter(~Exists(planned), ~Exists(tasks.filter(subject_id=OuterRef("pk"))))


@transaction.atomic
def plan_looking(now: datetime) -> None:
    """Plan that files which nobody has looked through are, some at a time: those of older versions."""
    numbers = list(to_look_through().order_by("pk").values_list("pk", flat=True)[:OLD_ONES])
    for number in numbers:
        plan(LOOK, subject_id=number, due_at=now, key=f"{LOOK}:{number}")
    if numbers:
        hurry("later-tasks")


@transaction.atomic
def keep_look(*, document_id: int, holds: Iterable[str], now: datetime) -> None:
    """Keep what an older file would do beside being read. One in which there is nothing asks no more."""
    Document.objects.filter(pk=document_id, holds=None).update(holds=list(holds), updated_at=now)


@transaction.atomic
def keep_scan(*, document_id: int, scan: str, found: str = "", now: datetime) -> None:
    """Keep what the virus scanner said. The original of what it warns of is handed to nobody any more."""
    document = Document.objects.select_for_update(no_key=True).filter(pk=document_id).first()
    if document is None:
        return
    document.scan, document.scan_found = Scan(scan), found[:100]
    document.save(update_fields=["scan", "scan_found"])
    if document.is_infected:
        data = {"filename": document.filename, "found": document.scan_found}
        record("document.infected", subject=document, by=None, now=now, data=data)
