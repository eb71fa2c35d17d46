"""How somebody may be called, from what stands before their address, or from the address itself."""

import re

from candidates.people.domain.keys import one_line

PARTS = re.compile(r"[._\-+\d]+")


def name_of(said: str, address: str) -> tuple[str, str]:
    """First and last name: `Lovelace, Ada` is turned round; `ada.lovelace@…` is read where nothing else is said."""
    said = one_line(said).strip("\"' ")
    if not said or "@" in said:
        said = " ".join(part.capitalize() for part in PARTS.split(address.partition("@")[0]) if part)
    if said.count(",") == 1:
        last, _, first = said.partition(",")
        return first.strip()[:100], last.strip()[:100]
    first, _, last = said.partition(" ")
    return first[:100], last.strip()[:100]
