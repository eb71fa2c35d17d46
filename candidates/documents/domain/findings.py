"""What a file would do beside being read, in words for staff; no judgement of who gave it."""

from collections.abc import Iterable
from enum import StrEnum

from ats.kernel.staff_words import gettext_lazy


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
    Holds.TEMPLATE: gettext_lazy("Opened in a word processor, it would load a template from elsewhere."),
    Holds.REMOTE: gettext_lazy(
        "Opened, it would load parts from elsewhere, which would tell somebody that it was opened."
    ),
    Holds.FIELDS: gettext_lazy("It has fields that fetch something from elsewhere when they are updated."),
    Holds.EMBEDDED: gettext_lazy("It has objects of other programs inside it."),
    Holds.ATTACHED: gettext_lazy("It has other files attached inside it."),
    Holds.SCRIPT: gettext_lazy("It has scripts inside it."),
    Holds.LAUNCH: gettext_lazy("It would open another file or start a program."),
    Holds.SENDS: gettext_lazy("It would send elsewhere what is written into it."),
    Holds.UNKNOWN: gettext_lazy("What else is inside it could not be found out."),
}
ATTACHED = "Another file is attached to it and was not read: {name}."
HYBRID = "The document that it was made from is attached to it and was not read."
"""What is said of an attachment that was come across in reading, to the candidate as well."""

NOT_LOOKED = gettext_lazy("It has not been looked through for scripts, links to elsewhere and the like.")

INFECTED = gettext_lazy(
    "The virus scanner found {found} in it, so nobody can download it. Ask for it once more, as PDF."
)
REFUSED = gettext_lazy(
    "Originals like this one are not handed out here. Its text, and its pages where there are any, are shown."
)


def sentences(holds: Iterable[str] | None) -> list[str]:
    """What to say of a file before its original is opened; None: nobody has looked."""
    if holds is None:
        return [str(NOT_LOOKED)]
    found = set(holds)
    return [str(words) for kind, words in WORDS.items() if kind in found]


def beside(found: list[str], unread: Iterable[str]) -> list[str]:
    """`sentences` for a place where it is said too what was not read: an attachment that is named there is said."""
    named = any(said == HYBRID or said.startswith(ATTACHED.partition("{")[0]) for said in unread)
    return [said for said in found if not (named and said == WORDS[Holds.ATTACHED])]


SCAN = {
    "waiting": gettext_lazy("The virus scanner has not looked at it yet."),
    "too_large": gettext_lazy("It is larger than the virus scanner takes."),
}


def of_scan(state: str) -> list[str]:
    """What to say of what the virus scanner has not seen. What it found is said in place of the original."""
    return [str(SCAN[state])] if state in SCAN else []
