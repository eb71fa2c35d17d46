"""When a message that did not leave at its time may be tried: not in its reader's night."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from ats.mail.models import OutgoingMail

PUT_OFF = timedelta(minutes=4)
"""What is tried sooner than this after its time is on time."""

Hours = Callable[[Sequence[OutgoingMail], datetime], Mapping[int, datetime]]
_known: list[Hours] = []


def reads_at(hours: Hours) -> Hours:
    """Let the decorated function say of those messages whose readers it knows when they may be tried, by key."""
    _known.append(hours)
    return hours


def to_wait_for(mails: Sequence[OutgoingMail], now: datetime) -> dict[int, datetime]:
    """Of these messages that are tried now, those that wait for their reader's day, and until when.

    What would come too late then does not wait.
    """
    late = [mail for mail in mails if now - mail.not_before > PUT_OFF]
    if not late:
        return {}
    latest = {mail.pk: mail.not_after for mail in late}
    moments = {pk: moment for hours in _known for pk, moment in hours(late, now).items()}
    return {
        pk: moment
        for pk, moment in moments.items()
        if moment > now and ((limit := latest[pk]) is None or moment < limit)
    }
