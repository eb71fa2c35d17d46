"""What the end of an application means for what is booked with its candidate."""

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, holder
from ats.activity.models import Activity, ActorKind
from ats.activity.record import subscribe
from ats.kernel.when import counted
from candidates.interviews import changing, due, panels
from candidates.interviews.models import InterviewSeat, InterviewState
from candidates.people.models import Candidate

__all__ = ["panels"]

WITHDREW = "The application was withdrawn."


@subscribe("application.withdrawn")
def on_withdrawal(activity: Activity) -> None:
    """They know it themselves: everybody's time is free again at once."""
    by = _who(activity)
    number = activity.application_id or 0
    changing.call_off(application_id=number, why=WITHDREW, by=by, now=activity.occurred_at)


@subscribe("application.rejected", "application.hired")
def on_decision(activity: Activity) -> None:
    """A cancelled interview would tell them before we do: it waits for the letter."""
    at = activity.occurred_at
    due.plan_calling_off(activity.application_id or 0, due_at=at, decided_at=at)


@holder
def interviews_held(user: User) -> list[Held]:
    """What they would miss; their seats count as given up at once (`pools.wanting_substitutes`)."""
    booked = InterviewSeat.objects.filter(user=user, released=False, interview__state=InterviewState.BOOKED)
    number = booked.count()
    what = counted(number, "interview to hold", "interviews to hold")
    return (
        [Held(what, goes="need somebody else; the roles' recruiters see it on their day")] if number else []
    )


def _who(activity: Activity) -> User | Candidate | None:
    if activity.actor_kind == ActorKind.USER:
        return User.objects.filter(pk=activity.actor_id or 0).first()
    if activity.actor_kind == ActorKind.CANDIDATE:
        return Candidate.objects.filter(pk=activity.actor_id or 0).first()
    return None
