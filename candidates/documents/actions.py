"""Taking files in, and keeping what was read from them."""

import hashlib
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.tasks import hurry, plan
from ats.kernel.files import goes_with_transaction
from candidates.documents.domain import checks
from candidates.documents.models import Document, DocumentKind, DocumentPage, ReadingState, Scan
from candidates.documents.reading import Reading
from candidates.people.actions import index
from candidates.people.models import Candidate

if TYPE_CHECKING:
    from candidates.applications.models import Application

READ, SCAN = "documents.read", "documents.scan"


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
    document.holds = None if reading.holds is None else list(reading.holds)
    document.save(update_fields=["reading", "reading_problem", "text", "unread", "holds", "unseen"])
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
