"""Who agreed to what."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from ats.mail.models import SuppressedAddress
from candidates.consents.models import Consent, Purpose
from candidates.people.domain.addresses import email_key
from candidates.people.models import Candidate


def agreed(candidates: Collection[int], now: datetime) -> set[tuple[int, str]]:
    """Candidate and purpose, where a consent holds now."""
    rows = Consent.objects.valid(now).filter(candidate_id__in=candidates)
    return set(rows.values_list("candidate_id", "purpose"))


def purposes_of(candidate: Candidate, now: datetime) -> set[str]:
    return {purpose for _, purpose in agreed([candidate.pk], now)}


def history(candidate: Candidate) -> list[Consent]:
    """Every yes of somebody and what became of it, the newest first."""
    return list(candidate.consents.order_by("-given_at", "-pk"))


@dataclass(frozen=True)
class Choice:
    """A purpose as the reader of a mail sees it."""

    purpose: Purpose
    until: datetime | None
    """Until when they agreed; None where they took it back or it ran out."""


def choices_of(address: str, now: datetime) -> Sequence[Choice]:
    """By purpose what somebody of this address has agreed to, where they ever did."""
    key = email_key(address)
    rows = list(Consent.objects.filter(candidate__in=Candidate.objects.with_address(key))) if key else []
    found = []
    for purpose in Purpose:
        mine = [row for row in rows if row.purpose == purpose]
        holding = [row.until for row in mine if row.withdrawn_at is None and row.until > now]
        if mine:
            found.append(Choice(purpose, max(holding, default=None)))
    return found


def refuses_all(address: str) -> bool:
    """Whether the reader of this address wants no relationship mail at all."""
    return SuppressedAddress.objects.filter(address__iexact=address, kind="relationship").exists()
