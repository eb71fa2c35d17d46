"""Fetching what an action changes, with its role locked first, so that two never mix."""

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from requisitions.interview_plan.models import PlannedInterview
from requisitions.roles.models import Requisition
from requisitions.roles.workflow import check_not_ended

CHANGE = "requisitions.change_plan"


def role(requisition_id: int, by: User) -> Requisition:
    """The requisition, locked, for somebody who may change its plan."""
    rows = Requisition.objects.select_related("organisation", "location", "hiring_manager")
    found = get_for(rows, requisition_id, user=by, permission=CHANGE, for_update=True)
    check_not_ended(found.state)
    return found


def interview(planned_id: int, by: User, *, retired: bool = False) -> PlannedInterview:
    """A planned interview that is still planned (or is not any more), after its requisition was locked."""
    requisition_id = (
        PlannedInterview.objects.filter(pk=planned_id).values_list("requisition_id", flat=True).first()
    )
    requisition = role(requisition_id or 0, by)
    planned = requisition.planned_interviews.filter(pk=planned_id, retired=retired).first()
    if planned is None:
        raise Missing(
            gettext("No planned interview with the number %(planned_id)s is visible.")
            % {"planned_id": planned_id}
        )
    planned.requisition = requisition
    return planned
