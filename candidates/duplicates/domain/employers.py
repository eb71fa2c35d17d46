"""The employer in a line like `Data engineer at Example GmbH, Berlin`, as it is compared."""

import re

from candidates.people.domain.keys import fold

AT = re.compile(r"(?:\s(?:at|bei|beim|chez|presso|w)\s|\s?@\s?)", re.IGNORECASE)
ENDS = re.compile("[,;|(/\u2022\u00b7\u2013\u2014]|\\s-\\s")
FORMS = frozenset(
    {
        *(
            "ag",
            "bv",
            "co",
            "corp",
            "corporation",
            "gmbh",
            "inc",
            "kg",
            "kgaa",
            "limited",
            "llc",
            "llp",
            "ltd",
        ),
        *("mbh", "nv", "oy", "plc", "sa", "sarl", "sas", "se", "spa", "srl", "ug"),
        *("und", "and", "the", "company"),
    }
)
"""What a firm is by law, or is written with or without."""


def employer(headline: str) -> str:
    """Empty where the line names none: nothing is guessed."""
    parts = AT.split(f" {headline} ", maxsplit=1)
    if len(parts) < 2:
        return ""
    words = re.findall(r"\w+", fold(ENDS.split(parts[1], maxsplit=1)[0]))
    return " ".join(word for word in words if word not in FORMS)
