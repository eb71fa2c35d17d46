"""What slips in a role, found from its figures: each challenge with the causes that they suggest: pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format

from ats.kernel.kept import kept
from ats.kernel.when import counted
from partners.commitments.domain.kinds import KINDS
from partners.corrections.domain.measures import short

BEHIND = 3
"""Days behind the target start from which it is a challenge."""
FEWEST_HERE, FEWEST_PAST = 5, 10
"""Decisions at a step below which it is compared with nothing: in the role, and in the organisation's past."""
LEAKS = 0.2
"""By so much fewer move on than in the organisation's own past."""
REPEATED = 2
"""So many misses of one kind within 30 days."""
STEPS = {
    "applied": kept("the first look"),
    "review": kept("the hiring manager's view"),
    "interview": kept("the interviews"),
}


@dataclass(frozen=True)
class Step:
    """How many were decided at a step of the way, and how many of these moved on: here, and in the past."""

    kind: str
    decided: int
    moved_on: int
    past_decided: int
    past_moved_on: int
    grounds: tuple[tuple[str, int], ...] = ()
    """Why it ended here, the most frequent first."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is so in one role now."""

    target: date | None = None
    likely: date | None = None
    """When somebody starts, at the pace of the organisation."""
    slate_due: date | None = None
    """When the first slate was due, where it was missed and is still open."""
    put_forward: int = 0
    received: int = 0
    weekly: float = 0
    """New candidates a week, over the last four."""
    waiting_late: dict[str, int] = field(default_factory=dict)
    """Candidates who wait too long, by the side that they wait for."""
    misses: dict[str, int] = field(default_factory=dict)
    """Missed within 30 days, by kind of commitment."""
    steps: Sequence[Step] = ()
    must_haves: int = 0
    furthest: str = ""
    """The step of whoever has come furthest."""


@dataclass(frozen=True)
class Challenge:
    """One goal that slips, in a sentence with its figures, and the figure that will say whether it got better."""

    code: str
    said: str
    measure: str
    scope: str = ""
    causes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.code}:{self.scope}"


def challenges(facts: Facts) -> Iterator[Challenge]:
    """The most important first."""
    yield from _start(facts)
    yield from _slate(facts)
    for step in facts.steps:
        yield from _leak(step, facts)
    for kind, number in sorted(facts.misses.items(), key=lambda item: (-item[1], item[0])):
        if number >= REPEATED and kind in KINDS:
            yield _misses(kind, number, facts)


def _start(facts: Facts) -> Iterator[Challenge]:
    if facts.target is None or facts.likely is None:
        return
    behind = (facts.likely - facts.target).days
    if behind >= BEHIND:
        said = kept(
            f"At this pace the start is {date_format(facts.likely, 'j F')}, {counted(behind, 'day', 'days')} "
            f"after the target of {date_format(facts.target, 'j F')}."
        )
        yield Challenge("target_start", said, "days_behind", causes=tuple(_pace(facts)))


def _slate(facts: Facts) -> Iterator[Challenge]:
    if facts.slate_due is not None:
        so_far = (
            counted(facts.put_forward, "person was", "people were")
            if facts.put_forward
            else kept("nobody was")
        )
        said = kept(
            f"The first slate was due {date_format(facts.slate_due, 'j F')}, and {so_far} put before the "
            "hiring manager so far."
        )
        yield Challenge("slate_late", said, "put_forward", causes=tuple(_pace(facts)))


def _leak(step: Step, facts: Facts) -> Iterator[Challenge]:
    if step.decided < FEWEST_HERE or step.past_decided < FEWEST_PAST:
        return
    here, past = step.moved_on / step.decided, step.past_moved_on / step.past_decided
    if past - here >= LEAKS:
        said = kept(
            f"{round(here * 100)} % move on after {STEPS[step.kind]} ({step.moved_on} of {step.decided}); "
            f"in the roles before it were {round(past * 100)} % (of {step.past_decided})."
        )
        ended = step.decided - step.moved_on
        causes = [kept(f"{number} of {ended} ended with “{ground}”.") for ground, number in step.grounds]
        if facts.must_haves > MANY_MUSTS:
            causes.append(_musts(facts))
        yield Challenge("step_leaks", said, "moves_on", step.kind, tuple(causes))


def _misses(kind: str, number: int, facts: Facts) -> Challenge:
    known = KINDS[kind]
    said = kept(f"“{known.owed}” was missed {number} times in 30 days.")
    return Challenge("repeated_misses", said, "kept", kind, tuple(_load(facts, but=kind)))


MANY_MUSTS = 5


def _musts(facts: Facts) -> str:
    return kept(f"{facts.must_haves} must-haves have to meet in one person.")


def _pace(facts: Facts) -> Iterator[str]:
    yield kept(
        f"{short(facts.weekly)} new candidates a week over the last four weeks, {facts.received} in all."
    )
    if facts.furthest:
        yield kept(f"Whoever has come furthest is at {facts.furthest}.")
    yield from _load(facts)
    if facts.must_haves > MANY_MUSTS:
        yield _musts(facts)


def _load(facts: Facts, but: str = "") -> Iterator[str]:
    late = [kept(f"{number} for {WHOM[side]}") for side, number in facts.waiting_late.items() if number]
    if late:
        whole = sum(facts.waiting_late.values())
        yield kept(f"{counted(whole, 'candidate waits', 'candidates wait')} too long: {', '.join(late)}.")
    others = sum(number for kind, number in facts.misses.items() if kind != but)
    if others:
        number = counted(others, "other commitment", "other commitments") if but else _commitments(others)
        yield kept(f"{number} missed in 30 days.")


def _commitments(number: int) -> str:
    return counted(number, "commitment", "commitments")


WHOM = {
    "recruiter": kept("the recruiter"),
    "manager": kept("the hiring manager"),
    "candidate": kept("their own next step"),
}
