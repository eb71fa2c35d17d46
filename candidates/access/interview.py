"""Which interviews somebody sees."""

from django.db.models import Exists, OuterRef, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.access.application import unkept
from candidates.applications.models import Application
from candidates.interviews.models import Interview, InterviewSeat


@sees(Interview)
def visible(rows: QuerySet[Interview], user: User) -> QuerySet[Interview]:
    """Those of applications one may see, and those one takes part in."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    rows = unkept(rows, user, of="application")
    if user.oversees:
        return rows
    mine = Exists(InterviewSeat.objects.filter(interview=OuterRef("pk"), user=user, released=False))
    # For each by itself: beside an "or", a list of all visible applications would be made first.
    seen = Exists(Application.objects.visible_to(user).filter(pk=OuterRef("application")))
    return rows.filter(mine | seen)
