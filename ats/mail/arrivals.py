"""What came in, as a row: kept before anybody reads it, and the same message only once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from email.message import Message
from email.utils import getaddresses
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import BinaryField
from django.db.models.functions import Substr

from ats.kernel import writing
from ats.mail import senders
from ats.mail.incoming import LARGEST, Incoming, Unreadable, parsed
from ats.mail.incoming.parsing import header
from ats.mail.models import FoundBy, IncomingContent, IncomingMail, OutgoingMail, Why
from ats.mail.render import one_line

HEAD_ENDS = re.compile(rb"\r?\n\r?\n")
SAME_IN = ("Message-ID", "From", "Date", "Subject")
"""What stays as it is whichever way a message takes; servers add and change much else."""
LONGEST_LINE = 2_000
ENCODED = re.compile(rb"(?:^[A-Za-z0-9+/]{57,1000}={0,2}\r?\n){8,}", re.MULTILINE)
"""Lines of a file in Base64, as mail programs write them."""
LONG_LINE = re.compile(rb"([^\n]{%d})[^\n]+" % LONGEST_LINE)
PIECE = 4_000_000
BEGINNING = 200_000
"""So much of a body is compared: of what is too large, no more may be known."""


@dataclass(frozen=True)
class Arrived:
    """A message that came in, as its reader gets it: its row (locked), its parts, and what it is taken for.

    Of a large one the parts are of its beginning, where its words stand; `content` is all that is kept.
    """

    row: IncomingMail
    message: Message
    found: Incoming
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A reader's answer: it is dealt with; what it is about, and how that was found out."""

    about: Mapping[str, int] = field(default_factory=dict)
    found_by: FoundBy | None = None
    mail: OutgoingMail | None = None


@dataclass(frozen=True, kw_only=True)
class ToPeople:
    """A reader's answer: a person has to say where it belongs. `about`: as much as is known, for who may see it.

    `mail`: the message of ours that it answers.
    """

    why: Why
    about: Mapping[str, int] = field(default_factory=dict)
    mail: OutgoingMail | None = None


Outcome = Placed | ToPeople


def keep(content: bytes, *, source: str, now: datetime, size: int | None = None) -> tuple[IncomingMail, bool]:
    """The row of this message, and whether it is new. `size`: of the whole, where `content` is only its beginning."""
    content = bytes(content)
    head = _head(content)
    row = IncomingMail(
        key=key_of(content, head),
        **_shown(head),
        source=source,
        size=len(content) if size is None else size,
        is_whole=size is None or size <= len(content),
        received_at=now,
    )
    with transaction.atomic():
        if writing.insert(row, unless_known=True):
            writing.insert(IncomingContent(mail=row, content=content))
            return row, True
    return IncomingMail.objects.get(key=row.key), False


def key_of(content: bytes, head: Message | None) -> str:
    """The same for one message out of two folders, after another UIDVALIDITY, or sent in once more.

    Of its head only what no server on the way touches. A Message-ID alone is not enough: programs repeat them, and
    who knows one could have another's message taken for seen.
    """
    ends = HEAD_ENDS.search(content)
    body = content[ends.end() :] if ends else b""
    beginning = body.replace(b"\r\n", b"\n").strip()[:BEGINNING]
    said = "" if head is None else "\n".join(header(head, name) for name in SAME_IN)
    if not said.strip():  # all of it is what tells it apart
        beginning = content.strip()
    return sha256(said.encode("utf-8", "replace") + b"\n\n" + beginning).hexdigest()


def _head(content: bytes) -> Message | None:
    """Its head, or as much of one as mail has; None where no machine is to read it."""
    ends = HEAD_ENDS.search(content, 0, BEGINNING)
    try:
        return parsed(content[: ends.end() if ends else BEGINNING])
    except Unreadable:
        return None


def content_of(row: IncomingMail) -> bytes | None:
    """Its bytes; None once they are kept no longer."""
    return contents_of([row.pk]).get(row.pk)


def contents_of(numbers: Iterable[int]) -> dict[int, bytes]:
    """The bytes of the rows with these numbers, as far as they are kept; one query."""
    found = IncomingContent.objects.filter(pk__in=list(numbers)).values_list("pk", "content")
    return {number: bytes(content) for number, content in found}


def outline_of(row: IncomingMail) -> bytes | None:
    """Its beginning, and of the rest what says which parts it has: the files in it are left out, however large.

    For whoever looks at it without taking its files: it is read and held piece by piece. None once it is kept no
    longer.
    """
    begins = _piece(row, 0, LARGEST)
    if begins is None or row.size <= LARGEST:
        return begins
    outline, rest, place = [begins], b"", LARGEST
    held = len(begins)
    while (piece := _piece(row, place, PIECE)) and held < 2 * LARGEST:
        *lines, rest = (rest + piece).rpartition(b"\n")
        short = LONG_LINE.sub(rb"\1", ENCODED.sub(b"", b"".join(lines)))[: 2 * LARGEST - held]
        outline.append(short)
        rest, held, place = rest[:LONGEST_LINE], held + len(short), place + PIECE
    return b"".join([*outline, rest])


def _piece(row: IncomingMail, place: int, length: int) -> bytes | None:
    found = IncomingContent.objects.filter(mail=row)
    piece = found.values_list(Substr("content", place + 1, length, output_field=BinaryField()), flat=True)
    return next((bytes(each) for each in piece), None)


def _shown(head: Message | None) -> dict[str, Any]:
    """What of its head is shown in lists."""
    if head is None:
        return {}
    return {
        "message_id": _clean(header(head, "Message-ID"), 255),
        "sender": _clean(senders.sender_of(head), 254),
        "sender_name": _clean(_name(head), 200),
        "subject": _clean(header(head, "Subject"), 300),
    }


def _name(head: Message) -> str:
    try:
        found = getaddresses([header(head, "From")])
    except RecursionError:
        return ""
    return found[0][0] if found else ""


def _clean(words: str, longest: int) -> str:
    """What a row can hold: without zeros and halves of letters."""
    whole = words.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return one_line(whole)[:longest]
