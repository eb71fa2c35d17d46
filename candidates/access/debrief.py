"""Which decisions on the evidence somebody sees."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import Application
from candidates.scorecards.models import Debrief, owes


@sees(Debrief)
def visible(rows: QuerySet[Debrief], user: User) -> QuerySet[Debrief]:
    """As with scorecards: a decision tells what others wrote."""
    return rows.filter(~owes(user), application__in=Application.objects.known_to(user))
