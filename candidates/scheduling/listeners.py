"""What the end of an application, or other people in its interviews, means for what is booked and asked."""

from ats.accounts.models import User
from ats.activity.actors import user_of
from ats.activity.models import Activity, ActorKind
from ats.activity.record import subscribe
from candidates.people.models import Candidate
from candidates.scheduling.actions import ask_interviewers, change_times, plan_work, propose_times
from candidates.scheduling.models import AvailabilityRequest
from candidates.scheduling.pages import cards
from candidates.scheduling.queries import pools

__all__ = ["cards", "pools"]

WITHDREW = "The application was withdrawn."
OVER = "the application is over"


@subscribe("application.withdrawn")
def on_withdrawal(activity: Activity) -> None:
    """They know it themselves: everybody's time is free again at once."""
    by = _who(activity)
    number = activity.application_id or 0
    change_times.call_off(application_id=number, why=WITHDREW, by=by, now=activity.occurred_at)
    _end_questions(activity)


@subscribe("application.rejected", "application.hired")
def on_decision(activity: Activity) -> None:
    """A cancelled interview would tell them before we do: it waits for the letter."""
    at = activity.occurred_at
    plan_work.plan_calling_off(activity.application_id or 0, due_at=at, decided_at=at)
    _end_questions(activity)


def _end_questions(activity: Activity) -> None:
    """Nobody needs to say any more when they can."""
    ask_interviewers.end_for_application(
        activity.application_id or 0, why=OVER, by=_who(activity), now=activity.occurred_at
    )


@subscribe("requisition.changed", "requisition.member_removed", "plan.changed")
def on_other_people(activity: Activity) -> None:
    """Of the team or the plan of a role; the subject is the role."""
    if activity.verb == "requisition.changed" and "hiring_manager" not in activity.data["fields"]:
        return
    _look_again(activity, application__requisition=activity.subject_id)


@subscribe("interview.moved", "interview.cancelled", "interview.held", "interview.no_show")
def on_another_time(activity: Activity) -> None:
    """What was proposed for the time before is overtaken."""
    propose_times.overtake(activity.subject_id, now=activity.occurred_at)


@subscribe("interview.interviewer_replaced")
def on_another_interviewer(activity: Activity) -> None:
    propose_times.overtake_released(activity.subject_id, now=activity.occurred_at)


@subscribe("pool.changed")
def on_another_pool(activity: Activity) -> None:
    _look_again(activity, planned__pool=activity.subject_id)


@subscribe("user.deactivated")
def on_leaving(activity: Activity) -> None:
    _look_again(activity, interviewer=activity.subject_id)


def _look_again(activity: Activity, **whose: object) -> None:
    """Who is not to sit in an interview any more is asked for no times."""
    rows = AvailabilityRequest.objects.filter(**whose)
    ask_interviewers.end_where_lost(rows, by=user_of(activity), now=activity.occurred_at)


def _who(activity: Activity) -> User | Candidate | None:
    if user := user_of(activity):
        return user
    if activity.actor_kind == ActorKind.CANDIDATE:
        return Candidate.objects.filter(pk=activity.actor_id or 0).first()
    return None
