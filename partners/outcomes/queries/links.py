"""The link that a new hire holds."""

import hashlib
from datetime import datetime

from partners.outcomes.models import OutcomeLink


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str, now: datetime) -> OutcomeLink | None:
    """The link with this token; None where there is none, it has run out, or the hire came to nothing."""
    return OutcomeLink.objects.valid(now).filter(token_hash=hash_of(token)).first()
