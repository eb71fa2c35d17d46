"""What the tick brings up: agendas to send, check-ins that nobody held."""

from datetime import datetime

from ats.duework import engine
from ats.kernel.access import lock
from partners.checkins import actions
from partners.checkins.models import CheckIn
from partners.partnerships.models import Partnership


@engine.lane("check-ins")
def bring_up(now: datetime) -> int:
    agendas = CheckIn.objects.agenda_due(now).order_by("agenda_at", "pk")
    over = CheckIn.objects.over(now).order_by("skipped_at", "pk")
    sent = engine.under_lock(agendas, _send, now=now, first=_hold)
    return sent + engine.under_lock(over, _skip, now=now, first=_hold)


def _hold(number: int) -> None:
    """Its partnership comes before a check-in, for everybody."""
    lock(Partnership, CheckIn.objects.values_list("partnership", flat=True).get(pk=number))


def _send(check_in: CheckIn, now: datetime) -> None:
    actions.send_agenda(check_in=check_in, now=now)


def _skip(check_in: CheckIn, now: datetime) -> None:
    actions.skip(check_in=check_in, now=now)
