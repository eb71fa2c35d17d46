"""Fetching the role that an action changes, locked, with what its record names."""

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing, NotAllowed
from requisitions.roles.models import Requisition

VIEW = "requisitions.view_requisition"
LEAD = "requisitions.change_team"


def fetch(requisition_id: int, by: User, permission: str, *, to: str = "do that") -> Requisition:
    """The role, locked, for who may; who is in the recruiting team and only sees it reads whom to ask."""
    rows = Requisition.objects.select_related(
        "organisation", "department", "location", "recruiter", "hiring_manager"
    )
    requisition = get_for(rows, requisition_id, user=by, permission=VIEW, for_update=True)
    if by.has_perm(permission, requisition):
        return requisition
    if by.recruits:
        raise NotAllowed(f"Ask {requisition.recruiter} to {to}.")
    raise Missing(f"No requisition with the number {requisition_id} is theirs to change.")


def named(requisition: Requisition) -> dict[str, str]:
    return {"title": requisition.title, "reference": requisition.reference}
