"""Making and revoking API tokens."""

import hashlib
import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.api.models import ApiToken
from ats.api.scopes import SCOPES
from ats.kernel.errors import Invalid, Missing
from ats.kernel.staff_words import gettext

PREFIX = "accord_"
LASTS = timedelta(days=90)


def token_hash(token: str) -> str:
    """Tokens have 256 random bits, so a plain hash keeps them (OWASP ASVS 5.0, 6.5.2)."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def create_token(
    *,
    user: User,
    name: str,
    now: datetime,
    scopes: Iterable[str] | None = None,
    expires_at: datetime | None = None,
    endless: bool = False,
) -> tuple[ApiToken, str]:
    """A new token of `user` for these scopes (all, unless told otherwise), and the token itself.

    It ends after ninety days, unless another day is named or it is to be `endless`.
    The token is only ever known here: what is kept is its hash.
    """
    wanted = sorted(set(SCOPES if scopes is None else scopes))
    if unknown := [scope for scope in wanted if scope not in SCOPES]:
        raise Invalid(gettext("There is no scope %(scope)s.") % {"scope": unknown[0]}, field="scopes")
    if not wanted:
        raise Invalid(gettext("Choose at least one scope."), field="scopes")
    if not name.strip():
        raise Invalid(gettext("Give the token a name, so that you know later what it is for."), field="name")
    if expires_at is not None and expires_at <= now:
        raise Invalid(gettext("The token would have expired already."), field="expires_at")
    if expires_at is None and not endless:
        expires_at = now + LASTS
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        user=user,
        name=name.strip()[:100],
        prefix=secret[: len(PREFIX) + 5],
        token_hash=token_hash(secret),
        scopes=wanted,
        created_at=now,
        expires_at=expires_at,
    )
    record("api_token.created", subject=token, by=user, now=now, data={"name": token.name, "scopes": wanted})
    return token, secret


@transaction.atomic
def revoke_token(*, token_id: int, by: User, now: datetime) -> ApiToken:
    """End a token of one's own (an administrator: of anybody) at once."""
    tokens = ApiToken.objects.select_for_update().filter(pk=token_id)
    if not by.has_perm("ats.manage_people"):
        tokens = tokens.filter(user=by)
    token = tokens.first()
    if token is None:
        raise Missing("No such token.")
    if token.revoked_at is None:
        token.revoked_at = now
        token.save(update_fields=["revoked_at"])
        record("api_token.revoked", subject=token, by=by, now=now, data={"name": token.name})
    return token
