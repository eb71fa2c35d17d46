"""Signing what leaves (DKIM, RFC 6376), where a key is set: so that its reader's server knows that it is ours.

The way to unsubscribe is signed along, as RFC 8058 asks.
"""

from email.utils import parseaddr

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

SIGNED = (
    *(b"from", b"to", b"subject", b"date", b"message-id", b"reply-to", b"in-reply-to", b"references"),
    *(b"mime-version", b"content-type", b"auto-submitted", b"list-unsubscribe", b"list-unsubscribe-post"),
)


def domain() -> str:
    """The domain that all mail comes from, and that its signature is of."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]


def can_sign() -> bool:
    """Whether the key that is set is one that signs."""
    try:
        key = load_pem_private_key(settings.DKIM_KEY.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        return False
    return isinstance(key, RSAPrivateKey)


def signed(content: bytes) -> bytes:
    """The message with its signature in front; as it is, where no key is set."""
    if not settings.DKIM_KEY:
        return content
    import dkim

    head = content.split(b"\r\n\r\n", 1)[0].lower()
    there = [name for name in SIGNED if head.startswith(name + b":") or b"\r\n" + name + b":" in head]
    signature: bytes = dkim.sign(
        content,
        settings.DKIM_SELECTOR.encode(),
        domain().encode("idna"),
        settings.DKIM_KEY.encode(),
        canonicalize=(b"relaxed", b"relaxed"),
        include_headers=there,
    )
    return signature + content
