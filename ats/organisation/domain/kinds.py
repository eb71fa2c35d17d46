"""The kinds of days off that a country has, as the library of holidays calls them, and what they are."""

import holidays

PUBLIC, HALF_DAY, WORKDAY = "public", "half_day", "workday"
CUSTOM, OWN, MOVED = "custom", "own", "moved"
"""Why a day is off, or worked, beside the library's kinds."""
HALF_DAYS_FIT = frozenset(("AU", "CH", "CW", "EE", "FO", "GR", "IS", "PR", "TR"))
"""Where the library's half days are those of offices. Elsewhere they are other people's: China's are those of women,
of the young, of children and of soldiers, Italy's those of one province's clerks."""

WORDS = {
    PUBLIC: "Public holidays",
    HALF_DAY: "Half days",
    CUSTOM: "By custom",
    OWN: "Your own",
    MOVED: "Moved working day",
    "armed_forces": "Days off of the armed forces",
    "bank": "Days on which banks are shut",
    "de_facto": "Days off by custom",
    "government": "Days off of public offices",
    "optional": "Days that everybody may choose",
    "optional_women": "Days that women may choose",
    "school": "School holidays",
    "unofficial": "Days with a name, mostly worked",
}

WHY = {
    PUBLIC: "Public holiday",
    HALF_DAY: "Half day",
    "armed_forces": "Day of the armed forces",
    "bank": "Banks are shut",
    "de_facto": "By custom",
    "government": "Public offices are shut",
    "optional": "Optional day",
    "optional_women": "Optional day for women",
    "unofficial": "Day with a name",
}
"""The same of one day."""


def why(kind: str) -> str:
    """Why a day of this kind is off."""
    return WHY.get(kind) or words(kind)


def words(kind: str) -> str:
    """A kind as people say it; those of a faith or a people by its name."""
    return WORDS.get(kind) or f"{kind.replace('_', ' ').capitalize()} days"


def kinds_of(country: str) -> tuple[str, ...]:
    """The kinds that can be chosen for a country; days that are worked all the same are none."""
    known = getattr(holidays, country) if country in holidays.list_supported_countries() else None
    found = set(known.supported_categories) - {WORKDAY} if known else set()
    return tuple(sorted(found, key=lambda kind: (kind != PUBLIC, kind != HALF_DAY, kind)))


def usual_kinds(country: str) -> tuple[str, ...]:
    """The kinds on which offices there are shut."""
    return (PUBLIC, HALF_DAY) if country in HALF_DAYS_FIT else (PUBLIC,)
