"""The links of invitations: a random secret, of which only the hash is kept."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

from ats.accounts.models import Invitation

VALID_FOR = timedelta(days=7)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link_for(token: str) -> str:
    return settings.BASE_URL + reverse("account_invitation", args=[token])


def by_token(token: str, *, now: datetime, for_update: bool = False) -> Invitation | None:
    """The invitation that this link opens; None if it is used, taken back, too old, or none of ours."""
    rows = Invitation.objects.open()
    rows = rows.select_for_update(no_key=True) if for_update else rows.select_related("invited_by")
    return rows.filter(token_hash=hash_of(token), expires_at__gt=now).first()
