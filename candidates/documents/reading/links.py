"""Addresses behind links: who prints the page or searches for them sees only the link's words.

Runs in the shut-in process only (`child.py`).
"""

import re
from urllib.parse import unquote

REACHES = re.compile(r"\s*(mailto|tel):(?://)?([^?]+)", re.IGNORECASE)


def unsaid(target: str, text: str) -> str:
    """The address of mail or the telephone number that a link leads to; empty where the text says it already."""
    match = REACHES.match(target)
    if not match:
        return ""
    address = unquote(match[2]).strip()
    said = (
        address.lower() in text.lower()
        if match[1].lower() == "mailto"
        else _digits(address)[-6:] in _digits(text)
    )
    return "" if said or not address else address[:200]


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)
