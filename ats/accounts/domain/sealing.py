"""Secrets that the house has to read again: sealed for the table, opened with the keys of the house.

Fernet (AES-128-CBC with HMAC-SHA256, github.com/fernet/spec) with a key drawn from `SECRET_KEY`; what older keys
sealed opens with `SECRET_KEY_FALLBACKS`, as older links do.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.crypto import salted_hmac

PREFIX = "sealed:"


def seal(text: str) -> str:
    """`sealed:`, the mark of the key, and a token of Fernet."""
    return f"{by_the_newest()}{_fernet(settings.SECRET_KEY).encrypt(text.encode()).decode()}"


def by_the_newest() -> str:
    """With what everything begins that is sealed with today's key."""
    mark = salted_hmac("ats.accounts.sealing.mark", "", algorithm="sha256").hexdigest()[:8]
    return f"{PREFIX}{mark}:"


def opened(kept: str) -> str | None:
    """What was sealed; what stood there from before is handed on; None where no key of the house fits."""
    if not kept.startswith(PREFIX):
        return kept
    keys = MultiFernet([_fernet(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])
    try:
        return keys.decrypt(kept.rpartition(":")[2]).decode()
    except InvalidToken:
        return None


def _fernet(key: str) -> Fernet:
    digest = salted_hmac("ats.accounts.sealing", "", secret=key, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
