"""Addresses that refuse mail."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from ats.kernel.kept import kept
from ats.kernel.languages import recorded
from ats.mail.models import MailKind, OutgoingMail, SuppressedAddress, SuppressionReason


def suppress(address: str, *, detail: str, now: datetime) -> None:
    """This address does not exist: nothing is sent to it until a person lifts that."""
    row = SuppressedAddress(
        address=address.lower(), reason=SuppressionReason.BOUNCED, detail=detail[:500], since=now
    )
    SuppressedAddress.objects.bulk_create([row], ignore_conflicts=True)


def complained(address: str, *, detail: str, now: datetime) -> None:
    """Its reader complained: no more mail that nobody owes them."""
    row = SuppressedAddress(
        address=address.lower(),
        kind=MailKind.RELATIONSHIP,
        reason=SuppressionReason.COMPLAINED,
        detail=detail[:500],
        since=now,
    )
    SuppressedAddress.objects.bulk_create([row], ignore_conflicts=True)


def unsubscribed(address: str, *, now: datetime) -> None:
    """The reader of relationship mail wants no more of it; what they are owed still reaches them."""
    row = SuppressedAddress(
        address=address.lower(),
        kind=MailKind.RELATIONSHIP,
        reason=SuppressionReason.UNSUBSCRIBED,
        since=now,
    )
    SuppressedAddress.objects.bulk_create([row], ignore_conflicts=True)


def take_back(address: str) -> None:
    """The reader has said anew that they want relationship mail; an address that does not exist stays one."""
    SuppressedAddress.objects.filter(address=address.lower(), kind=MailKind.RELATIONSHIP).delete()


Asks = Callable[[Sequence[OutgoingMail], datetime], Mapping[int, str]]
_asked: list[Asks] = []


def asked_at_the_door(asks: Asks) -> Asks:
    """Let the decorated function say which relationship mail must not leave after all, and why."""
    _asked.append(asks)
    return asks


def at_the_door(mails: Sequence[OutgoingMail], now: datetime) -> dict[int, str]:
    """By number what must not leave of this batch, for want of its reader's consent."""
    kept = [mail for mail in mails if mail.kind == MailKind.RELATIONSHIP]
    found: dict[int, str] = {}
    for asks in _asked if kept else ():
        found |= asks(kept, now)
    return found


def among(mails: list[OutgoingMail]) -> dict[tuple[str, str], str]:
    """Addresses of this batch that have begun to refuse mail since the messages were queued."""
    found = SuppressedAddress.objects.filter(address__in={mail.to.lower() for mail in mails})
    why = {reason: recorded(reason.label).lower() for reason in SuppressionReason}
    return {
        (row.address, row.kind): kept(
            f"Nothing is sent to this address: {why[SuppressionReason(row.reason)]}."
        )
        for row in found
    }
