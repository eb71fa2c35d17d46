"""All the evidence side by side: criteria down, interviewers across. Pure, from rows that were fetched already.

Nothing is added up: a sum would hide the criteria, and what one person saw is not outvoted by what two did not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from candidates.scorecards.models import Rating, Scorecard, ScorecardMark
from requisitions.models import Criterion, CriterionKind

SIGNS: dict[str, str] = {
    Rating.STRONG_YES: "checks",
    Rating.YES: "check",
    Rating.NO: "x",
    Rating.DEFINITELY_NOT: "ban",
}
"""A shape for each rating, so that colour is not needed to tell them apart."""

FOR = frozenset({Rating.YES, Rating.STRONG_YES})


@dataclass(frozen=True)
class Cell:
    """What one interviewer has on one criterion; without a mark it was not theirs to find out."""

    card: Scorecard
    mark: ScorecardMark | None = None

    @property
    def rating(self) -> str:
        return self.mark.rating if self.mark else ""


@dataclass(frozen=True)
class Row:
    name: str
    is_must: bool
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        return disagree(cell.rating for cell in self.cells)

    @property
    def is_unassessed(self) -> bool:
        return not any(cell.rating for cell in self.cells)

    @property
    def found(self) -> list[Cell]:
        """Those who have something on it."""
        return [cell for cell in self.cells if cell.rating]


def disagree(ratings: Iterable[str]) -> bool:
    """Somebody says yes and somebody says no."""
    return len({rating in FOR for rating in ratings if rating}) == 2


def rows(cards: Sequence[Scorecard], criteria: Sequence[Criterion]) -> list[Row]:
    """A row for each must-have of the role, whether or not anybody assessed it, and for all else that was.

    `cards` come with their marks prefetched. The role's own order first; what its list does not hold any
    more comes last, under the words it had.
    """
    marks: dict[tuple[int, str], dict[int, ScorecardMark]] = {}
    for card in cards:
        for mark in card.marks.all():
            marks.setdefault(_key(mark), {})[card.pk] = mark
    found = []
    for criterion in criteria:
        own = marks.pop((criterion.pk, ""), {})
        is_must = criterion.kind == CriterionKind.MUST
        if own or is_must:
            found.append(_row(criterion.name, is_must, cards, own))
    for own in marks.values():
        first = next(iter(own.values()))
        found.append(_row(first.name, first.is_must, cards, own))
    return found


def _key(mark: ScorecardMark) -> tuple[int, str]:
    """The same criterion by its number; one that was removed, by its words."""
    return (mark.criterion_id, "") if mark.criterion_id else (0, mark.name)


def _row(name: str, is_must: bool, cards: Sequence[Scorecard], own: dict[int, ScorecardMark]) -> Row:
    return Row(name, is_must, tuple(Cell(card, own.get(card.pk)) for card in cards))
