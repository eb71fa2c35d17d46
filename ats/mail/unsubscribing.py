"""The way out of relationship mail: one click, without signing in (RFC 8058)."""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

SALT = "mail.unsubscribe"


@dataclass(frozen=True)
class Link:
    """Whose link it is, and of which purpose the message was that bore it; of none in particular: empty."""

    address: str
    purpose: str = ""


def address_for(address: str, purpose: str = "") -> str:
    """The link with which the reader of this address says *no more of this*."""
    said = [address.lower(), purpose] if purpose else address.lower()
    return settings.BASE_URL + reverse("unsubscribe", args=[signing.dumps(said, salt=SALT)])


def read(token: str) -> Link | None:
    """What a link was made for; None if we did not make it. Links do not age, and those of old builds still work."""
    try:
        said = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Link(said) if isinstance(said, str) else Link(*said)
