"""The way out of relationship mail: one click, without signing in (RFC 8058)."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "mail.unsubscribe"


def address_for(address: str) -> str:
    """The link with which the reader of this address says *no more of this*."""
    return settings.BASE_URL + reverse("unsubscribe", args=[signing.dumps(address.lower(), salt=SALT)])


def address_in(token: str) -> str | None:
    """The address that a link was made for; None if we did not make it. Links do not age."""
    try:
        return signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
