"""Planning the house's own steps, and taking them out again."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ats.activity.record import CanAct, Entry, record_many
from ats.duework.tasks import hurry
from candidates.compose import quiet_hours
from candidates.follow_ups.domain.journeys import STEPS, Hours, Step
from candidates.follow_ups.models import FollowUp, FollowUpState

if TYPE_CHECKING:
    from candidates.applications.models import Application

LANE = "follow-ups"

Ordering = Callable[[Step, "Application"], Step]
_ordering: list[Ordering] = []


def ordering(order: Ordering) -> Ordering:
    """Let the decorated function say how the organisation of an application wants a step of the house."""
    _ordering.append(order)
    return order


def schedule(
    step_name: str,
    *,
    application: "Application",
    now: datetime,
    key: str,
    due_at: datetime | None = None,
    follows: datetime | None = None,
    payload: dict[str, Any] | None = None,
    mail: Any = None,
) -> FollowUp | None:
    """Plan a step for this application, at a time at which its candidate may be written to.

    `follows`: the moment that it follows, or that lies ahead, where that is not now. None where the organisation
    has switched the step off, or has it at a time that has passed.
    """
    step = _as_ordered(STEPS[step_name], application)
    if step.off and step.off != STEPS[step_name].off:
        return None
    moment = due_at or now + step.after
    if step.delays is not None:
        moment = step.delays(follows or now, application.calendar)
        if moment < now:
            return None
    when = sendable(step, moment, application)
    follow_up = FollowUp.objects.create(
        candidate=application.candidate,
        application=application,
        step=step.name,
        due_at=when,
        payload=payload or {},
        idempotency_key=key,
        mail=mail,
    )
    if when <= now:
        hurry(LANE)
    return follow_up


def _as_ordered(step: Step, application: "Application") -> Step:
    if not step.owed:
        for order in _ordering:
            step = order(step, application)
    return step


def sendable(step: Step, moment: datetime, application: "Application") -> datetime:
    if step.hours is Hours.ANY:
        return moment
    zone = quiet_hours.zone_for(application)
    if step.hours is Hours.AWAKE:
        return quiet_hours.awake(moment, zone)
    return quiet_hours.at_work(moment, zone, application.calendar)


def cancel(
    *, application: "Application", steps: Sequence[str], reason: str, by: CanAct | None, now: datetime
) -> int:
    """Take steps that have not been taken yet out of the journey; how many there were."""
    waiting = FollowUp.objects.filter(
        application=application, step__in=steps, state=FollowUpState.WAITING
    ).select_for_update(no_key=True)
    rows = list(waiting)
    for row in rows:
        row.application = application
        cancel_one(row, reason=reason, by=by, now=now)
    return len(rows)


def cancel_one(row: FollowUp, *, reason: str, by: CanAct | None, now: datetime) -> None:
    row.state, row.reason, row.settled_at = FollowUpState.CANCELLED, reason, now
    row.save(update_fields=["state", "reason", "settled_at"])
    record_many("followup.cancelled", [entry(row, reason=reason)], by=by, now=now)


def entry(row: FollowUp, **data: Any) -> Entry:
    """What the record says of a step."""
    facts = {"follow_up_id": row.pk, "step": row.label} | data
    return Entry(row, facts, dict(application_of(row).about()))


def application_of(row: FollowUp) -> "Application":
    """The steps that there are so far all belong to an application."""
    if row.application is None:
        raise ValueError(f"The step {row.step} has no application.")
    return row.application
