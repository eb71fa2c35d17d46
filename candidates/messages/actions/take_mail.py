"""What a candidate wrote by mail becomes a message of the conversation, with its files, and waits for an answer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import Message as MailMessage

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.template.defaultfilters import filesizeformat

from ats.activity.record import record, together
from ats.kernel import writing
from ats.kernel.access import lock
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept
from ats.mail import incoming
from ats.mail.arrivals import Arrived
from ats.mail.incoming import Unreadable, replying
from ats.mail.incoming.replying import File
from ats.mail.models import FoundBy, IncomingMail
from ats.organisation.models import WorkingCalendar
from ats.sms.actions.hear import SOURCE as SMS
from candidates.applications.models import Application
from candidates.compose import words
from candidates.documents import actions as documents
from candidates.documents.models import Document, DocumentKind
from candidates.messages.actions import write
from candidates.messages.models import Channel, Direction, Message
from candidates.messages.queries import places

MOST_FILES = 10
WITHOUT_WORDS = "(They wrote no words of their own.)"


class Gone(LookupError):
    """Whom it belongs to was erased while it was read."""


@dataclass(frozen=True, eq=False)
class Letter:
    """What came in, and where it belongs. `is_automatic`: a program answered.

    A person's letter waits for an answer, an answer is promised, and whoever owns the application is told. What their
    mail program answered is shown, changes nothing that is owed, and is answered by nobody.
    """

    arrived: Arrived
    application: Application
    found_by: FoundBy
    is_automatic: bool = False


@transaction.atomic
def take_letter(letter: Letter, *, now: datetime) -> Message:
    """Into the conversation that it belongs to; `Gone` where there is none any more."""
    lock(Application, letter.application.pk)
    (said,) = _take([letter], _whole_ones([letter.application.pk]), now=now)
    if said is None:
        raise Gone
    return said


@transaction.atomic
def take_letters(letters: Sequence[Letter], *, now: datetime) -> list[Message | None]:
    """`take_letter` for many, in a fixed number of statements; None for those that have to be taken alone.

    Nobody is waited for: what others hold, or was erased, is among these.
    """
    wanted = Application.objects.filter(pk__in={letter.application.pk for letter in letters}).order_by("pk")
    free = wanted.select_for_update(skip_locked=True, no_key=True).values_list("pk", flat=True)
    return _take(letters, _whole_ones(list(free)), now=now)


def _whole_ones(numbers: list[int]) -> dict[int, Application]:
    """Those that are held under these numbers, of people who were not erased."""
    rows = Application.objects.whole().filter(candidate__anonymised_at=None).in_bulk(numbers)
    calendars: dict[int, WorkingCalendar] = {}
    for row in rows.values():  # one each, so that its days are read once
        organisation = row.requisition.organisation
        organisation.calendar = calendars.setdefault(organisation.calendar_id, organisation.calendar)
    return rows


def _take(
    letters: Sequence[Letter], held: Mapping[int, Application], *, now: datetime
) -> list[Message | None]:
    taken = {letter: held[letter.application.pk] for letter in letters if letter.application.pk in held}
    opened = {letter: _whole(letter.arrived) for letter in taken}
    said = {letter: _message(letter, application, opened[letter]) for letter, application in taken.items()}
    if not said:
        return [None] * len(letters)
    writing.insert(*said.values())
    with together():
        for letter, message in said.items():
            files = replying.files(whole) if (whole := opened[letter]) else ()
            _keep_files(message, files, application=taken[letter], now=now)
            _record(letter, message, now=now)
    waiting = [message for letter, message in said.items() if not letter.is_automatic]
    write.tell_recruiters(waiting, now=now)
    write.touch_all([message.application_id for message in waiting], now=now)
    return [said.get(letter) for letter in letters]


def _message(letter: Letter, application: Application, whole: MailMessage | None) -> Message:
    row, words_ = letter.arrived.row, replying.letter(whole or letter.arrived.message)
    return Message(
        candidate=application.candidate,
        application=application,
        direction=Direction.IN,
        subject=row.subject,
        body=words.typed(words_.words) or WITHOUT_WORDS,
        below=words_.below.replace("\x00", ""),
        said_at=row.received_at,
        incoming=row,
        channel=Channel.SMS if row.source == SMS else Channel.MAIL,
        sent_from=_sent_from(row) if _is_from_another(letter, application) else "",
        by_sender=letter.found_by == FoundBy.SENDER,
        is_automatic=letter.is_automatic,
        answered_at=row.received_at if letter.is_automatic else None,
        not_kept=_not_kept(row, whole),
    )


def _is_from_another(letter: Letter, application: Application) -> bool:
    """An SMS that answers one of ours came from the number that it was sent to, which its owner confirmed."""
    row = letter.arrived.row
    if row.source == SMS and letter.found_by == FoundBy.IDS:
        return False
    return places.is_from_another(application, row.sender)


def _record(letter: Letter, message: Message, *, now: datetime) -> None:
    verb, application = (
        "message.automatic" if letter.is_automatic else "message.received",
        message.application,
    )
    assert application is not None
    data, about = {"message_id": message.pk}, application.about()
    record(verb, subject=message, by=message.candidate, now=now, data=data, **about)


def _sent_from(row: IncomingMail) -> str:
    return row.sender or row.sender_name or "no address, or several"


def _whole(arrived: Arrived) -> MailMessage | None:
    """With its files, of which no other reader needs to know; None where nobody can tell them apart."""
    try:
        is_all = len(arrived.content) <= incoming.LARGEST
        return arrived.message if is_all else incoming.parsed(arrived.content)
    except Unreadable:
        return None


def _not_kept(row: IncomingMail, message: MailMessage | None) -> list[str]:
    if row.is_whole:
        return [] if message is not None else ["Its files cannot be told apart, and are missing."]
    limit = filesizeformat(settings.INBOUND_MAX_BYTES)
    return [
        kept(
            f"The message has {filesizeformat(row.size)}, more than the {limit} that are kept: its files are missing."
        )
    ]


def _keep_files(message: Message, files: Iterable[File], *, application: Application, now: datetime) -> None:
    files_kept, left = [], list(message.not_kept)
    for number, file in enumerate(files):
        if not message.incoming or not message.incoming.is_whole:
            break  # what is cut off is no file
        if number >= MOST_FILES:
            left.append(kept(f"Only the first {MOST_FILES} files were kept."))
            break
        try:
            files_kept.append(_keep(file, application=application, now=now))
        except Invalid as error:
            left.append(f"{file.name or 'A file without a name'}: {error.message}")
    if files_kept:
        message.files.set(files_kept)
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
