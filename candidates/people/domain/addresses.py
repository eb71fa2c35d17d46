"""When two e-mail addresses are one: how addresses are compared, never how they are written to."""

import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

_AT_A_NAME = EmailValidator(allowlist=[])
DOTS_MEAN_NOTHING = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}
"""Domains whose owner ignores dots and what follows a plus sign, and the name they go by here."""


def email_key(address: str) -> str:
    """The address as it is compared; empty for an empty one.

    Case is ignored everywhere and the domain is compared in its IDNA form. Only where the domain's owner is
    known to do so, dots and `+tags` are ignored too: elsewhere they may well be two people.
    """
    local, _, domain = unicodedata.normalize("NFKC", address.strip()).casefold().rpartition("@")
    if not local:
        return domain
    domain = _ascii(domain.rstrip("."))
    if domain in DOTS_MEAN_NOTHING:
        domain = DOTS_MEAN_NOTHING[domain]
        local = local.split("+", 1)[0].replace(".", "") or local
    return f"{local}@{domain}"[:254]


def can_be_written_to(address: str) -> bool:
    """An address at a name: one at the number of a machine, or at this one, is nobody's letterbox."""
    try:
        _AT_A_NAME(address)
    except ValidationError:
        return False
    return "@[" not in address


def _ascii(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:  # not a name that can be written to; it is still compared
        return domain
