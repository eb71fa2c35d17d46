"""A résumé's text as facts. Nothing here opens a file, asks a database or knows a person."""

from collections.abc import Sequence

from candidates.resumes.domain import contact, naming, places, skills, spoken, stays
from candidates.resumes.domain.facts import Facts
from candidates.resumes.domain.lines import footers, lines_of

VERSION = 1
"""Raised when it reads otherwise, so that what was read before is known to be of then."""
LONGEST = 60_000
"""So many signs of a text are read: more is no résumé."""
REGIONS = ("US", "GB", "DE", "FR", "ES", "AT", "CH", "IT", "NL", "PL", "MX")
EMPTY = "There are no words in it."


def read(text: str, *, links: Sequence[str] = ()) -> Facts:
    """`links`: where the links of the file lead, beside its words."""
    text = text[:LONGEST]
    lines = lines_of(text)
    if not lines:
        return Facts(notes=(EMPTY,))
    place = places.place(lines)
    name = naming.name(lines, footers(text))
    positions = tuple(stays.positions(lines))
    return Facts(
        name=name,
        headline=naming.headline(lines, name),
        place=place,
        emails=tuple(contact.emails(lines)),
        phones=tuple(contact.phones(lines, _regions(place.more if place else ""))),
        links=tuple(contact.links(lines, links)),
        languages=tuple(spoken.languages(lines)),
        skills=tuple(skills.skills(lines)),
        positions=positions,
        education=tuple(stays.education(lines)),
        notes=(skills.MISSING,) if skills.missing() else (),
    )


def _regions(country: str) -> list[str]:
    """Whose telephone numbers are tried, the country where they live first."""
    return list(dict.fromkeys([*([country] if country else []), *REGIONS]))
