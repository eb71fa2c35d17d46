"""The key that a link is."""

import hashlib

from ats.by_mail.models import MailKey


def hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def by_token(token: str) -> MailKey | None:
    """The key of this link, whatever has become of it; None for a link that is none of ours."""
    return MailKey.objects.select_related("user").filter(token_hash=hash_of(token)).first()
