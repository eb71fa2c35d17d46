"""Which questions to interviewers for their times somebody sees."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.access.application import unkept
from candidates.applications.models import Application
from candidates.scheduling.models import AvailabilityRequest


@sees(AvailabilityRequest)
def visible(rows: QuerySet[AvailabilityRequest], user: User) -> QuerySet[AvailabilityRequest]:
    """Those of applications one may see, and what one is asked oneself."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    # For each by itself: beside an "or", a list of all visible applications would be made first.
    seen = Exists(Application.objects.visible_to(user).filter(pk=OuterRef("application")))
    return unkept(rows, user, of="application").filter(Q(interviewer=user) | seen)
