"""What the plan of a requisition covers."""

from requisitions.interview_plan.domain.coverage import Coverage, covered
from requisitions.roles.models import Requisition


def coverage(requisition: Requisition) -> Coverage:
    """What the plan of a requisition covers; three queries."""
    planned = requisition.planned_interviews.filter(retired=False).order_by("position", "id")
    criteria = requisition.criteria.order_by("position", "id")
    return covered(list(criteria), list(planned.prefetch_related("criteria")))
