"""The mail about candidates who were moved before the manager one after the other."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.reviews.actions import present
from candidates.reviews.models import Slate


@task_kind(present.MAIL_TASK)
def write_slate_mail(task: DueTask, now: datetime) -> None:
    slate = Slate.objects.select_related("requisition__organisation").filter(pk=task.subject_id).first()
    if slate is not None:
        present.write_mail(slate, now=now)
