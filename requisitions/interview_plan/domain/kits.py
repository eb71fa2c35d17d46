"""The kit of a planned interview, as the copy that a booking keeps."""

from typing import Any, TypedDict

from requisitions.interview_plan.models import PlannedInterview
from requisitions.roles.models import Criterion, CriterionKind


class KitCriterion(TypedDict):
    """What an interview assesses, as it was when it was booked."""

    id: int
    name: str
    is_must: bool
    why: str


class KitLine(TypedDict):
    """A question as it was; `criterion` is the number of one of the kit's criteria, or None."""

    criterion: int | None
    text: str
    good: str


class Kit(TypedDict):
    """Everything that an interviewer needs at hand."""

    name: str
    purpose: str
    avoid: str
    minutes: int
    criteria: list[KitCriterion]
    questions: list[KitLine]


def snapshot(planned: PlannedInterview) -> Kit:
    """The kit as it is now; two queries, none where `criteria` and `questions` were prefetched.

    What is booked keeps this copy, so that a plan in use can change: a scorecard is written against what
    the interviewers were asked to find out.
    """
    return {
        "name": planned.name,
        "purpose": planned.purpose,
        "avoid": planned.avoid,
        "minutes": planned.minutes,
        "criteria": [_criterion(row) for row in sorted(planned.criteria.all(), key=rank)],
        "questions": [
            {"criterion": row.criterion_id, "text": row.text, "good": row.good}
            for row in sorted(planned.questions.all(), key=lambda row: (row.position, row.pk))
        ],
    }


def rank(criterion: Criterion) -> tuple[Any, ...]:
    """Must-haves first, then as the role orders them."""
    return (criterion.kind != CriterionKind.MUST, criterion.position, criterion.pk)


def _criterion(row: Criterion) -> KitCriterion:
    return {"id": row.pk, "name": row.name, "is_must": row.kind == CriterionKind.MUST, "why": row.why}
