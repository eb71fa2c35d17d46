"""The plan's panel stands on the page of its role; and who leaves is planned with no more."""

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, holder
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.kernel.staff_words import gettext, ngettext
from requisitions.interview_plan.actions import leave
from requisitions.interview_plan.pages import cards

__all__ = ["cards"]


@holder
def plans_held(user: User) -> list[Held]:
    """Two queries."""
    pools, planned = leave.memberships(user.pk).count(), leave.planned_with(user.pk).count()
    found = []
    if planned:
        what = ngettext(
            "%(number)s planned interview that they take part in",
            "%(number)s planned interviews that they take part in",
            planned,
        )
        found.append(Held(what % {"number": planned}, goes=gettext("the plan says that somebody is missing")))
    if pools:
        what = ngettext(
            "%(number)s place in a pool of interviewers", "%(number)s places in pools of interviewers", pools
        )
        found.append(Held(what % {"number": pools}, goes=gettext("falls free")))
    return found


@subscribe("user.deactivated")
def on_leaving(activity: Activity) -> None:
    user = User.objects.filter(pk=activity.subject_id).first()
    if user is not None:
        leave.leave(user=user, by=user_of(activity), now=activity.occurred_at)
