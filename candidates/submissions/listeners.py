"""An application at a client begins, or comes to a hire; the role's team is another one."""

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.applications.models import Application
from candidates.submissions import actions
from candidates.submissions.models import Submission
from candidates.submissions.pages import cards
from candidates.submissions.queries import check_put_forward

__all__ = ["cards"]


@subscribe("application.received", "application.added", first=True)
def on_coming_in(activity: Activity) -> None:
    """Before anybody hears of it: the client's people hear of nobody who has not said yes."""
    application: Application = activity.subject
    applied = activity.verb == "application.received"
    actions.begin(application, by=activity.by, applied=applied, now=activity.occurred_at)


@subscribe("application.hired")
def on_a_hire(activity: Activity) -> None:
    """Nobody is hired by a client to whom they are not put forward: raised here, it undoes the hire."""
    check_put_forward(activity.subject)


@subscribe("requisition.member_added", "requisition.stand_in_begun", "requisition.changed")
def on_another_team(activity: Activity) -> None:
    fields = activity.data.get("fields", ())
    if activity.requisition_id is not None and (
        activity.verb != "requisition.changed" or "hiring_manager" in fields
    ):
        actions.follow_team(activity.requisition_id)


@subscribe("user.role_changed")
def on_another_part(activity: Activity) -> None:
    user: User = activity.subject
    actions.follow_person(user)


@subscribe("application.stand_in_chosen")
def on_stand_in(activity: Activity) -> None:
    application: Application = activity.subject
    if (
        Submission.objects.held().filter(application=application).exists()
        and (stand_in := activity.data.get("stand_in_id")) is not None
    ):
        actions.follow_stand_in(application, int(stand_in))
