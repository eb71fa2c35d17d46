"""The links of invitations: a random secret, of which only the hash is kept."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.urls import reverse

VALID_FOR = timedelta(days=7)


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def link_for(token: str) -> str:
    return settings.BASE_URL + reverse("account_invitation", args=[token])
