"""The lane that tells, in the morning, what there is to celebrate."""

from datetime import datetime

from ats.duework import engine, readiness
from ats.kernel.access import lock
from partners.celebrations import actions
from partners.celebrations.models import Celebration
from partners.partnerships.models import Partnership


@engine.lane("celebrations", due=readiness.rows(Celebration.objects.ready))
def tell_what_is_due(now: datetime) -> int:
    rows = Celebration.objects.ready(now).order_by("due_at", "pk")
    return engine.under_lock(rows, actions.tell, now=now, first=_hold)


def _hold(number: int) -> None:
    """Its partnership comes before a celebration, for everybody."""
    lock(Partnership, Celebration.objects.values_list("partnership", flat=True).get(pk=number))
