"""The mail about candidates who were moved before the manager one after the other."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.reviews import slates
from candidates.reviews.models import Slate


@task_kind(slates.MAIL_TASK)
def write_slate_mail(task: DueTask, now: datetime) -> None:
    slate = Slate.objects.select_related("requisition__organisation").filter(pk=task.subject_id).first()
    if slate is not None:
        slates.write_mail(slate, now=now)
