"""What the tick brings up: reviews whose day has come, and answers that are waited for."""

from datetime import datetime

from ats.duework import engine, readiness
from ats.kernel.access import lock
from partners.outcomes import actions
from partners.outcomes.actions.fetch import OF_REVIEW
from partners.outcomes.models import HireOutcome, OutcomeReview


@engine.lane(
    "outcome-reviews",
    due=readiness.either(
        readiness.rows(OutcomeReview.objects.to_open), readiness.rows(OutcomeReview.objects.to_remind)
    ),
)
def ask(now: datetime) -> int:
    rows = OutcomeReview.objects.select_related(*OF_REVIEW)
    opened = engine.under_lock(
        rows.to_open(now).order_by("opens_at", "pk"), actions.open_review, now=now, first=_hold
    )
    late = rows.to_remind(now).order_by("remind_at", "pk")
    return opened + engine.under_lock(late, actions.remind, now=now, first=_hold)


def _hold(number: int) -> None:
    lock(HireOutcome, OutcomeReview.objects.values_list("outcome", flat=True).get(pk=number))
