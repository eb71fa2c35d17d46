"""Into which groups answers may be counted, so that nobody learns of few: not from a group, nor from a difference.

Answers that are counted together are divided once for each split. Each division is the whole of them: what is too
small stands among the rest. Whatever the report adds up, over time or over groups of one split, is a sum of such
groups. What could be worked out of two splits is a sum of groups of one, less groups of the other that lie within it;
a division that would leave from one to four by that is made coarser until it does not. Named answers can be read one
by one, and so be taken away from a sum: all of it holds of the anonymous ones by themselves as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from candidates.surveys.domain.coarse import ENOUGH, SPLITS, Facts

REST = ""
MOST_GROUPS = 9
"""So many groups of one split by themselves each time; the smaller ones are among the rest."""

Cells = dict[str, frozenset[int]]
"""By value the places of the answers that are counted there."""


@dataclass(frozen=True)
class Answers:
    """What is divided: the facts of each answer, and which of them are anonymous."""

    facts: Sequence[Facts]
    anonymous: frozenset[int] = field(default_factory=frozenset)

    @property
    def everything(self) -> frozenset[int]:
        return frozenset(range(len(self.facts)))

    def is_few(self, group: Iterable[int]) -> bool:
        """Whether this is too few to show: of all, or of those who gave no name."""
        whole = frozenset(group)
        return any(0 < len(part) < ENOUGH for part in (whole, whole & self.anonymous))


def divide(answers: Answers) -> dict[str, Cells]:
    """By split the groups that may be shown; none at all where they are too few altogether."""
    if not answers.facts or answers.is_few(answers.everything):
        return {}
    divisions: dict[str, Cells] = {}
    for split in SPLITS:
        cells = _groups(answers, split)
        while not all(_agree(cells, other, answers) for other in divisions.values()):
            cells = _coarser(cells)
        divisions[split] = cells
    return divisions


def _groups(answers: Answers, split: str) -> Cells:
    by_value: dict[str, set[int]] = defaultdict(set)
    for place, facts in enumerate(answers.facts):
        by_value[facts.get(split, REST)].add(place)
    biggest = sorted((value for value in by_value if value), key=lambda value: (-len(by_value[value]), value))
    shown = [value for value in biggest[:MOST_GROUPS] if not answers.is_few(by_value[value])]
    cells = {value: frozenset(by_value[value]) for value in shown}
    rest = answers.everything.difference(*cells.values())
    cells |= {REST: rest} if rest else {}
    while answers.is_few(cells.get(REST, ())):
        cells = _coarser(cells)
    return cells


def _coarser(cells: Cells) -> Cells:
    """The smallest group goes among the rest; what is left in the end is everything in one."""
    named = [value for value in cells if value != REST]
    smallest = min(named, key=lambda value: (len(cells[value]), value))
    left = {value: group for value, group in cells.items() if value not in {smallest, REST}}
    return left | {REST: cells.get(REST, frozenset()) | cells[smallest]}


def _agree(one: Cells, other: Cells, answers: Answers) -> bool:
    return not any(
        reveals(some, others, population)
        for population in (answers.everything, answers.anonymous)
        for some, others in ((one, other), (other, one))
    )


def reveals(one: Cells, other: Cells, population: frozenset[int]) -> bool:
    """Whether some groups of `one`, less all groups of `other` that lie within them, leave few of this population."""
    if not population:
        return False
    table = _cross(one, other, population)
    if not any(0 < number < ENOUGH for row in table for number in row):
        return False  # whatever is left is a sum of these
    sizes = [sum(row) for row in table]
    columns = list(zip(*table, strict=True))
    touched = [sum(1 << place for place, number in enumerate(column) if number) for column in columns]
    weights = [sum(column) for column in columns]
    for chosen in range(1, 1 << len(sizes)):
        whole = sum(size for place, size in enumerate(sizes) if chosen >> place & 1)
        within = sum(weight for touch, weight in zip(touched, weights, strict=True) if not touch & ~chosen)
        if 0 < whole - within < ENOUGH:
            return True
    return False


def _cross(one: Cells, other: Cells, population: frozenset[int]) -> list[list[int]]:
    counted = Counter(
        {
            (a, b): len(group & against & population)
            for a, group in one.items()
            for b, against in other.items()
        }
    )
    return [[counted[a, b] for b in other] for a in one]
