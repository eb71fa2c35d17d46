"""A hire is recorded when somebody is hired, and ends when that is undone."""

from ats.activity.actors import AsRecorded
from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.hires import actions
from candidates.hires.models import HireState


@subscribe("application.hired")
def hired(activity: Activity) -> None:
    actions.record_hire(
        application_id=activity.application_id or 0, by=AsRecorded(activity), now=activity.occurred_at
    )


@subscribe("application.decision_undone")
def undone(activity: Activity) -> None:
    """Taken back before they were told."""
    actions.end(
        application_id=activity.application_id or 0,
        state=HireState.UNDONE,
        reason="The decision was taken back.",
        by=AsRecorded(activity),
        now=activity.occurred_at,
    )
