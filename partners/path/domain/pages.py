"""The pages of the path, in their order, and the version of their text."""

from dataclasses import dataclass

VERSION = 1
"""Raised when the path says something else, not for a better wording: every manager is then led through it again."""


@dataclass(frozen=True)
class PathPage:
    """One short page: its number, its title, and its template."""

    number: int
    title: str
    template: str


_TITLES = {
    "we": "What we do",
    "you": "What you do",
    "not_asked": "What may not be asked",
    "evidence": "How evidence is written",
}

PAGES = tuple(
    PathPage(number, title, f"partners/path/{code}.html")
    for number, (code, title) in enumerate(_TITLES.items(), start=1)
)


def page_of(number: int | None) -> PathPage:
    """The page with that number; the first for any other."""
    return next((page for page in PAGES if page.number == number), PAGES[0])
