"""Feedback's part of the tick: what a person sent leaves once the decision is known; leads hear what is late."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.models import DueTask
from ats.duework.readiness import rows
from ats.duework.tasks import task_kind
from candidates.feedback import actions
from candidates.feedback.models import FeedbackRequest


@lane("feedback-requests", due=rows(FeedbackRequest.objects.late))
def tell_leads(now: datetime) -> int:
    return actions.tell_leads(now)


@task_kind(actions.LEAVES)
def leave(task: DueTask, now: datetime) -> None:
    actions.leave(task.subject_id, now=now)
