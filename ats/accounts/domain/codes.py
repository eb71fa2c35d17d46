"""Codes that are mailed to somebody whose password alone is not enough just now."""

import hmac
import string
from datetime import timedelta

from django.utils.crypto import get_random_string, salted_hmac

ALPHABET = "BCDFGHJKLMNPQRSTVWXZ"
"""No vowels, so no words, and nothing that looks like a digit (RFC 8628, 6.1); 34 bits in eight letters."""
LENGTH = 8
VALID_FOR = timedelta(minutes=10)
ANOTHER_AFTER = timedelta(minutes=5)
"""Whoever asks again within it is let in by the code that is under way: nobody's mailbox can be filled."""
MOST_TRIES = 5


def new_code() -> str:
    return get_random_string(LENGTH, ALPHABET)


def for_people(code: str) -> str:
    return f"{code[:4]}-{code[4:]}"


def normal(typed: str) -> str:
    """What was typed, without what only helps to read it."""
    return typed.translate(str.maketrans("", "", string.punctuation + string.whitespace)).upper()[:64]


def hash_of(code: str, user_id: int) -> str:
    """Keyed, for a code is short: the tables alone do not say what it was."""
    return salted_hmac("sign-in-code", f"{user_id}:{normal(code)}", algorithm="sha256").hexdigest()


def is_right(typed: str, *, user_id: int, kept: str) -> bool:
    return hmac.compare_digest(hash_of(typed, user_id), kept)
