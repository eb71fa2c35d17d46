"""The lane that reminds of a look back before it is due."""

from datetime import datetime

from ats.duework import engine, readiness
from ats.kernel.access import lock
from partners.partnerships.models import Partnership
from partners.retrospectives import actions
from partners.retrospectives.models import Retrospective


@engine.lane("retrospectives", due=readiness.rows(Retrospective.objects.to_remind))
def remind(now: datetime) -> int:
    rows = Retrospective.objects.to_remind(now).order_by("remind_at", "pk")
    return engine.under_lock(rows, actions.remind, now=now, first=_hold)


def _hold(number: int) -> None:
    """Its partnership comes before a retrospective, for everybody."""
    lock(Partnership, Retrospective.objects.values_list("partnership", flat=True).get(pk=number))
