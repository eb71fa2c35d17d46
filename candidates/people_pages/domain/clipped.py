"""What the bookmark brings from another page: a guess at the name, an address, a number; all of it to be checked."""

import re
from urllib.parse import urlsplit

from candidates.people.domain.keys import one_line

EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
PHONE = re.compile(r"\+\d[\d ()/-]{6,24}\d")
BETWEEN = re.compile(r"\s+[-\u2013\u2014|\u00b7]\s+")
LONGEST = 5_000


def clipped(address: str, title: str, text: str) -> dict[str, str]:
    """What stands in the form of a new person, from the page's address, its title and the words that were marked."""
    text, title = text[:LONGEST], one_line(title[:LONGEST])
    name, *rest = BETWEEN.split(title) if title else [""]
    words = name.split()
    if not 2 <= len(words) <= 4 or any(letter.isdigit() for letter in name):
        words, rest = [], BETWEEN.split(title) if title else []
    found = {
        "first_name": words[0][:100] if words else "",
        "last_name": " ".join(words[1:])[:100],
        "headline": (rest[0] if rest else "")[:200],
        "email": _first(EMAIL, text),
        "phone": _first(PHONE, text)[:40],
        "link": address[:500] if _is_page(address) else "",
    }
    return {field: value for field, value in found.items() if value}


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0].strip() if found else ""


def _is_page(address: str) -> bool:
    try:
        return urlsplit(address).scheme in {"http", "https"}
    except ValueError:
        return False
