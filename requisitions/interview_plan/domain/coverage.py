"""What a plan leaves out, asks twice, and costs a candidate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from requisitions.interview_plan.domain.kits import rank
from requisitions.interview_plan.models import PlannedInterview
from requisitions.roles.models import Criterion, CriterionKind

LONG = 4 * 60
"""More minutes than this are much to ask of anybody who has a job."""


@dataclass(frozen=True)
class Coverage:
    """Where each criterion of a role is assessed, by the interviews that are planned."""

    unassessed: list[Criterion]
    """Must-haves that nobody assesses."""
    doubled: list[Criterion]
    """Criteria that more than one interview assesses."""
    minutes: int
    by_criterion: dict[int, list[PlannedInterview]]
    """The interviews that assess a criterion, by its number; empty where none does."""

    @property
    def is_long(self) -> bool:
        return self.minutes > LONG


def in_hours(minutes: int) -> str:
    """How long that is, as one says it: 45 min, 2 h, 3 h 15 min."""
    hours, rest = divmod(minutes, 60)
    said = [f"{hours} h"] if hours else []
    if rest or not hours:
        said.append(f"{rest} min")
    return " ".join(said)


def covered(criteria: Sequence[Criterion], planned: Iterable[PlannedInterview]) -> Coverage:
    """What these interviews cover of these criteria; retired ones count for nothing."""
    by_criterion: dict[int, list[PlannedInterview]] = {row.pk: [] for row in criteria}
    minutes = 0
    for interview in planned:
        if interview.retired:
            continue
        minutes += interview.minutes
        for row in interview.criteria.all():
            by_criterion.setdefault(row.pk, []).append(interview)
    ordered = sorted(criteria, key=rank)
    return Coverage(
        unassessed=[row for row in ordered if row.kind == CriterionKind.MUST and not by_criterion[row.pk]],
        doubled=[row for row in ordered if len(by_criterion[row.pk]) > 1],
        minutes=minutes,
        by_criterion=by_criterion,
    )
