"""What is worth celebrating is heard from the record, and what undoes it too."""

from ats.activity.actors import AsRecorded
from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.models import HireRecord
from partners.celebrations import actions, cards

__all__ = ["cards"]  # shown once everything is loaded


@subscribe("hire.recorded")
def on_hire(activity: Activity) -> None:
    hire = HireRecord.objects.get(pk=activity.data["hire_id"])
    actions.raise_hire(hire=hire, requisition_id=activity.requisition_id or 0, now=activity.occurred_at)


@subscribe("hire.undone")
def on_undone(activity: Activity) -> None:
    keys = [f"hire:{activity.application_id}", "goal:start"]
    _take_back(activity, keys, why="the hire came to nothing")


@subscribe("requisition.ended")
def on_ended(activity: Activity) -> None:
    if activity.data["state"] == "filled":
        actions.raise_goal(requisition_id=activity.subject_id, now=activity.occurred_at)


@subscribe("praise.agreed")
def on_praise(activity: Activity) -> None:
    actions.raise_praise(praise_id=activity.data["praise_id"], now=activity.occurred_at)


@subscribe("praise.refused")
def on_praise_refused(activity: Activity) -> None:
    _take_back(activity, [f"praise:{activity.data['praise_id']}"], why="the candidate does not want it")


@subscribe("requisition.reopened")
def on_reopened(activity: Activity) -> None:
    _take_back(activity, ["goal:start"], why="the role is looked for again")


def _take_back(activity: Activity, keys: list[str], *, why: str) -> None:
    actions.take_back(
        requisition_id=activity.requisition_id,
        keys=keys,
        why=why,
        by=AsRecorded(activity),
        now=activity.occurred_at,
    )
