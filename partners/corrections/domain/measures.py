"""The figures that say whether a correction worked: which are better, and below what they say nothing: pure."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format

from ats.kernel.kept import kept
from ats.kernel.when import counted
from partners.corrections.models import Verdict

SHORTEST = 7
"""Days that must lie between both readings, where a figure is of what happened in between."""
BEFORE = 28
"""Days before the start from which the first reading is taken, where it is of what happened."""


@dataclass(frozen=True)
class Figure:
    """One reading; `value` is None where there was nothing to read. `days`: of how many, 0 for how it stands."""

    value: float | None
    sample: int
    days: int = 0

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True, kw_only=True)
class Measure:
    """One figure: its name, how a value is said, whether more is better, and what is too little to tell.

    `least`: cases below which a reading says nothing. `noticeable`: a smaller change is none.
    """

    code: str
    name: str
    says: Callable[[float], str]
    more_is_better: bool
    noticeable: float
    least: int = 0
    of_a_time: bool = True
    scoped: bool = False
    cases: str = ""
    """What the sample counts."""

    def said(self, figure: Figure) -> str:
        if figure.value is None:
            return kept("nothing to read")
        said = self.says(figure.value)
        return kept(f"{said} (of {figure.sample} {self.cases})") if self.cases else said


def _behind(days: float) -> str:
    number = round(abs(days))
    if number == 0:
        return kept("on time for the target start")
    span = counted(number, "day", "days")
    return kept(f"{span} behind the target start" if days > 0 else f"{span} ahead of the target start")


def short(number: float) -> str:
    """`2.2`, `3`: with one decimal where it says something."""
    return f"{number:.1f}".removesuffix(".0")


def _moved_on(share: float) -> str:
    here = round(share * 100)
    return kept(f"{here} % moved on")


def _kept_in_time(share: float) -> str:
    here = round(share * 100)
    return kept(f"{here} % kept in time")


def _weekly(what: str) -> Callable[[float], str]:
    return lambda number: kept(f"{short(number)} {what} a week")


MEASURES: dict[str, Measure] = {
    measure.code: measure
    for measure in (
        Measure(
            code="days_behind",
            name=kept("How far behind the target start we are"),
            says=_behind,
            more_is_better=False,
            noticeable=3,
            of_a_time=False,
        ),
        Measure(
            code="new_candidates",
            name=kept("New candidates a week"),
            says=_weekly(kept("new candidates")),
            more_is_better=True,
            noticeable=0.5,
        ),
        Measure(
            code="put_forward",
            name=kept("Candidates put before the hiring manager a week"),
            says=_weekly(kept("people put before the hiring manager")),
            more_is_better=True,
            noticeable=0.5,
        ),
        Measure(
            code="moves_on",
            name=kept("How many move on from a step"),
            says=_moved_on,
            more_is_better=True,
            noticeable=0.1,
            least=5,
            scoped=True,
            cases=kept("decided there"),
        ),
        Measure(
            code="kept",
            name=kept("How many commitments of one kind are kept"),
            says=_kept_in_time,
            more_is_better=True,
            noticeable=0.1,
            least=3,
            scoped=True,
            cases=kept("that came due"),
        ),
        Measure(
            code="waits_too_long",
            name=kept("Candidates who wait too long"),
            says=lambda number: counted(
                round(number), "candidate waits too long", "candidates wait too long"
            ),
            more_is_better=False,
            noticeable=1,
            of_a_time=False,
        ),
    )
}
NAMEABLE = [code for code, measure in MEASURES.items() if not measure.scoped]
"""What a partner may choose for a challenge in their own words."""


def judge(measure: Measure, start: Figure, end: Figure, *, days: int, look_on: date) -> tuple[Verdict, str]:
    """Whether it worked, and the sentence with both figures; `days` lie between the two readings."""
    both = kept(f"{measure.said(start)} when it began, {measure.said(end)} on {date_format(look_on, 'j F')}")
    if why := _too_little(measure, start, end, days=days):
        return Verdict.UNTOLD, kept(f"Cannot be told: {why}.") + f" {both[0].upper()}{both[1:]}."
    assert start.value is not None
    assert end.value is not None
    better = end.value - start.value if measure.more_is_better else start.value - end.value
    if better >= measure.noticeable:
        return Verdict.WORKED, kept(f"It worked: {both}.")
    return Verdict.NOT, kept(f"It did not work: {both}.")


def _too_little(measure: Measure, start: Figure, end: Figure, *, days: int) -> str:
    if start.value is None or end.value is None:
        return kept("there was nothing to read")
    if min(start.sample, end.sample) < measure.least:
        return kept(f"below {measure.least} cases the figures say nothing")
    if measure.of_a_time and days < SHORTEST:
        return kept(f"fewer than {SHORTEST} days lie between the two")
    return ""


def whole_days(start: datetime, end: datetime) -> int:
    return max(0, (end - start).days)
