"""Somebody who was hired, has started, and is asked how it goes."""

from datetime import date, datetime, timedelta
from typing import Any

from candidates.applications.actions import hire
from candidates.hires import actions as hires
from candidates.models import Application, HireRecord
from partners.models import HireOutcome, OutcomeReview, ReviewAnswer
from partners.outcomes import actions
from partners.outcomes.actions.make_link import new_link
from partners.outcomes.domain.answers import Said
from requisitions.models import Requisition
from tests import factories as make
from tests.candidates.helpers import run_lane
from tests.factories import NOW
from tests.partners.conftest import open_role

FIRST = date(2027, 3, 1)


def hired(role: Requisition | None = None, *, starts_on: date | None = FIRST, **facts: Any) -> HireOutcome:
    """Hired today, to start on that day."""
    role = role or open_role(
        outcomes="The load runs.\nNobody is called at night.", value_proposition="Work at home. A small team."
    )
    application: Application = make.make_application(requisition=role, stage_kind="offer", **facts)
    hire(application_id=application.pk, by=role.recruiter, now=NOW, starts_on=starts_on)
    return HireOutcome.objects.get(hire__application=application)


def started(role: Requisition | None = None, **facts: Any) -> HireOutcome:
    outcome = hired(role, **facts)
    hires.start(outcome.hire_id, morning(0))
    outcome.refresh_from_db()
    return outcome


def morning(day: int) -> datetime:
    """Ten o'clock, so many days after the first one."""
    zone = make.make_calendar().zone
    return datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), zone).replace(hour=10)


def agreed(outcome: HireOutcome, *lines: str, day: int = 1) -> HireOutcome:
    expected = [{"text": line, "by": "90 days"} for line in lines or ("The load runs.", "It is quiet.")]
    by = outcome.partnership.requisition.hiring_manager
    return actions.agree(outcome_id=outcome.pk, expected=expected, by=by, now=morning(day))


def asked(outcome: HireOutcome, day: int = 90) -> OutcomeReview:
    run_lane("outcome-reviews", morning(day + 3))
    return outcome.reviews.get(day=day)


def said(outcome: HireOutcome, *verdicts: str, again: str = "yes", **facts: Any) -> Said:
    outcome.refresh_from_db()
    verdicts = verdicts or ("yes",) * len(outcome.expected)
    return Said(
        outcomes=[(verdict, "") for verdict in verdicts],
        points=["yes"] * len(outcome.points),
        well_used=facts.pop("well_used", "yes"),
        again=again,
        **facts,
    )


def by_manager(review: OutcomeReview, given: Said, now: datetime | None = None) -> ReviewAnswer:
    by = review.outcome.partnership.requisition.hiring_manager
    now = now or morning(review.day + 3)
    return actions.answer_as_manager(review_id=review.pk, said=given, by=by, now=now)


def token_of(outcome: HireOutcome, now: datetime) -> str:
    return new_link(outcome, now=now).rstrip("/").rpartition("/")[2]


def by_new_hire(review: OutcomeReview, given: Said, now: datetime | None = None) -> ReviewAnswer:
    now = now or morning(review.day + 3)
    token = token_of(review.outcome, now)
    return actions.answer_as_new_hire(token=token, day=review.day, said=given, now=now)


def hire_of(outcome: HireOutcome) -> HireRecord:
    return HireRecord.objects.get(pk=outcome.hire_id)
