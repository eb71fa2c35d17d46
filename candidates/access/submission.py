"""Which submissions somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.submissions.models import Submission


@sees(Submission)
def visible(rows: QuerySet[Submission], user: User) -> QuerySet[Submission]:
    """Who recruits, those of applications that they see: a client's people read none of who was asked and said no."""
    if not user.is_authenticated or not user.recruits:
        return rows.none()
    return rows.filter(application__in=Application.objects.visible_to(user))
