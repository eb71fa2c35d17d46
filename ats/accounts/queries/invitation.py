"""The invitation that a link opens."""

from datetime import datetime

from ats.accounts.domain.invitation import hash_of
from ats.accounts.models import Invitation


def by_token(token: str, *, now: datetime, for_update: bool = False) -> Invitation | None:
    """The invitation that this link opens; None if it is used, taken back, too old, or none of ours."""
    rows = Invitation.objects.open()
    rows = rows.select_for_update(no_key=True) if for_update else rows.select_related("invited_by")
    return rows.filter(token_hash=hash_of(token), expires_at__gt=now).first()
