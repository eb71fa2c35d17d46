"""Which messages somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.access.application import unkept
from candidates.applications.models import Application
from candidates.messages.models import Message


@sees(Message)
def visible(rows: QuerySet[Message], user: User) -> QuerySet[Message]:
    """What the team of a role and its candidates wrote each other: not for who is only asked about one."""
    if user.is_authenticated and user.oversees:
        return unkept(rows, user, of="application")
    return rows.filter(application__in=Application.objects.followed_by(user))
