"""Whose file a calendar holds that answers an invitation of ours, and what it says (RFC 5546, METHOD:REPLY).

Every reader of a meeting has a file with an id of their own, in which a mark stands that nobody else can make. Whoever
answers under it has that file.
"""

import hmac
import secrets
from dataclasses import dataclass
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

    `mark`: what stands in the id of one reader's file alone; empty in those of older meetings.
    """

    uid: UUID
    mark: str
    sequence: int
    address: str
    said: str


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
    name = found.uid.removeprefix(prefix).partition("@")[0]
    try:
        uid = UUID(name[:36])
    except ValueError:
        return []
    mark = name[36:].removeprefix("-")
    return [
        Answer(uid=uid, mark=mark, sequence=found.sequence, address=each.address, said=each.reply)
        for each in (found.attendees if found.method == "reply" else ())
        if each.reply in SAID
    ]
