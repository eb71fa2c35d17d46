"""The pages of the path, in their order, and the version of their text."""

from dataclasses import dataclass

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy

VERSION = 1
"""Raised when the path says something else, not for a better wording: every manager is then led through it again."""


@dataclass(frozen=True)
class PathPage:
    """One short page: its number, its title, and its template."""

    number: int
    title: Words
    template: str


_TITLES = {
    "we": gettext_lazy("What we do"),
    "you": gettext_lazy("What you do"),
    "not_asked": gettext_lazy("What may not be asked"),
    "evidence": gettext_lazy("How evidence is written"),
}

PAGES = tuple(
    PathPage(number, title, f"partners/path/{code}.html")
    for number, (code, title) in enumerate(_TITLES.items(), start=1)
)


def page_of(number: int | None) -> PathPage:
    """The page with that number; the first for any other."""
    return next((page for page in PAGES if page.number == number), PAGES[0])
