"""What the clock does on the way to a first day."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.hires import actions


@task_kind(actions.CHECK)
def check(task: DueTask, now: datetime) -> None:
    actions.check_ready(task.subject_id, now)


@task_kind(actions.AGREE)
def agree(task: DueTask, now: datetime) -> None:
    actions.remind_of_day(task.subject_id, now)


@task_kind(actions.FIRST_DAY)
def first_day(task: DueTask, now: datetime) -> None:
    actions.start(task.subject_id, now)
