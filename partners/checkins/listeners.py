"""What happens to a role happens to its check-ins."""

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import BOTH, Held, Level, holder, touches
from ats.activity.actors import user_of
from ats.activity.models import Activity
from ats.activity.record import subscribe
from ats.by_mail.domain import purposes
from ats.duework.tasks import plan
from ats.kernel.staff_words import gettext, ngettext
from partners.checkins import actions
from partners.checkins.models import CheckInAction
from partners.checkins.pages import by_mail
from partners.partnerships.listeners import LEADERS
from partners.partnerships.models import Partnership

purposes.declare([by_mail.PURPOSE])
_WHOLE = ("requisition__organisation__calendar",)


@subscribe("partnership.begun", "partnership.resumed", "requisition.resumed")
def on_going_on(activity: Activity) -> None:
    if partnership := _partnership(activity):
        actions.plan(partnership=partnership, now=activity.occurred_at)


@subscribe("requisition.held", "partnership.closed")
def on_standing_still(activity: Activity) -> None:
    if partnership := _partnership(activity):
        held = activity.verb == "requisition.held"
        why = "the role is on hold" if held else activity.data["why"]
        actions.cancel_ahead(partnership=partnership, why=why, by=user_of(activity), now=activity.occurred_at)


@subscribe("requisition.changed")
def on_other_partners(activity: Activity) -> None:
    if LEADERS & set(activity.data["fields"]) and (partnership := _partnership(activity)):
        actions.invite_successor(partnership=partnership, now=activity.occurred_at)


@subscribe("offer.declined", "promise.broken")
def on_a_setback(activity: Activity) -> None:
    """Whether it is reason to meet sooner is seen once what it sets off has settled as well."""
    if activity.verb == "promise.broken" and not activity.data.get("broken_before"):
        return  # for the first time
    if partnership := _partnership(activity):
        key = f"{actions.LOOK}:{activity.pk}"
        plan(actions.LOOK, subject_id=partnership.pk, due_at=activity.occurred_at, key=key)


@touches(Level.PARTNERSHIP, Partnership)
def partnerships_touched(user: User) -> QuerySet[Partnership, int]:
    theirs = Q(requisition__recruiter=user) | Q(requisition__hiring_manager=user)
    rows = Partnership.objects.filter(theirs | Q(check_ins__actions__owner=user))
    return rows.values_list("pk", flat=True).distinct()


@subscribe("user.deactivated", "user.role_changed")
def on_somebody_gone(activity: Activity) -> None:
    """What they took on in check-ins is done by who leads their side now."""
    actions.pass_on(user_id=activity.subject_id)


@subscribe("requisition.member_removed")
def on_off_the_team(activity: Activity) -> None:
    actions.pass_on(user_id=activity.data["user_id"])


@holder
def actions_held(user: User) -> list[Held]:
    number = CheckInAction.objects.ahead().filter(owner=user).count()
    what = ngettext("%(number)s action from a check-in", "%(number)s actions from check-ins", number) % {
        "number": number
    }
    return [Held(what, goes=gettext("go to who leads their side"), follows=BOTH)] if number else []


def _partnership(activity: Activity) -> Partnership | None:
    rows = Partnership.objects.select_related(*_WHOLE)
    return rows.filter(requisition=activity.requisition_id).first()
