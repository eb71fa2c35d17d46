"""What a move or a decision means for the questions that are open."""

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, Level, Part, holder, touches
from ats.activity.models import Activity
from ats.activity.record import subscribe, subscribe_to_all
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext, ngettext
from candidates.applications.models import Application, ApplicationState
from candidates.reviews import actions, cards
from candidates.reviews.models import Review
from requisitions.models import StageKind

__all__ = ["cards"]

ENDINGS = {
    "application.rejected": "the application was declined",
    "application.withdrawn": "the candidate withdrew",
    "application.hired": "the candidate was hired",
}


@subscribe_to_all("application.moved", "application.decision_undone")
def on_entering(activities: list[Activity]) -> None:
    """Into a stage of review: the manager is asked. Out of it: what is open is taken back."""
    if len(activities) == 1:
        _on_entering(activities[0])
        return
    asked = Review.objects.open().filter(application__in=[each.subject.pk for each in activities])
    open_ones = set(asked.values_list("application", flat=True))
    for activity in activities:
        if activity.subject.pk in open_ones or activity.subject.stage.kind == StageKind.REVIEW:
            _on_entering(activity)


def _on_entering(activity: Activity) -> None:
    application: Application = activity.subject
    if application.state != ApplicationState.ACTIVE:
        return
    if application.stage.kind == StageKind.REVIEW:
        by = _person(activity) or application.requisition.recruiter
        actions.ask_on_entering(application_id=application.pk, by=by, now=activity.occurred_at)
    else:
        why = kept(f"moved on to {application.stage}")
        actions.cancel(application_id=application.pk, why=why, by=_person(activity), now=activity.occurred_at)


@subscribe("submission.forward")
def on_being_put_forward(activity: Activity) -> None:
    """They have said yes to the client: in a stage of review, its manager is asked from now on."""
    application = Application.objects.select_related("stage", "requisition").get(
        pk=activity.application_id or 0
    )
    if application.state == ApplicationState.ACTIVE and application.stage.kind == StageKind.REVIEW:
        by = _person(activity) or application.requisition.recruiter
        actions.ask_on_entering(application_id=application.pk, by=by, now=activity.occurred_at)


@subscribe("application.kept_from_manager")
def on_kept(activity: Activity) -> None:
    """What was asked of the one for whom they work is taken back."""
    actions.cancel_of(
        application_id=activity.application_id or 0,
        reviewer_id=activity.data["manager_id"],
        why="somebody else looks at it",
        by=_person(activity),
        now=activity.occurred_at,
    )


@subscribe("application.stand_in_chosen")
def on_stand_in(activity: Activity) -> None:
    """In a stage of review, the view is asked of who stands in."""
    application: Application = activity.subject
    if application.state == ApplicationState.ACTIVE and application.stage.kind == StageKind.REVIEW:
        by = _person(activity) or application.requisition.recruiter
        actions.ask_on_entering(application_id=application.pk, by=by, now=activity.occurred_at)


@subscribe(*ENDINGS)
def on_ending(activity: Activity) -> None:
    actions.cancel(
        application_id=activity.application_id or 0,
        why=ENDINGS[activity.verb],
        by=_person(activity),
        now=activity.occurred_at,
    )


@subscribe("requisition.changed", "requisition.member_removed")
def on_other_people(activity: Activity) -> None:
    if activity.verb == "requisition.changed" and "hiring_manager" not in activity.data["fields"]:
        return
    actions.hand_over(requisition_id=activity.subject_id, by=_person(activity), now=activity.occurred_at)


@touches(Level.APPLICATION, Application)
def applications_viewed(user: User) -> QuerySet[Review, int]:
    leads = Q(application__requisition__recruiter=user) | Q(application__requisition__hiring_manager=user)
    return Review.objects.open().filter(Q(reviewer=user) | leads).values_list("application", flat=True)


@holder
def views_held(user: User) -> list[Held]:
    number = Review.objects.open().filter(reviewer=user).count()
    said = ngettext("%(number)s view on a candidate", "%(number)s views on candidates", number)
    what = said % {"number": number}
    return [Held(what, goes=gettext("go to the hiring manager"), follows=(Part.MANAGER,))] if number else []


def _person(activity: Activity) -> User | None:
    return activity.by if isinstance(activity.by, User) else None
