"""An application comes in from within the house, or its applicant works for somebody else by now."""

from ats.accounts.models import User
from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.applications.models import Application
from candidates.internal import actions, cards, queries

__all__ = ["cards"]


@subscribe("application.received", "application.added", first=True)
def on_coming_in(activity: Activity) -> None:
    """Before anybody hears of it: whoever the applicant works for does not."""
    application: Application = activity.subject
    said = application.submitted or {}
    colleague = queries.works_here(application.candidate, said.get("email", ""), said.get("work_email", ""))
    if colleague is not None and colleague.manager is not None:
        actions.keep_from(application, colleague.manager, by=None, now=activity.occurred_at)
    elif colleague is not None or said.get("works_here"):
        actions.keep_until_known(application, now=activity.occurred_at)


@subscribe("user.manager_changed")
def on_another_manager(activity: Activity) -> None:
    """What is kept from the one is kept from the next as well."""
    colleague: User = activity.subject
    if colleague.manager is None:
        return
    for application in queries.in_play_of(colleague):
        actions.keep_from(application, colleague.manager, by=None, now=activity.occurred_at)


@subscribe("requisition.changed")
def on_another_lead(activity: Activity) -> None:
    if "hiring_manager" in activity.data.get("fields", ()) and activity.subject_id is not None:
        actions.keep_from_next_lead(requisition_id=activity.subject_id)
