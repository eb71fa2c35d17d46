"""What the end of an application means for what is booked with its candidate."""

from ats.accounts.models import User
from ats.activity.actors import user_of
from ats.activity.models import Activity, ActorKind
from ats.activity.record import subscribe
from candidates.people.models import Candidate
from candidates.scheduling.actions import change_times, plan_work
from candidates.scheduling.pages import cards
from candidates.scheduling.queries import pools

__all__ = ["cards", "pools"]

WITHDREW = "The application was withdrawn."


@subscribe("application.withdrawn")
def on_withdrawal(activity: Activity) -> None:
    """They know it themselves: everybody's time is free again at once."""
    by = _who(activity)
    number = activity.application_id or 0
    change_times.call_off(application_id=number, why=WITHDREW, by=by, now=activity.occurred_at)


@subscribe("application.rejected", "application.hired")
def on_decision(activity: Activity) -> None:
    """A cancelled interview would tell them before we do: it waits for the letter."""
    at = activity.occurred_at
    plan_work.plan_calling_off(activity.application_id or 0, due_at=at, decided_at=at)


def _who(activity: Activity) -> User | Candidate | None:
    if user := user_of(activity):
        return user
    if activity.actor_kind == ActorKind.CANDIDATE:
        return Candidate.objects.filter(pk=activity.actor_id or 0).first()
    return None
