"""What was said before on an application, both ways: by it mail programs show what belongs together (RFC 5322)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from ats.mail import roles
from ats.mail.incoming import Kind
from ats.mail.message import message_id
from ats.mail.models import IncomingMail, OutgoingMail

MOST = 10
"""The first one and the last nine: a line that grows with every letter is cut by servers."""


def earlier(mails: Sequence[OutgoingMail]) -> dict[int, tuple[str, ...]]:
    """By the key of each message to a candidate: the Message-IDs of what went before, in order. Two statements."""
    to_candidates = roles.to_candidates()
    theirs = {
        mail.pk: mail.application_id for mail in mails if mail.application_id and mail.role in to_candidates
    }
    if not theirs:
        return {}
    said: dict[int, list[tuple[datetime, str, int]]] = defaultdict(list)
    numbers = set(theirs.values())
    ours = OutgoingMail.objects.filter(
        application_id__in=numbers, sent_at__isnull=False, role__in=to_candidates
    )
    for mail in ours.only("uuid", "application_id", "sent_at", "role"):
        said[mail.application_id or 0].append((mail.sent_at or mail.created_at, message_id(mail), mail.pk))
    came = IncomingMail.objects.filter(application_id__in=numbers, kind=Kind.LETTER).exclude(message_id="")
    for number, at, each in came.values_list("application_id", "received_at", "message_id"):
        said[number or 0].append((at, each, 0))
    return {
        pk: _shortened([each for _, each, own in sorted(said[number]) if own != pk])
        for pk, number in theirs.items()
    }


def _shortened(ids: list[str]) -> tuple[str, ...]:
    return tuple(ids if len(ids) <= MOST else [ids[0], *ids[1 - MOST :]])
