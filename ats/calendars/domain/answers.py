"""Whose file a calendar holds that answers an invitation of ours, and what it says (RFC 5546: REPLY, COUNTER).

Every reader of a meeting has a file with an id of their own, in which a mark stands that nobody else can make. Whoever
answers under it has that file.
"""

import hmac
import secrets
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, tzinfo
from uuid import UUID

from django.conf import settings

from ats.mail.incoming.calendars import CalendarAnswer

ACCEPTED, DECLINED, TENTATIVE = "accepted", "declined", "tentative"
NEEDS_ACTION = "needs-action"
SAID = frozenset({ACCEPTED, DECLINED, TENTATIVE, NEEDS_ACTION})
"""PARTSTAT in lower case."""


@dataclass(frozen=True)
class Answer:
    """What a calendar answers for one person: about which meeting, in which of its versions, and what.

    `mark`: what stands in the id of one reader's file alone; empty in those of older meetings. `sent_by`: whom the
    message names as its sender, where that may be the one who answers under another address.
    """

    uid: UUID
    mark: str
    sequence: int
    address: str
    said: str
    comment: str = ""
    sent_by: str = ""


@dataclass(frozen=True)
class Proposal:
    """Another time for a meeting that a calendar proposes. Whose it is, one of these addresses says."""

    uid: UUID
    mark: str
    sequence: int
    people: tuple[Answer, ...]
    comment: str
    begins: datetime
    ends: datetime | None


def new_secret() -> str:
    """Of one meeting: what its readers' marks are made with."""
    return secrets.token_urlsafe(32)


def mark_of(secret: str, reader: int | str) -> str:
    """Empty where the meeting is older than secrets."""
    if not secret:
        return ""
    return hmac.new(secret.encode(), str(reader).encode(), "sha256").hexdigest()[:32]


def is_mark_of(secret: str, mark: str, reader: int | str) -> bool:
    """Whether this stands in the id of this reader's file, and in nobody else's."""
    own = mark_of(secret, reader)
    return bool(own) and hmac.compare_digest(own.encode(), mark.encode())


def uid_of(prefix: str, uid: UUID, secret: str, reader: int | str) -> str:
    """The event's id for life in this reader's calendar; one for all readers where there is no secret."""
    mark = mark_of(secret, reader)
    return f"{prefix}{f'{uid}-{mark}' if mark else uid}@{settings.MAIL_DOMAIN}"


def meeting_in(event_id: str, prefix: str) -> UUID | None:
    """The meeting whose id an event bears, if it is one of those whose ids begin so; strangers write these."""
    if not event_id.startswith(prefix):
        return None
    try:
        return UUID(event_id.removeprefix(prefix)[:36])
    except ValueError:
        return None


def read(found: CalendarAnswer, prefix: str) -> list[Answer]:
    """What it says for each whom it names, if it answers a meeting whose ids begin so; strangers write these."""
    return [each for each in _named(found, prefix) if each.said in SAID] if found.method == "reply" else []


def read_proposal(found: CalendarAnswer, prefix: str) -> Proposal | None:
    """The other time that it proposes for a meeting whose ids begin so; None where it says none that there is.

    A time that names no zone is given as it stands: it counts by the clock of whoever proposes it.
    """
    meeting = meeting_in(found.uid, prefix) if found.method == "counter" else None
    if meeting is None or not isinstance(found.begins, datetime):
        return None
    ends = found.ends if isinstance(found.ends, datetime) else None
    if not _exists(found.begins) or (ends is not None and not _lasts(found.begins, ends)):
        return None
    sender = () if found.attendees else (_said(found, prefix, found.sent_by, NEEDS_ACTION),)
    return Proposal(
        uid=meeting,
        mark=_mark(found.uid, prefix),
        sequence=found.sequence,
        people=(*_named(found, prefix), *sender),
        comment=found.comment,
        begins=found.begins,
        ends=ends,
    )


def moment(value: datetime, zone: tzinfo) -> datetime | None:
    """When that is; without a zone of its own by the clock in this one. None in an hour that a clock skips."""
    there = value if value.tzinfo is not None else value.replace(tzinfo=zone)
    return there.astimezone(UTC) if _exists(there) else None


def _exists(value: datetime) -> bool:
    """Whether a clock on the wall there ever shows it; at the ends of the calendar there are zones without it."""
    if not 1 < value.year < MAXYEAR:
        return False
    return value.tzinfo is None or value.astimezone(UTC).astimezone(value.tzinfo).replace(
        tzinfo=None
    ) == value.replace(tzinfo=None)


def _lasts(begins: datetime, ends: datetime) -> bool:
    if not _exists(ends) or (begins.tzinfo is None) != (ends.tzinfo is None):
        return False
    return ends.astimezone(UTC) > begins.astimezone(UTC) if begins.tzinfo is not None else ends > begins


def _named(found: CalendarAnswer, prefix: str) -> list[Answer]:
    """Each whom it names; who is the only one may have sent it from another address than they were invited by."""
    if meeting_in(found.uid, prefix) is None:
        return []
    sender = found.sent_by if len(found.attendees) == 1 else ""
    return [_said(found, prefix, each.address, each.reply, sender) for each in found.attendees]


def _said(found: CalendarAnswer, prefix: str, address: str, said: str, sent_by: str = "") -> Answer:
    uid = meeting_in(found.uid, prefix)
    assert uid is not None
    return Answer(uid, _mark(found.uid, prefix), found.sequence, address, said, found.comment, sent_by)


def _mark(event_id: str, prefix: str) -> str:
    return event_id.removeprefix(prefix).partition("@")[0][36:].removeprefix("-")
