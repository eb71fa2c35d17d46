"""Which offers somebody sees."""

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.access.application import stands_in, unkept
from candidates.applications.models import Application
from candidates.offers.models import Offer


@sees(Offer)
def visible(rows: QuerySet[Offer], user: User) -> QuerySet[Offer]:
    """Pay is for those who decide: the recruiting team, the hiring manager, and who approves it."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if user.oversees:
        return unkept(rows, user, of="application")
    seen = Q(application__in=Application.objects.visible_to(user))
    if user.recruits:
        return rows.filter(seen)
    return rows.filter(
        seen, Q(application__requisition__hiring_manager=user) | stands_in(user, of="application")
    )
