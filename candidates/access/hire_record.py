"""Which hires somebody sees."""

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.hires.models import HireRecord


@sees(HireRecord)
def visible(rows: QuerySet[HireRecord], user: User) -> QuerySet[HireRecord]:
    """Pay is in it: who may see the offer may see the record."""
    return rows.filter(application__in=Application.objects.visible_to(user)).filter(
        Q() if user.recruits else Q(application__requisition__hiring_manager=user)
    )
