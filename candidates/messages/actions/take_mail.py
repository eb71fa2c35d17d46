"""What a candidate wrote by mail becomes a message of the conversation, with its files, and waits for an answer."""

from collections.abc import Iterable
from datetime import datetime
from email.message import Message as MailMessage

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from ats.activity.record import record
from ats.kernel.errors import Invalid
from ats.mail import incoming
from ats.mail.arrivals import Arrived
from ats.mail.incoming import Unreadable, replying
from ats.mail.incoming.replying import File, Letter
from ats.mail.models import FoundBy, IncomingMail
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import words
from candidates.documents import actions as documents
from candidates.documents.models import Document, DocumentKind
from candidates.messages.actions import write
from candidates.messages.models import Direction, Message
from candidates.messages.queries import places

MOST_FILES = 10
WITHOUT_WORDS = "(They wrote no words of their own.)"


class Gone(LookupError):
    """Whom it belongs to was erased while it was read."""


@transaction.atomic
def take_letter(arrived: Arrived, *, application: Application, found_by: FoundBy, now: datetime) -> Message:
    """A person's letter: it waits for an answer, an answer is promised, and whoever owns the application is told."""
    return _take(arrived, application, found_by=found_by, now=now, is_automatic=False)


@transaction.atomic
def take_automatic(
    arrived: Arrived, *, application: Application, found_by: FoundBy, now: datetime
) -> Message:
    """What their mail program answered: it is shown, changes nothing that is owed, and is answered by nobody."""
    return _take(arrived, application, found_by=found_by, now=now, is_automatic=True)


def _take(
    arrived: Arrived, application: Application, *, found_by: FoundBy, now: datetime, is_automatic: bool
) -> Message:
    application, row = _held(application), arrived.row
    message = _whole(arrived)
    letter = replying.letter(message or arrived.message)
    said = Message.objects.create(
        candidate=application.candidate,
        application=application,
        direction=Direction.IN,
        subject=row.subject,
        body=words.typed(letter.words) or WITHOUT_WORDS,
        below=_below(letter),
        said_at=row.received_at,
        incoming=row,
        sent_from=_sent_from(row) if places.is_from_another(application, row.sender) else "",
        by_sender=found_by == FoundBy.SENDER,
        is_automatic=is_automatic,
        answered_at=row.received_at if is_automatic else None,
        not_kept=_not_kept(row, message),
    )
    _keep_files(said, replying.files(message) if message else (), application=application, now=now)
    verb = "message.automatic" if is_automatic else "message.received"
    data = {"message_id": said.pk}
    record(verb, subject=said, by=application.candidate, now=now, data=data, **application.about())
    if not is_automatic:
        write.tell_recruiter(said, application, now=now)
        write.touch(application, now=now)
    return said


def _held(application: Application) -> Application:
    try:
        held = fetch.relocked(application)
    except Application.DoesNotExist as error:
        raise Gone from error
    if held.candidate.anonymised_at is not None:
        raise Gone
    return held


def _sent_from(row: IncomingMail) -> str:
    return row.sender or row.sender_name or "no address, or several"


def _whole(arrived: Arrived) -> MailMessage | None:
    """With its files, of which no other reader needs to know; None where nobody can tell them apart."""
    try:
        is_all = len(arrived.content) <= incoming.LARGEST
        return arrived.message if is_all else incoming.parsed(arrived.content)
    except Unreadable:
        return None


def _below(letter: Letter) -> str:
    return letter.below.replace("\x00", "")


def _not_kept(row: IncomingMail, message: MailMessage | None) -> list[str]:
    if row.is_whole:
        return [] if message is not None else ["Its files cannot be told apart, and are missing."]
    limit = filesizeformat(settings.INBOUND_MAX_BYTES)
    return [
        f"The message has {filesizeformat(row.size)}, more than the {limit} that are kept: its files are missing."
    ]


def _keep_files(message: Message, files: Iterable[File], *, application: Application, now: datetime) -> None:
    kept, left = [], list(message.not_kept)
    for number, file in enumerate(files):
        if not message.incoming or not message.incoming.is_whole:
            break  # what is cut off is no file
        if number >= MOST_FILES:
            left.append(f"Only the first {MOST_FILES} files were kept.")
            break
        try:
            kept.append(_keep(file, application=application, now=now))
        except Invalid as error:
            left.append(f"{file.name or 'A file without a name'}: {error.message}")
    if kept:
        message.files.set(kept)
    if left != message.not_kept:
        message.not_kept = left
        message.save(update_fields=["not_kept"])


def _keep(file: File, *, application: Application, now: datetime) -> Document:
    upload = SimpleUploadedFile(file.name or "file", file.content, content_type=file.kind)
    return documents.attach(
        candidate=application.candidate,
        application=application,
        kind=DocumentKind.OTHER,
        upload=upload,
        by=None,
        now=now,
        field="files",
    )
