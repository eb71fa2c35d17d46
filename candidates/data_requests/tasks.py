"""The part of the tick for requests about data: reminders, and copies that are made."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.models import DueTask
from ats.duework.readiness import either, rows
from ats.duework.tasks import LEASE, task_kind
from candidates.data_requests import actions
from candidates.data_requests.actions import remind

DUE = either(rows(remind.corrections), rows(remind.complaints))


@lane("data-requests", due=DUE)
def remind_of_answers(now: datetime) -> int:
    return actions.remind_due(now)


@task_kind(actions.BUILD, later=True)
def make_copy(task: DueTask, now: datetime) -> None:
    """After all strangers' files that wait: they take moments, and a copy may take minutes."""
    actions.make_copy(copy_id=task.subject_id, now=now, alive=lambda: engine.renew(task, LEASE))
