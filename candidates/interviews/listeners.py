"""What the end of an application means for what is booked with its candidate."""

from collections.abc import Collection, Iterable
from datetime import datetime

from ats.accounts.models import User
from ats.accounts.queries.succession import Held, holder
from ats.activity.models import Activity, ActorKind
from ats.activity.record import subscribe
from ats.kernel.when import counted
from candidates.compose import nights
from candidates.interviews import changing, due, panels
from candidates.interviews.models import Interview, InterviewSeat, InterviewState
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


@nights.meeting
def interviews_between(
    application_ids: Collection[int], after: datetime, before: datetime
) -> Iterable[tuple[int, datetime]]:
    """For messages that would come too late: whatever became of an interview, its reader may come."""
    rows = Interview._base_manager.filter(application__in=application_ids)
    return rows.filter(starts_at__gt=after, starts_at__lt=before).values_list("application_id", "starts_at")


def _who(activity: Activity) -> User | Candidate | None:
    if activity.actor_kind == ActorKind.USER:
        return User.objects.filter(pk=activity.actor_id or 0).first()
    if activity.actor_kind == ActorKind.CANDIDATE:
        return Candidate.objects.filter(pk=activity.actor_id or 0).first()
    return None
