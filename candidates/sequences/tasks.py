"""The part of the tick for sequences: who is not written to any more, and whose next mail is due."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.readiness import either, rows
from ats.kernel.access import lock_all
from candidates.people.models import Candidate
from candidates.sequences import actions
from candidates.sequences.actions.begin import LANE
from candidates.sequences.models import SequenceMail, SequenceRun


@lane(LANE, due=either(rows(SequenceRun.objects.to_stop), rows(SequenceMail.objects.ready)))
def work(now: datetime) -> int:
    """First who is to be left alone, then who gets the next one."""
    stopped = engine.under_lock(
        SequenceRun.objects.to_stop(now).order_by("pk"), actions.stop_by_itself, now=now, first=_person
    )
    due = SequenceMail.objects.ready(now).order_by("due_at", "pk")
    return stopped + engine.under_lock(due, actions.send, now=now, first=_person_and_run)


def _person(run_id: int) -> None:
    lock_all(Candidate, SequenceRun.objects.filter(pk=run_id).values_list("candidate", flat=True))


def _person_and_run(mail_id: int) -> None:
    run_ids = list(SequenceMail.objects.filter(pk=mail_id).values_list("run", flat=True))
    lock_all(Candidate, SequenceRun.objects.filter(pk__in=run_ids).values_list("candidate", flat=True))
    lock_all(SequenceRun, run_ids)
