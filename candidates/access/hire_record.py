"""Which hires somebody sees."""

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.access.application import stands_in
from candidates.applications.models import Application
from candidates.hires.models import HireRecord


@sees(HireRecord)
def visible(rows: QuerySet[HireRecord], user: User) -> QuerySet[HireRecord]:
    """Pay is in it: who may see the offer may see the record."""
    seen = rows.filter(application__in=Application.objects.visible_to(user))
    if user.recruits:
        return seen
    return seen.filter(Q(application__requisition__hiring_manager=user) | stands_in(user, of="application"))
