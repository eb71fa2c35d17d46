"""The daily mail, as a task for each person and day on which there is something."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from ats.notifications import actions


@task_kind(actions.DIGEST)
def send_digest(task: DueTask, now: datetime) -> None:
    actions.send_digest(task.subject_id, now=now)
