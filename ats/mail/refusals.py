"""Addresses that refuse mail."""

from datetime import datetime

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


def among(mails: list[OutgoingMail]) -> dict[tuple[str, str], str]:
    """Addresses of this batch that have begun to refuse mail since the messages were queued."""
    found = SuppressedAddress.objects.filter(address__in={mail.to.lower() for mail in mails})
    return {
        (row.address, row.kind): f"Nothing is sent to this address: {row.get_reason_display().lower()}."
        for row in found
    }
