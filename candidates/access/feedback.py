"""Which feedback somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.feedback.models import Feedback


@sees(Feedback)
def visible(rows: QuerySet[Feedback], user: User) -> QuerySet[Feedback]:
    """As the conversation that it is a part of: the team of the role, not who is only asked about one."""
    return rows.filter(application__in=Application.objects.followed_by(user))
