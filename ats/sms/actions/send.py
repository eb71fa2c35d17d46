"""Putting SMS into the outbox, in the caller's transaction, and taking them out again before they leave."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ats.duework.tasks import hurry
from ats.kernel import writing
from ats.mail.models import OutgoingMail
from ats.sms.models import SmsKind, SmsMessage, SmsState

LANE = "sms"


def queue(
    kind: SmsKind,
    *,
    key: str,
    to: str,
    text: str,
    organisation_id: int,
    now: datetime,
    not_after: datetime,
    not_before: datetime | None = None,
    mail: OutgoingMail | None = None,
    about: Mapping[str, int] | None = None,
) -> bool:
    """Send this once: the same `key` sends nothing more. Whether it is new."""
    row = SmsMessage(
        key=key,
        kind=kind,
        to=to,
        text=text,
        mail=mail,
        not_before=not_before or now,
        not_after=not_after,
        **{**(about or {}), "organisation_id": organisation_id},
    )
    is_new = bool(writing.insert(row, unless_known=True))
    if is_new and row.not_before <= now:
        hurry(LANE)
    return is_new


def cancel(*, now: datetime, **about: Any) -> int:
    """Take back what has not begun to leave; how many that were."""
    waiting = SmsMessage.objects.filter(state=SmsState.QUEUED, **about)
    return waiting.update(state=SmsState.CANCELLED, updated_at=now)
