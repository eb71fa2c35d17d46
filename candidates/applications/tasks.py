"""What is found by words, once a role became confidential or is it no more."""

from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.applications.listeners import FIND_ANEW
from candidates.applications.models import Application
from candidates.people.actions import index

AT_ONCE = 200


@task_kind(FIND_ANEW)
def find_anew(task: DueTask, now: datetime) -> None:
    """Take up again the words of everybody who is or was in this role."""
    rows = Application.objects.filter(requisition=task.subject_id).order_by("candidate")
    people = list(rows.values_list("candidate", flat=True).distinct())
    for start in range(0, len(people), AT_ONCE):
        index.refresh(people[start : start + AT_ONCE])
