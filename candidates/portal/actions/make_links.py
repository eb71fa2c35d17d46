"""The links that open a candidate's portal. The token is in the link alone; what is kept is its hash."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from ats.kernel.prepared import Prepared
from candidates.people.models import Candidate
from candidates.portal.models import PortalLink

VALID_FOR = timedelta(days=180)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def new_link(*, candidate: Candidate, now: datetime) -> str:
    """The absolute address of this candidate's portal, with a token of its own (256 random bits)."""
    return new_links([candidate], now=now)[0]


def new_links(candidates: Sequence[Candidate], *, now: datetime) -> list[str]:
    """`new_link` for each of them, in one statement."""
    tokens = [secrets.token_urlsafe(32) for _ in candidates]
    PortalLink.objects.bulk_create(
        PortalLink(candidate=candidate, token_hash=_hash(token), created_at=now, expires_at=now + VALID_FOR)
        for candidate, token in zip(candidates, tokens, strict=True)
    )
    return [f"{settings.BASE_URL}{reverse('status', args=[token])}" for token in tokens]


def by_token(token: str, now: datetime) -> PortalLink | None:
    """The link with this token and its candidate; None if there is none, or it is over."""
    return next(iter(_valid(token_hash=_hash(token), now=now)), None)


@Prepared
def _valid(*, token_hash: str, now: datetime) -> QuerySet[PortalLink]:
    rows = PortalLink.objects.valid(now).select_related("candidate").defer("candidate__search")
    return rows.filter(token_hash=token_hash, candidate__anonymised_at__isnull=True)


def revoke_all(*, candidate: Candidate, now: datetime) -> int:
    """End every link of this candidate; how many there were."""
    return PortalLink.objects.valid(now).filter(candidate=candidate).update(revoked_at=now)
