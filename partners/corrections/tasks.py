"""What comes due: the day to look again, and reminders of what is to be changed."""

from datetime import datetime

from ats.duework import engine
from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from partners.corrections import actions


@task_kind(actions.LOOK_AGAIN)
def look_again(task: DueTask, now: datetime) -> None:
    actions.look_again(correction_id=task.subject_id, now=now)


@engine.lane("correction-steps", due=actions.STEPS.due())
def remind(now: datetime) -> int:
    return actions.note_near(now)
