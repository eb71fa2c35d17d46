"""Who loses their access sits in nowhere any more."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import Level, touches
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.applications.models import Application
from candidates.interviews.models import InterviewSeat
from candidates.shadowing import actions, queries
from candidates.shadowing.pages import cards

__all__ = ["cards"]  # shown once everything is loaded


@touches(Level.APPLICATION, Application)
def applications_sat_in_on(user: User) -> QuerySet[InterviewSeat, int]:
    return queries.sits_in_ahead(user).values_list("interview__application", flat=True)


@subscribe("user.deactivated")
def on_leaving(activity: Activity) -> None:
    actions.leave(user_id=activity.subject_id or 0, by=user_of(activity), now=activity.occurred_at)
