"""Who is known, and found by which words, once a role became confidential or is it no more."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.applications.actions import hide
from candidates.applications.listeners import FIND_ANEW


@task_kind(FIND_ANEW)
def find_anew(task: DueTask, now: datetime) -> None:
    """Take up again the words of everybody who is or was in this role, and who may know of them."""
    hide.follow_role(task.subject_id, now)
