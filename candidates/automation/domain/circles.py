"""Rules that would set each other off without end."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Place:
    """A stage, by its number, or by its kind in every role."""

    stage: int | None
    kind: str

    def meets(self, other: "Place", kinds: Mapping[int, str]) -> bool:
        if self.stage and other.stage:
            return self.stage == other.stage
        return self.said_kind(kinds) == other.said_kind(kinds) != ""

    def said_kind(self, kinds: Mapping[int, str]) -> str:
        return kinds.get(self.stage, "") if self.stage else self.kind


@dataclass(frozen=True)
class Link:
    """What circles ask of a rule: where it begins, and where it moves people to. `begins`: None, no stage."""

    number: int
    name: str
    role: int | None
    begins: Place | None
    moves: tuple[Place, ...]

    def sets_off(self, other: "Link", kinds: Mapping[int, str]) -> bool:
        if self.role and other.role and self.role != other.role:
            return False
        begins = other.begins
        return begins is not None and any(each.meets(begins, kinds) for each in self.moves)


def moves_of(actions: Iterable[Mapping[str, Any]]) -> tuple[Place, ...]:
    return tuple(
        Place(each.get("stage"), each.get("stage_kind", "")) for each in actions if each["act"] == "move"
    )


def circle(first: Link, others: Sequence[Link], kinds: Mapping[int, str]) -> list[str]:
    """The names on the way from this rule back to itself, in order; none: there is no such way.

    Conditions are not asked: whether two can hold of one person, nobody can promise.
    """
    rules = [first, *(each for each in others if each.number != first.number)]
    ways, seen = [(first, [first.name])], {first.number}
    while ways:
        at, names = ways.pop()
        for each in rules:
            if not at.sets_off(each, kinds):
                continue
            if each.number == first.number:
                return [*names, first.name]
            if each.number not in seen:
                seen.add(each.number)
                ways.append((each, [*names, each.name]))
    return []
