"""What software does by itself with applications: declared where it is built, asked by what a post says of it.

What counts, for every place: software **screens** where it sorts applications out, holds them back or puts them in an
order of suitability; **assesses** where it judges how suitable somebody is; **selects** where it decides who goes on
or who does not. Reading a file, finding by words that a person typed, writing a letter, keeping a date or checking a
file for viruses is none of these: what comes of it is the same for everybody, or is shown to people who decide.

A floor above declares its parts (`candidates/applications/domain/automation.py`), and a law of the tests holds every
kind of due work against them: what is built later cannot forget to say what it does.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext_lazy

if TYPE_CHECKING:
    from requisitions.roles.models import Requisition


class Does(StrEnum):
    """What software may do to somebody who applies."""

    SCREENS = "screens"
    ASSESSES = "assesses"
    SELECTS = "selects"

    @property
    def label(self) -> Words:
        return _LABELS[self]


_LABELS = {
    Does.SCREENS: gettext_lazy("screens"),
    Does.ASSESSES: gettext_lazy("assesses"),
    Does.SELECTS: gettext_lazy("selects"),
}


def _always(requisition: "Requisition") -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that software does with applications by itself, in words for colleagues.

    `learned`: by what it was trained with, which is artificial intelligence where the law speaks of that.
    `tasks` are the kinds of due work that do it.
    """

    name: str
    says: Words
    does: frozenset[Does] = frozenset()
    learned: bool = False
    is_on: Callable[["Requisition"], bool] = _always
    tasks: tuple[str, ...] = ()


_parts: dict[str, Part] = {}


def declare(parts: Iterable[Part]) -> None:
    for part in parts:
        _parts[part.name] = part


def parts() -> list[Part]:
    """All that were declared, whether they are switched on or not."""
    return list(_parts.values())


def parts_for(requisition: "Requisition") -> list[Part]:
    """What is switched on for applications to this role."""
    return [part for part in _parts.values() if part.is_on(requisition)]


def done_by_software(requisition: "Requisition", *, learned: bool = False) -> frozenset[Does]:
    """What software does to those who apply to this role; `learned`: artificial intelligence alone."""
    found = (part.does for part in parts_for(requisition) if part.learned or not learned)
    return frozenset().union(*found)
