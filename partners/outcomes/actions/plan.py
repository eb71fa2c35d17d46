"""The reviews of a hire are planned from the first day, move with it, and are taken back with the hire."""

from datetime import date, datetime

from django.db import transaction

from ats.mail import outbox
from candidates.models import HireRecord
from partners.outcomes import mails, workflow
from partners.outcomes.actions.fetch import held
from partners.outcomes.domain.answers import opens_at
from partners.outcomes.models import (
    FIRST_LOOK,
    TALK,
    HireOutcome,
    HireOutcomeState,
    OutcomeLink,
    OutcomeReview,
    ReviewState,
)
from partners.partnerships.models import Partnership

DAYS = (TALK, FIRST_LOOK, 180)


@transaction.atomic
def plan(*, hire_id: int, now: datetime) -> HireOutcome | None:
    """Somebody is hired: what came of it is asked after so many days; not where the role has no partners."""
    hire = HireRecord.objects.select_related("application__requisition__organisation__calendar").get(
        pk=hire_id
    )
    role = hire.application.requisition
    partnership = Partnership.objects.filter(requisition=role).first()
    if partnership is None:
        return None
    outcome, _ = HireOutcome.objects.get_or_create(
        hire=hire, defaults={"partnership": partnership, "starts_on": hire.starts_on}
    )
    OutcomeReview.objects.bulk_create(
        [
            OutcomeReview(
                outcome=outcome,
                day=day,
                opens_at=opens_at(role.organisation.calendar, hire.starts_on, day),
            )
            for day in DAYS
        ],
        ignore_conflicts=True,
    )
    return outcome


@transaction.atomic
def move(*, hire_id: int, starts_on: date | None, now: datetime) -> None:
    """Another first day: what is still to be asked moves along."""
    outcome = held(hire_id)
    if outcome is None or outcome.state == HireOutcomeState.TAKEN_BACK:
        return
    outcome.starts_on = starts_on
    outcome.save(update_fields=["starts_on"])
    calendar = outcome.partnership.requisition.organisation.calendar
    for review in outcome.reviews.filter(state=ReviewState.PLANNED):
        review.opens_at = opens_at(calendar, starts_on, review.day)
        review.save(update_fields=["opens_at"])


@transaction.atomic
def begin(*, hire_id: int, now: datetime) -> None:
    """The first day has come: the manager is asked to agree with them what is expected."""
    outcome = held(hire_id)
    if outcome is None or outcome.state != HireOutcomeState.AHEAD:
        return
    outcome.state = HireOutcomeState.RUNNING
    outcome.save(update_fields=["state"])
    mails.ask_to_agree(outcome, now=now)


@transaction.atomic
def take_back(*, hire_id: int, now: datetime) -> None:
    """The hire came to nothing: nobody is asked about it any more, and the new hire's links end."""
    outcome = held(hire_id)
    if outcome is None:
        return
    outcome.state = HireOutcomeState.TAKEN_BACK
    outcome.save(update_fields=["state"])
    for review in outcome.reviews.filter(state__in=[ReviewState.PLANNED, ReviewState.OPEN]):
        workflow.check(review.state, ReviewState.TAKEN_BACK)
        review.state, review.remind_at = ReviewState.TAKEN_BACK, None
        review.save(update_fields=["state", "remind_at"])
    OutcomeLink.objects.filter(outcome=outcome).delete()
    outbox.cancel(roles_=mails.ROLES, now=now, application_id=outcome.hire.application_id)
