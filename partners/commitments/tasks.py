"""The lanes that measure what happened, and what did not happen in time, and that speak up about it."""

from datetime import datetime

from ats.duework import engine
from ats.duework.models import DueTask
from ats.duework.readiness import either, rows
from ats.duework.tasks import task_kind
from candidates.models import AnotherWay
from partners.commitments import actions
from partners.commitments.models import ToMeasure


@engine.lane(actions.LANE, due=either(rows(ToMeasure.objects.ready), rows(actions.run_out)))
def measure_commitments(now: datetime) -> int:
    return actions.measure_due(now)


@engine.lane("commitment-reminders", due=rows(actions.untold, until=lambda now: now + actions.FARTHEST))
def remind(now: datetime) -> int:
    return actions.note_near(now)


@engine.lane(
    "interview-times-reminders", due=rows(actions.untold_times, until=lambda now: now + actions.FARTHEST)
)
def remind_of_times(now: datetime) -> int:
    return actions.note_times(now)


@engine.lane(
    "unreached-reminders",
    due=rows(AnotherWay.objects.to_remind, until=lambda now: now + actions.FARTHEST),
)
def remind_of_unreached(now: datetime) -> int:
    return actions.note_unreached(now)


@engine.lane(
    "unreached-escalations", due=rows(actions.late_unreached, oldest=lambda now: now - actions.OLDEST)
)
def escalate_unreached(now: datetime) -> int:
    return actions.escalate_unreached(now)


@engine.lane("step-task-reminders", due=rows(actions.untold_tasks, until=lambda now: now + actions.FARTHEST))
def remind_of_tasks(now: datetime) -> int:
    return actions.note_tasks(now)


@engine.lane("commitment-escalations", due=rows(actions.missed, oldest=lambda now: now - actions.OLDEST))
def note_missed(now: datetime) -> int:
    return actions.note_missed(now)


@task_kind(actions.DIGEST)
def send_digest(task: DueTask, now: datetime) -> None:
    actions.send_digest(task, now)


@task_kind(actions.ESCALATE_TASK)
def escalate(task: DueTask, now: datetime) -> None:
    actions.escalate(partnership_id=task.subject_id, side=task.payload["side"], now=now)
