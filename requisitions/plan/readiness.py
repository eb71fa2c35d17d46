"""What a plan still lacks, in plain words, and its panel on the page of the role."""

from datetime import datetime

from ats.accounts.models import User
from requisitions.plan.coverage import Coverage, covered, in_hours
from requisitions.plan.models import PlannedInterview
from requisitions.plan.queries import VIEW, may_change
from requisitions.roles.figures import Panel, panel
from requisitions.roles.models import Requisition


def hints(planned: list[PlannedInterview], coverage: Coverage) -> list[str]:
    """What is missing before it can be relied on; nothing is a good plan."""
    said = []
    if names := [row.name for row in coverage.unassessed]:
        said.append(f"Nobody assesses {', '.join(f'“{name}”' for name in names)}.")
    if lacking := [row.name for row in planned if row.lacks_people]:
        said.append(f"Too few people are chosen for {', '.join(lacking)}.")
    if silent := [row.name for row in planned if row.criteria.all() and not row.questions.all()]:
        said.append(f"No questions yet in {', '.join(silent)}.")
    if coverage.is_long:
        said.append("More than four hours are much to ask of somebody with a job.")
    return said


@panel("side")
def plan_panel(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Four queries."""
    if not user.has_perm(VIEW, requisition):
        return None
    rows = requisition.planned_interviews.filter(retired=False).order_by("position", "id")
    planned = list(rows.prefetch_related("criteria", "interviewers", "questions"))
    found = covered(list(requisition.criteria.all()), planned)
    return Panel(
        "requisitions/plan/panel.html",
        {
            "role_id": requisition.pk,
            "count": len(planned),
            "hours": in_hours(found.minutes),
            "hints": hints(planned, found),
            "may_change": may_change(user, requisition),
        },
    )
