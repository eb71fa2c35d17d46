"""What the tick does for people."""

from datetime import datetime

from ats.duework.engine import lane
from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.people.actions import rebuild


@lane("words", last=True, due=rebuild.DUE)
def take_words_up_again(now: datetime) -> int:
    return rebuild.take_up_again(now)


@task_kind(rebuild.ONE)
def take_up_one(task: DueTask, now: datetime) -> None:
    rebuild.take_up(task.subject_id)
