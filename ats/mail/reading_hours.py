"""When a message may be tried that was meant for its reader's day: not in their night, however little it is late."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from ats.mail.models import OutgoingMail

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
    latest = {mail.pk: mail.not_after for mail in mails}
    moments = {pk: moment for hours in _known for pk, moment in hours(mails, now).items()}
    return {
        pk: moment
        for pk, moment in moments.items()
        if moment > now and ((limit := latest[pk]) is None or moment < limit)
    }
