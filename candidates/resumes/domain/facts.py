"""What was read from a résumé: facts, each with how far it is to be believed."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from enum import StrEnum
from typing import Any, Self

ONE = ("name", "headline", "place")
MANY = ("emails", "phones", "links", "languages", "skills", "positions", "education")
MOST, LONGEST = 80, 300
"""So many facts of a kind are kept, each so long."""


class Confidence(StrEnum):
    """Sure: right in at least 97 of 100 on the files it is measured on (`manage.py resume_figures`)."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


@dataclass(frozen=True)
class Fact:
    """One word or one row that was read. `more` belongs to the value: the number as it is dialled, a level."""

    value: str
    confidence: Confidence
    more: str = ""


@dataclass(frozen=True)
class Stay:
    """A position, or a time of learning: `where` the employer or the school, `what` the job or the degree.

    Days are as precise as they were written (`2018`, `2018-09`); empty: unknown, or still going on.
    """

    where: str
    what: str
    confidence: Confidence
    place: str = ""
    start: str = ""
    end: str = ""
    current: bool = False
    text: str = ""


@dataclass(frozen=True)
class Facts:
    name: Fact | None = None
    headline: Fact | None = None
    place: Fact | None = None
    emails: tuple[Fact, ...] = ()
    phones: tuple[Fact, ...] = ()
    links: tuple[Fact, ...] = ()
    languages: tuple[Fact, ...] = ()
    skills: tuple[Fact, ...] = ()
    positions: tuple[Stay, ...] = ()
    education: tuple[Stay, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> Self:
        """As it was kept; what a later version no longer has is left out."""
        ones = {key: _fact(said[key]) for key in ONE if said.get(key)}
        many = {
            key: tuple(_fact(each) for each in said.get(key, ()))
            for key in ("emails", "phones", "links", "languages", "skills")
        }
        stays = {key: tuple(_stay(each) for each in said.get(key, ())) for key in ("positions", "education")}
        return cls(**ones, **many, **stays, notes=tuple(said.get("notes", ())))  # type: ignore[arg-type]

    def unsure(self) -> Self:
        """The same, and nothing of it is sure: it was recognised on a picture, where one letter may be another."""
        sure, likely = Confidence.SURE, Confidence.LIKELY
        return self._changed(
            lambda each: replace(each, confidence=likely) if each.confidence is sure else each
        )

    def kept(self) -> Self:
        """As much of it as is kept: no more of a kind than somebody looks through, and no value without end."""

        def short(each: Any) -> Any:
            texts = {name: value[:LONGEST] for name, value in vars(each).items() if type(value) is str}
            return replace(each, **texts)

        cut = self._changed(short)
        few: dict[str, Any] = {kind: getattr(cut, kind)[:MOST] for kind in MANY}
        return replace(cut, **few)

    def beside(self, other: "Facts") -> Self:
        """With what the other one has where this one has nothing."""
        taken: dict[str, Any] = {
            kind: getattr(other, kind) for kind in (*ONE, *MANY) if not getattr(self, kind)
        }
        return replace(self, **taken)

    def _changed(self, change: Callable[[Any], Any]) -> Self:
        ones = {kind: change(getattr(self, kind)) for kind in ONE if getattr(self, kind)}
        many: dict[str, Any] = {kind: tuple(map(change, getattr(self, kind))) for kind in MANY}
        return replace(self, **ones, **many)

    def each(self) -> Iterator[tuple[str, Fact | Stay]]:
        """All of them, each with the name of its kind and its place in it: `skills-3`."""
        for kind in ONE:
            if (one := getattr(self, kind)) is not None:
                yield kind, one
        for kind in MANY:
            for number, each in enumerate(getattr(self, kind)):
                yield f"{kind}-{number}", each


def _fact(said: dict[str, Any]) -> Fact:
    return Fact(said["value"], Confidence(said["confidence"]), said.get("more", ""))


def _stay(said: dict[str, Any]) -> Stay:
    known = {key: said[key] for key in Stay.__dataclass_fields__ if key in said}
    return Stay(**{**known, "confidence": Confidence(said["confidence"])})
