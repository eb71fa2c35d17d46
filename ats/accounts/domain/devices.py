"""Browsers in which somebody has signed in before; each keeps a secret, and we its hash."""

import re
import secrets
from hashlib import sha256

from django.conf import settings
from django.http import HttpRequest

LASTS = 365 * 24 * 3600
MOST = 5
"""So many people's devices can one browser be."""
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def tokens_in(request: HttpRequest) -> list[str]:
    """What the browser brings along, the newest first."""
    return TOKEN.findall(request.COOKIES.get(settings.DEVICE_COOKIE_NAME, ""))[:MOST]


def cookie(tokens: list[str]) -> str:
    return ".".join(tokens[:MOST])
