"""The lanes that measure what happened, and what did not happen in time, and that speak up about it."""

from datetime import datetime

from ats.duework import engine
from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from partners.commitments import actions


@engine.lane(actions.LANE)
def measure_commitments(now: datetime) -> int:
    return actions.measure_due(now)


@engine.lane("commitment-reminders")
def remind(now: datetime) -> int:
    return actions.note_near(now)


@engine.lane("commitment-escalations")
def note_missed(now: datetime) -> int:
    return actions.note_missed(now)


@task_kind(actions.DIGEST)
def send_digest(task: DueTask, now: datetime) -> None:
    actions.send_digest(task, now)


@task_kind(actions.ESCALATE_TASK)
def escalate(task: DueTask, now: datetime) -> None:
    actions.escalate(partnership_id=task.subject_id, side=task.payload["side"], now=now)
