"""Which promises somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.access.application import unkept
from candidates.applications.models import Application
from candidates.promises.models import Promise


@sees(Promise)
def visible(rows: QuerySet[Promise], user: User) -> QuerySet[Promise]:
    if user.is_authenticated and user.oversees:
        return unkept(rows, user, of="application")
    return rows.filter(application__in=Application.objects.visible_to(user))
