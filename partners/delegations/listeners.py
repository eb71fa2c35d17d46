"""Who leads a role has changed, or somebody is gone: who stands in for whom follows."""

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, holder
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.kernel.staff_words import gettext, ngettext
from partners.delegations import actions
from partners.delegations.models import Delegation

LEADERS = {"recruiter", "hiring_manager"}


@holder
def delegations_held(user: User) -> list[Held]:
    number = Delegation.objects.standing().filter(delegate=user).count()
    what = ngettext(
        "%(number)s colleague to stand in for", "%(number)s colleagues to stand in for", number
    ) % {"number": number}
    return [Held(what, goes=gettext("are told to ask somebody else"))] if number else []


@subscribe("requisition.created", "requisition.changed", "requisition.reopened")
def on_other_leaders(activity: Activity) -> None:
    if activity.verb == "requisition.changed" and not LEADERS & set(activity.data["fields"]):
        return
    if Delegation.objects.filter(state="active").exists():
        actions.follow(now=activity.occurred_at)


@subscribe("user.deactivated", "user.role_changed")
def on_leaving(activity: Activity) -> None:
    """Whoever has another role in the house may not do everything any more: their colleagues choose anew."""
    actions.forget(
        user_id=activity.subject_id,
        why="Their access or their role has changed.",
        by=activity.by,
        now=activity.occurred_at,
    )
