"""What was said before on an application, both ways: by it mail programs show what belongs together (RFC 5322)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from ats.mail import roles
from ats.mail.incoming import Kind
from ats.mail.message import id_of
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
    said: dict[int, list[tuple[datetime, int, UUID | str]]] = defaultdict(list)
    numbers = set(theirs.values())
    ours = OutgoingMail.objects.filter(
        application_id__in=numbers, sent_at__isnull=False, role__in=to_candidates
    )
    for number, at, uuid, pk in ours.values_list("application_id", "sent_at", "uuid", "pk"):
        assert at is not None
        said[number or 0].append((at, pk, uuid))
    came = IncomingMail.objects.filter(application_id__in=numbers, kind=Kind.LETTER).exclude(message_id="")
    for number, at, pk, each in came.values_list("application_id", "received_at", "pk", "message_id"):
        said[number or 0].append((at, -pk, each))
    return {
        pk: _shortened([each for _, own, each in sorted(said[number]) if own != pk])
        for pk, number in theirs.items()
    }


def _shortened(said: list[UUID | str]) -> tuple[str, ...]:
    kept = said if len(said) <= MOST else [said[0], *said[1 - MOST :]]
    return tuple(id_of(each) if isinstance(each, UUID) else each for each in kept)
