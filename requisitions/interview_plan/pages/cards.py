"""The plan's piece of a requisition's page."""

from datetime import datetime

from ats.accounts.models import User
from requisitions.interview_plan.domain.coverage import covered, in_hours
from requisitions.interview_plan.domain.hints import hints
from requisitions.interview_plan.queries import VIEW, may_change
from requisitions.roles.models import Requisition
from requisitions.roles.pages.cards import Panel, panel


@panel("side")
def plan_panel(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Four queries."""
    if not user.has_perm(VIEW, requisition):
        return None
    rows = requisition.planned_interviews.filter(retired=False).order_by("position", "id")
    planned = list(rows.prefetch_related("criteria", "interviewers", "questions"))
    found = covered(list(requisition.criteria.all()), planned)
    return Panel(
        "requisitions/interview_plan/panel.html",
        {
            "role_id": requisition.pk,
            "count": len(planned),
            "hours": in_hours(found.minutes),
            "hints": hints(planned, found),
            "may_change": may_change(user, requisition),
        },
    )
