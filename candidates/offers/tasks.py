"""What the clock does to offers: they reach their candidate, remind, and run out."""

from collections.abc import Callable
from datetime import datetime

from ats.duework.models import DueTask
from ats.duework.tasks import task_kind
from candidates.offers import actions
from candidates.offers.actions import answer, set_clocks
from candidates.offers.models import Offer


def _do(work: Callable[[Offer, datetime], None], task: DueTask, now: datetime) -> None:
    offer = Offer.objects.filter(pk=task.subject_id).first()
    if offer is not None:
        work(offer, now)


@task_kind(set_clocks.REACHED)
def reached(task: DueTask, now: datetime) -> None:
    _do(actions.reached, task, now)


@task_kind(set_clocks.REMIND)
def remind(task: DueTask, now: datetime) -> None:
    _do(answer.remind, task, now)


@task_kind(set_clocks.EXPIRE)
def expire(task: DueTask, now: datetime) -> None:
    _do(answer.expire, task, now)
