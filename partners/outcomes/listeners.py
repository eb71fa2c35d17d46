"""What is heard of hires: recorded, another first day, started, and come to nothing."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.models import HireRecord
from partners.outcomes import actions
from partners.outcomes.pages import cards

__all__ = ["cards"]


@subscribe("hire.recorded")
def on_hired(activity: Activity) -> None:
    actions.plan(hire_id=activity.data["hire_id"], now=activity.occurred_at)


@subscribe("hire.first_day_set")
def on_first_day(activity: Activity) -> None:
    hire = HireRecord.objects.get(pk=activity.data["hire_id"])
    actions.move(hire_id=hire.pk, starts_on=hire.starts_on, now=activity.occurred_at)


@subscribe("hire.started")
def on_started(activity: Activity) -> None:
    actions.begin(hire_id=activity.data["hire_id"], now=activity.occurred_at)


@subscribe("hire.undone")
def on_undone(activity: Activity) -> None:
    actions.take_back(hire_id=activity.data["hire_id"], now=activity.occurred_at)
