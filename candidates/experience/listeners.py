"""What higher slices do with a candidate and the promise policy has a rule for."""

from django.apps import apps
from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import BOTH, Held, Level, holder, touches
from ats.activity.models import Activity
from ats.activity.record import Actor, subscribe
from ats.kernel.when import counted
from candidates.experience import promises
from candidates.experience.models import UNSETTLED, Promise, PromiseState
from candidates.experience.policy import Event


class By:
    """Whoever did it, as the record of it says."""

    def __init__(self, activity: Activity) -> None:
        self._actor = Actor(kind=activity.actor_kind, id=activity.actor_id, name=activity.actor_name)

    def actor(self) -> Actor:
        return self._actor


LEADERS = {"recruiter", "hiring_manager"}


@subscribe("requisition.changed")
def led_by_others(activity: Activity) -> None:
    """Who leads a role now owes what it has promised."""
    if LEADERS & set(activity.data["fields"]):
        rows = Promise.objects.filter(application__requisition=activity.subject_id)
        promises.pass_on(rows, by=By(activity), now=activity.occurred_at)


@touches(Level.APPLICATION, apps.get_model("candidates", "Application"))
def applications_touched(user: User) -> QuerySet[Promise, int]:
    """What they owe, and all that is owed in the roles that they lead."""
    leads = Q(application__requisition__recruiter=user) | Q(application__requisition__hiring_manager=user)
    rows = Promise.objects.filter(Q(owner=user) | leads, state__in=UNSETTLED)
    return rows.values_list("application", flat=True)


@subscribe("user.deactivated", "user.role_changed")
def gone(activity: Activity) -> None:
    """Nothing is owed by somebody who cannot sign in, nor by who does not lead a role any more."""
    rows = Promise.objects.filter(owner=activity.subject_id)
    promises.pass_on(rows, by=By(activity), now=activity.occurred_at)
    if activity.verb == "user.role_changed":
        return
    # And nothing about candidates is written to them any more.
    rows.filter(state=PromiseState.BROKEN, owner_told_at=None).update(owner_told_at=activity.occurred_at)


@holder
def promises_held(user: User) -> list[Held]:
    number = Promise.objects.filter(owner=user, state__in=UNSETTLED).count()
    what = counted(number, "promise to a candidate", "promises to candidates")
    return [Held(what, goes="go to who leads the role", follows=BOTH)] if number else []


@subscribe(Event.REVIEWED)
def reviewed(activity: Activity) -> None:
    """The hiring manager's view passes the move on; that of somebody else in the team does not."""
    application = promises.found(activity.application_id or 0)
    if application is not None and activity.data["side"] == "manager":
        promises.happened(Event.REVIEWED, application=application, by=By(activity), now=activity.occurred_at)
