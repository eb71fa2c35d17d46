"""What happens to applications brings steps of their journey, or makes them untrue: heard in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ats.activity.actors import AsRecorded
from ats.activity.models import Activity
from ats.activity.record import subscribe_to_all
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain.journeys import Step
from candidates.follow_ups.models import FollowUp
from candidates.journeys import actions, queries
from candidates.journeys.domain.house import as_ordered
from candidates.journeys.models import JourneyStep
from candidates.journeys.queries.from_us import said_by, said_with

HEARD = (
    *("application.received", "application.added", "application.moved", "application.told"),
    *("application.rejected", "application.hired", "application.withdrawn", "application.decision_undone"),
    *("interview.booked", "interview.moved", "interview.cancelled", "interview.held", "interview.no_show"),
    *("message.sent", "message.noted", "message.lost"),
    *("offer.reached", "offer.declined", "offer.expired", "offer.withdrawn", "offer.accepted"),
    *("hire.first_day_set", "hire.undone"),
)
"""Nothing among it is done by a step itself: a journey cannot set itself off."""


@subscribe_to_all(*HEARD)
def happened(activities: list[Activity]) -> None:
    planned: dict[int, Sequence[JourneyStep]] = {}
    for activity in activities:
        organisation = activity.organisation_id
        if not organisation or not activity.application_id:
            continue
        if organisation not in planned:
            planned[organisation] = queries.planned_steps(organisation)
        if steps := planned[organisation]:
            actions.follow(
                application_id=activity.application_id,
                steps=steps,
                by=AsRecorded(activity),
                now=activity.occurred_at,
            )


@follow_ups.stepping
def as_organisations_have_it(rows: Sequence[FollowUp], now: datetime) -> Mapping[int, Step]:
    return actions.as_here(rows, now)


@follow_ups.ordering
def as_ordered_here(step: Step, application: Application) -> Step:
    ordered = queries.ordered(step.name, application.requisition.organisation_id)
    return as_ordered(step, ordered, application) if ordered else step


@letters.says_of_us
def said_of_us(application: Application, step: str) -> str:
    organisation_id = application.requisition.organisation_id
    return said_with(step, said_by([organisation_id])[organisation_id], application.candidate.language)
