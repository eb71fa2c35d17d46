"""What went wrong, as an enhanced status code (RFC 3463): the one that is said, or the best that the words allow."""

import re

from ats.mail.incoming import words

ENHANCED = re.compile(r"(?<![\d.])([245]\.\d{1,3}\.\d{1,3})(?!\.?\d)")
SMTP = re.compile(
    r"(?:^|[:>\"'(\n]|said|error|returned)[ \t]{0,20}([45]\d\d)(?=[ :-][ \t]?\D|[ \t]{0,20}$)",
    re.IGNORECASE | re.MULTILINE,
)
GONE = frozenset({"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1"})
"""Bad mailbox, bad system, bad syntax, moved, null MX, disabled."""


def in_field(value: str) -> str:
    """The code in a `Status:`, whatever stands beside it."""
    found = ENHANCED.search(value)
    return found[1] if found else ""


def has_enhanced_code(text: str) -> bool:
    return bool(ENHANCED.search(text))


def has_code(text: str) -> bool:
    return bool(ENHANCED.search(text) or SMTP.search(text))


def exact(status: str, reason: str) -> str:
    """Some servers say 5.0.0 where they know better and write it into their words.

    Some say that an address is gone where the server that refused it said otherwise: that one was there.
    """
    found = _exact(status, reason)
    return words.not_gone(reason) or found if found in GONE else found


def _exact(status: str, reason: str) -> str:
    said = [found for found in ENHANCED.findall(reason) if found[0] != "2"]
    better = next((found for found in said if not found.endswith(".0")), "")
    if status and not status.endswith(".0"):
        return better if better and status in GONE else status
    if better and (not status or status.endswith(".0.0") or better[0] == status[0]):
        return better
    if status and not status.endswith(".0.0"):
        return status
    code = SMTP.search(reason)
    return words.status_in(reason) or status or next(iter(said), "") or (f"{code[1][0]}.0.0" if code else "")
