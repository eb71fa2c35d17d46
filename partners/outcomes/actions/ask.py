"""Asking both how it goes, and once more where one has not answered; for the tick, under the row's lock."""

from datetime import datetime

from ats.activity.record import record
from ats.organisation.domain import working_time
from partners.outcomes import mails, workflow
from partners.outcomes.actions.make_link import new_link
from partners.outcomes.models import AnswerSide, OutcomeReview, ReviewState
from partners.outcomes.queries.brief import expected_of, points_of

DAYS_BETWEEN, REMINDERS = 5, 2
"""Working days from one question to the next, and how often somebody is asked again."""


def open_review(review: OutcomeReview, now: datetime) -> None:
    """The day has come. What nobody agreed until now is asked as the brief says it."""
    workflow.check(review.state, ReviewState.OPEN)
    outcome = review.outcome
    if not outcome.expected:
        outcome.expected, outcome.points = expected_of(outcome.partnership), points_of(outcome.partnership)
        outcome.save(update_fields=["expected", "points"])
    review.state, review.remind_at = ReviewState.OPEN, _again(review, now)
    review.save(update_fields=["state", "remind_at"])
    data = {"hire_id": outcome.hire_id, "day": review.day}
    record("outcome.asked", subject=review, by=None, now=now, data=data)
    _ask(review, frozenset(), now)


def remind(review: OutcomeReview, now: datetime) -> None:
    """Whoever has not answered is asked again, and not for ever."""
    review.reminders += 1
    review.remind_at = _again(review, now) if review.reminders < REMINDERS else None
    review.save(update_fields=["reminders", "remind_at"])
    _ask(review, frozenset(review.answers.values_list("side", flat=True)), now)


def _ask(review: OutcomeReview, answered: frozenset[str], now: datetime) -> None:
    link = "" if AnswerSide.NEW_HIRE in answered else new_link(review.outcome, now=now)
    mails.ask(review, answered=answered, link=link, now=now)


def _again(review: OutcomeReview, now: datetime) -> datetime:
    calendar = review.outcome.partnership.requisition.organisation.calendar
    return working_time.after_days(calendar, now, DAYS_BETWEEN).replace(hour=10, minute=0)
