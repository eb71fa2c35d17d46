"""Fetching the role that an action changes, locked, with what its record names."""

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.languages import Words
from requisitions.roles.models import Requisition
from requisitions.roles.rules import DO_THAT, check_may

VIEW = "requisitions.view_requisition"
LEAD = "requisitions.change_team"


def fetch(requisition_id: int, by: User, permission: str, *, ask: Words = DO_THAT) -> Requisition:
    """The role, locked, for who may; who is in the recruiting team and only sees it reads whom to ask."""
    rows = Requisition.objects.select_related(
        "organisation", "department", "location", "recruiter", "hiring_manager"
    )
    requisition = get_for(rows, requisition_id, user=by, permission=VIEW, for_update=True)
    check_may(by, permission, requisition, of=requisition, ask=ask)
    return requisition


def named(requisition: Requisition) -> dict[str, str]:
    return {"title": requisition.title, "reference": requisition.reference}
