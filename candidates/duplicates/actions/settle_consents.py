"""What two records agreed to, put together: a no of either stays a no, and of two that hold the narrower one holds."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models.functions import Lower

from ats.mail import outbox, roles
from ats.mail.models import SuppressedAddress
from candidates.consents.models import Consent, Purpose, Where
from candidates.people.models import AddressKind, Candidate, FurtherAddress


def settle(kept: Candidate, lost: Candidate, *, now: datetime) -> list[int]:
    """End what does not hold for both, before it is one person's; the numbers of what was ended."""
    people = [kept.pk, lost.pk]
    refused = _refuses_all([kept, lost])
    ended: list[int] = []
    for purpose in Purpose.values:
        rows = list(
            Consent.objects.filter(candidate__in=people, purpose=purpose).order_by("-given_at", "-pk")
        )
        standing = sorted(
            (row for row in rows if row.withdrawn_at is None), key=lambda row: (row.until, row.pk)
        )
        over = standing if refused or any(_said_no(rows, person) for person in people) else standing[1:]
        if over:
            ended += [row.pk for row in over]
            waiting = [role.name for role in roles.known().values() if role.purpose == purpose]
            outbox.cancel(roles_=waiting, candidate_id__in=people, now=now)
    Consent.objects.filter(pk__in=ended).update(
        withdrawn_at=now, withdrawn_where=Where.MERGED, updated_at=now
    )
    return ended


def _said_no(rows: Sequence[Consent], person: int) -> bool:
    """Whether their last word was that they take it back."""
    last = next((row for row in rows if row.candidate_id == person), None)
    return last is not None and last.withdrawn_at is not None and last.withdrawn_where != Where.RENEWED


def _refuses_all(people: Sequence[Candidate]) -> bool:
    """Whether relationship mail was refused at one of their addresses, which no other address of theirs undoes."""
    further = FurtherAddress.objects.filter(candidate__in=people, kind=AddressKind.EMAIL)
    addresses = {*(each.email for each in people), *further.values_list("value", flat=True)} - {""}
    rows = SuppressedAddress.objects.annotate(lowered=Lower("address"))
    return rows.filter(kind="relationship", lowered__in=[each.lower() for each in addresses]).exists()


def pool(kept: Candidate, lost: Candidate) -> dict[str, Any]:
    """Since when and until when they may be written to about other roles, as it stands with the person."""
    rows = Consent.objects.filter(candidate__in=[kept.pk, lost.pk], purpose=Purpose.ROLES)
    if rows.exists():
        standing = rows.filter(withdrawn_at=None).first()
        since, until = (standing.given_at, standing.until) if standing else (None, None)
    else:
        both = [
            (each.pool_consent_until, each.pool_consent_at)
            for each in (kept, lost)
            if each.pool_consent_until and each.pool_consent_at
        ]
        until, since = min(both) if both else (None, None)
    return {"pool_consent_at": since, "pool_consent_until": until}
