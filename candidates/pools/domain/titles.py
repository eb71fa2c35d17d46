"""What two titles of roles have in common: the words that say what somebody does."""

import re

from candidates.people.domain.keys import fold

WORD = re.compile(r"[^\W_]{3,}")
EVERYWHERE = frozenset(
    {
        *("senior", "junior", "lead", "head", "chief", "principal", "staff", "intern", "trainee", "working"),
        *("student", "team", "manager", "assistant", "associate", "expert", "specialist", "full", "part"),
        *("time", "remote", "and", "for", "the", "und", "der", "die", "das", "mit", "von", "fur", "all"),
        *("gender", "genders", "leiter", "leiterin", "leitung", "mitarbeiter", "mitarbeiterin"),
    }
)
"""They stand in titles of every kind."""


def telling_words(title: str) -> set[str]:
    """`{"data", "engineer"}` of `Senior Data Engineer (m/w/d)`."""
    return {word for word in WORD.findall(fold(title)) if word not in EVERYWHERE}
