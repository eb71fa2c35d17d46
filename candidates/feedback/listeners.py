"""When feedback that waits may leave, and when it is about nothing any more."""

from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.applications.models import Application
from candidates.feedback import actions
from candidates.feedback.pages import cards

__all__ = ["cards"]


def _application(activity: Activity) -> Application | None:
    """The very row that the action holds, where it is about one."""
    if isinstance(activity.subject, Application):
        return activity.subject
    return Application.objects.whole().filter(pk=activity.application_id or 0).first()


@subscribe("application.told")
def told(activity: Activity) -> None:
    if (application := _application(activity)) is not None:
        actions.plan_to_leave(application, now=activity.occurred_at)


@subscribe("application.decision_undone")
def undone(activity: Activity) -> None:
    if (application := _application(activity)) is not None:
        actions.decision_undone(application, by=activity.by, now=activity.occurred_at)
