"""What is missing before a requisition can open, in plain words."""

from dataclasses import dataclass

from requisitions.roles.models import CriterionKind, OpeningState, Requisition


@dataclass(frozen=True)
class Gap:
    """One thing that is missing: what to do, and where on the form it is done."""

    text: str
    field: str


def to_open(requisition: Requisition) -> list[Gap]:
    """The gaps that keep it from opening; three queries where nothing was prefetched."""
    gaps = []
    if requisition.hiring_manager_id is None:
        gaps.append(Gap("Name the hiring manager.", "hiring_manager"))
    if not any(row.kind == CriterionKind.MUST for row in requisition.criteria.all()):
        gaps.append(Gap("Say at least one must-have, and why it decides.", "must_haves"))
    if not any(seat.state == OpeningState.OPEN for seat in requisition.openings.all()):
        gaps.append(Gap("Say how many people you want to hire.", "openings"))
    if not requisition.stages.all():
        gaps.append(Gap("Choose the steps that a candidate goes through.", "pipeline"))
    return gaps
