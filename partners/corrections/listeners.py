"""What happens to a role and its people happens to its course corrections."""

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import BOTH, Held, Level, holder, touches
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.kernel.staff_words import gettext, ngettext
from partners.corrections import actions
from partners.corrections.models import CorrectionStep
from partners.corrections.queries import topics
from partners.partnerships.models import Partnership

__all__ = ["topics"]


@subscribe("partnership.closed")
def on_ended(activity: Activity) -> None:
    why, by = activity.data["why"], user_of(activity)
    actions.stop_all(partnership_id=activity.subject_id, why=why, by=by, now=activity.occurred_at)


@touches(Level.PARTNERSHIP, Partnership)
def partnerships_touched(user: User) -> QuerySet[Partnership, int]:
    rows = Partnership.objects.filter(corrections__steps__owner=user)
    return rows.values_list("pk", flat=True).distinct()


@subscribe("user.deactivated", "user.role_changed")
def on_somebody_gone(activity: Activity) -> None:
    """What they were to change is done by who leads their side now; what they did stays theirs."""
    actions.pass_on(user_id=activity.subject_id)


@subscribe("requisition.member_removed")
def on_off_the_team(activity: Activity) -> None:
    actions.pass_on(user_id=activity.data["user_id"])


@holder
def steps_held(user: User) -> list[Held]:
    number = CorrectionStep.objects.ahead().filter(owner=user).count()
    what = ngettext(
        "%(number)s change of a course correction", "%(number)s changes of course corrections", number
    ) % {"number": number}
    return [Held(what, goes=gettext("go to who leads their side"), follows=BOTH)] if number else []
