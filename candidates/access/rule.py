"""Which rules somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.automation.models import Rule
from requisitions.models import Requisition


@sees(Rule)
def visible(rows: QuerySet[Rule], user: User) -> QuerySet[Rule]:
    """The recruiting team's all; of a role, whoever may know of the role."""
    if not user.is_authenticated or not user.is_active or not user.recruits:
        return rows.none()
    known = Requisition.objects.visible_to(user)
    seen = rows.filter(requisition=None) | rows.filter(requisition__in=known)
    return seen if user.works_for is None else seen.filter(organisation__in=user.works_for)
