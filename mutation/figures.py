"""How many mutants of a module fell, from what mutmut wrote down."""

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from mutation.share import is_taken

ENOUGH = 0.85
NOTICED = {1, 3, 24, -24, 36, 152, 255}
"""Exit codes: a test failed, pytest gave up, or the time was over."""


@dataclass(frozen=True)
class Figures:
    name: str
    mutants: int
    killed: int
    untested: int
    unreached: int
    minutes: float

    @property
    def share(self) -> float:
        return self.killed / self.mutants if self.mutants else 0.0

    @property
    def is_enough(self) -> bool:
        return self.share >= ENOUGH


def of(name: str, tree: Path, *, minutes: float) -> Figures:
    found = (item for path in _notes(tree) for item in _read(path)["exit_code_by_key"].items())
    codes = Counter(code for mutant, code in found if is_taken(mutant))
    return Figures(
        name=name,
        mutants=codes.total(),
        killed=sum(number for code, number in codes.items() if code in NOTICED),
        untested=codes[33] + codes[5],
        unreached=codes[None],
        minutes=minutes,
    )


def forget_survivors(tree: Path) -> None:
    """Have them tested again, by the tests that reach them now."""
    (tree / "mutants" / "mutmut-stats.json").unlink(missing_ok=True)
    for path in _notes(tree):
        note = _read(path)
        for key, code in note["exit_code_by_key"].items():
            if code not in NOTICED and is_taken(key):
                note["exit_code_by_key"][key] = None
        path.write_text(json.dumps(note))


def table(rows: list[Figures]) -> str:
    lines = [
        f"{'module':<14}{'mutants':>9}{'killed':>9}{'untested':>10}{'unreached':>11}{'score':>9}{'minutes':>9}"
    ]
    lines += [
        f"{row.name:<14}{row.mutants:>9}{row.killed:>9}{row.untested:>10}{row.unreached:>11}"
        f"{row.share:>9.1%}{row.minutes:>9.1f}"
        for row in [*rows, _together(rows)]
    ]
    return "\n".join(lines)


def _together(rows: list[Figures]) -> Figures:
    return Figures(
        name="all",
        mutants=sum(row.mutants for row in rows),
        killed=sum(row.killed for row in rows),
        untested=sum(row.untested for row in rows),
        unreached=sum(row.unreached for row in rows),
        minutes=sum(row.minutes for row in rows),
    )


def _notes(tree: Path) -> list[Path]:
    return sorted((tree / "mutants").rglob("*.py.meta"))


def _read(path: Path) -> dict[str, dict[str, int | None]]:
    return json.loads(path.read_text())
