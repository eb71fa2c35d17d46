"""What is done when an interview is over."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.interviews.actions import plan_work, remind, reply, settle

__all__ = ["remind", "reply"]


@task_kind(plan_work.END)
def end(task: DueTask, now: datetime) -> None:
    settle.mark_held(interview_id=task.subject_id, now=now)
