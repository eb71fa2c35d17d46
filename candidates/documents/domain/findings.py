"""What a file would do beside being read, in words for staff; no judgement of who gave it."""

from collections.abc import Iterable
from enum import StrEnum


class Holds(StrEnum):
    """What a file holds that a page of paper could not. Kept in rows: names stay."""

    TEMPLATE = "template"
    REMOTE = "remote"
    FIELDS = "fields"
    EMBEDDED = "embedded"
    ATTACHED = "attached"
    SCRIPT = "script"
    LAUNCH = "launch"
    SENDS = "sends"
    UNKNOWN = "unknown"


WORDS = {
    Holds.TEMPLATE: "Opened in a word processor, it would load a template from elsewhere.",
    Holds.REMOTE: "Opened, it would load parts from elsewhere, which would tell somebody that it was opened.",
    Holds.FIELDS: "It has fields that fetch something from elsewhere when they are updated.",
    Holds.EMBEDDED: "It has objects of other programs inside it.",
    Holds.ATTACHED: "It has other files attached inside it.",
    Holds.SCRIPT: "It has scripts inside it.",
    Holds.LAUNCH: "It would open another file or start a program.",
    Holds.SENDS: "It would send elsewhere what is written into it.",
    Holds.UNKNOWN: "What else is inside it could not be found out.",
}
ATTACHED = "Another file is attached to it and was not read: {name}."
HYBRID = "The document that it was made from is attached to it and was not read."
"""What is said of an attachment that was come across in reading, to the candidate as well."""

NOT_LOOKED = "It has not been looked through for scripts, links to elsewhere and the like."

INFECTED = "The virus scanner found {found} in it, so nobody can download it. Ask for it once more, as PDF."
REFUSED = (
    "Originals like this one are not handed out here. Its text, and its pages where there are any, are shown."
)


def sentences(holds: Iterable[str] | None) -> list[str]:
    """What to say of a file before its original is opened; None: nobody has looked."""
    if holds is None:
        return [NOT_LOOKED]
    found = set(holds)
    return [words for kind, words in WORDS.items() if kind in found]


def beside(found: list[str], unread: Iterable[str]) -> list[str]:
    """`sentences` for a place where it is said too what was not read: an attachment that is named there is said."""
    named = any(said == HYBRID or said.startswith(ATTACHED.partition("{")[0]) for said in unread)
    return [said for said in found if not (named and said == WORDS[Holds.ATTACHED])]


SCAN = {
    "waiting": "The virus scanner has not looked at it yet.",
    "too_large": "It is larger than the virus scanner takes.",
}


def of_scan(state: str) -> list[str]:
    """What to say of what the virus scanner has not seen. What it found is said in place of the original."""
    return [SCAN[state]] if state in SCAN else []
