"""What happens to applications brings surveys; due ones are looked at again."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from ats.activity.models import Activity
from ats.activity.record import subscribe
from candidates.applications.models import Application
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain import journeys
from candidates.follow_ups.domain.journeys import Step
from candidates.follow_ups.models import FollowUp
from candidates.surveys import actions


def _application(activity: Activity) -> Application | None:
    """The very row that the action holds, where it is about one."""
    if isinstance(activity.subject, Application):
        return activity.subject
    return Application.objects.whole().filter(pk=activity.application_id or 0).first()


@subscribe("application.told", "application.withdrawn", "application.hired")
def ended(activity: Activity) -> None:
    """They know how it ended: by our word, by their own, or by their yes to an offer."""
    application = _application(activity)
    if application is None:
        return
    if activity.verb == "application.hired" and application.told_at is None:
        return  # the welcome waits for the cool-off
    actions.ask_how_it_ended(application, now=activity.occurred_at)


@subscribe("application.not_told")
def unknown_again(activity: Activity) -> None:
    if (application := _application(activity)) is not None:
        actions.do_not_ask_yet(application, now=activity.occurred_at)


@subscribe("application.received")
def applied(activity: Activity) -> None:
    if (application := _application(activity)) is not None:
        actions.ask_on_the_way(journeys.SURVEY_APPLIED, application, now=activity.occurred_at)


@subscribe("interview.held")
def interviewed(activity: Activity) -> None:
    if (application := _application(activity)) is not None:
        actions.ask_on_the_way(journeys.SURVEY_INTERVIEWED, application, now=activity.occurred_at)


@subscribe("followup.sent")
def asked(activity: Activity) -> None:
    row = activity.subject
    if isinstance(row, FollowUp) and row.step == journeys.SURVEY and row.application is not None:
        actions.remind(row.application, now=activity.occurred_at)


@follow_ups.refining
def as_surveys_stand(
    rows: Sequence[FollowUp], steps: Mapping[int, Step], now: datetime
) -> Mapping[int, Step]:
    return actions.as_they_stand(rows, steps, now)
