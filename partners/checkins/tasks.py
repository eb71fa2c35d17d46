"""What the tick brings up: agendas to send, check-ins that nobody held."""

from datetime import datetime

from ats.duework import engine
from ats.duework.models import DueTask
from ats.duework.readiness import either, rows
from ats.duework.tasks import task_kind
from ats.kernel.access import lock
from partners.checkins import actions
from partners.checkins.models import CheckIn
from partners.partnerships.models import Partnership


@engine.lane(
    "check-ins",
    due=either(rows(CheckIn.objects.agenda_due), rows(CheckIn.objects.over), rows(CheckIn.objects.look_due)),
)
def bring_up(now: datetime) -> int:
    agendas = CheckIn.objects.agenda_due(now).order_by("agenda_at", "pk")
    over = CheckIn.objects.over(now).order_by("skipped_at", "pk")
    looked_at = CheckIn.objects.look_due(now).order_by("look_at", "pk")
    # What is found goes onto the agenda that is written next.
    looked = engine.under_lock(looked_at, _look, now=now, first=_hold)
    sent = engine.under_lock(agendas, _send, now=now, first=_hold)
    return looked + sent + engine.under_lock(over, _skip, now=now, first=_hold)


@engine.lane("check-in-actions", due=actions.ACTIONS.due())
def remind(now: datetime) -> int:
    return actions.note_near(now)


def _hold(number: int) -> None:
    """Its partnership comes before a check-in, for everybody."""
    lock(Partnership, CheckIn.objects.values_list("partnership", flat=True).get(pk=number))


def _look(check_in: CheckIn, now: datetime) -> None:
    actions.look(partnership_id=check_in.partnership_id, now=now)


@task_kind(actions.LOOK)
def look(task: DueTask, now: datetime) -> None:
    """Something has happened that may speak for meeting sooner."""
    actions.look(partnership_id=task.subject_id, now=now)


def _send(check_in: CheckIn, now: datetime) -> None:
    actions.send_agenda(check_in=check_in, now=now)


def _skip(check_in: CheckIn, now: datetime) -> None:
    actions.skip(check_in=check_in, now=now)
