"""Fetching the role that an action changes, locked, with what its record names."""

from ats.accounts.models import User
from ats.kernel.access import get_for
from requisitions.roles.models import Requisition


def fetch(requisition_id: int, by: User, permission: str) -> Requisition:
    rows = Requisition.objects.select_related(
        "organisation", "department", "location", "recruiter", "hiring_manager"
    )
    return get_for(rows, requisition_id, user=by, permission=permission, for_update=True)


def named(requisition: Requisition) -> dict[str, str]:
    return {"title": requisition.title, "reference": requisition.reference}
