"""What the tick brings up: agendas to send, check-ins that nobody held."""

from datetime import datetime

from ats.duework import engine
from partners.checkins import actions
from partners.checkins.models import CheckIn


@engine.lane("check-ins")
def bring_up(now: datetime) -> int:
    agendas = CheckIn.objects.agenda_due(now).order_by("agenda_at", "pk")
    over = CheckIn.objects.over(now).order_by("skipped_at", "pk")
    return engine.under_lock(agendas, _send, now=now) + engine.under_lock(over, _skip, now=now)


def _send(check_in: CheckIn, now: datetime) -> None:
    actions.send_agenda(check_in=check_in, now=now)


def _skip(check_in: CheckIn, now: datetime) -> None:
    actions.skip(check_in=check_in, now=now)
