"""Looking up, apart from the request, who forgot a password."""

from datetime import datetime

from ats.accounts.actions.reset import SEND_RESET, send_reset
from ats.duework.models import DueTask
from ats.duework.tasks import task_kind


@task_kind(SEND_RESET)
def send_to_whom_it_concerns(task: DueTask, now: datetime) -> None:
    send_reset(email=task.payload["email"], now=now)
