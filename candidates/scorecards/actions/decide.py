"""The decision on the evidence."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from candidates.applications import workflow
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.compose import lawful
from candidates.interviews.queries import shadows
from candidates.scorecards.actions import notify
from candidates.scorecards.models import Debrief, Outcome, Scorecard, ScorecardState
from requisitions.models import Criterion, CriterionKind

DECIDE = "candidates.decide_debrief"
MAX_REASON = 10_000


def decide(*, application_id: int, outcome: str, reason: str, by: User, now: datetime) -> Debrief:
    """Decide how it goes on, with the reason; what lay before the one who decides is kept with it.

    Whoever still owes evidence of their own, or has sat in, writes it first. It moves nobody and does not tell
    the candidate: that is the next step of whoever serves them; those who took part are told. A later decision
    stands beside the earlier one.
    """
    with transaction.atomic():
        application = fetch.locked(application_id, user=by, permission=DECIDE)
        workflow.check_active(application.state)
        if outcome not in Outcome.values:
            raise Invalid(gettext("Choose how it goes on."), field="outcome")
        if not reason.strip():
            raise Invalid(gettext("Say what in the evidence decided it."), field="reason")
        lawful.check(application, {"reason": reason}, where="debrief", what="The decision on")
        cards = Scorecard.objects.filter(application=application)
        if cards.owed().filter(interviewer=by).exists():
            raise WrongState(
                gettext("Hand in your own evidence first; then you see the others', and decide.")
            )
        if shadows.has_still_to_write(by, application):
            raise WrongState(
                gettext(
                    "You sit in here: write down what you saw first; then you read the others', and decide."
                )
            )
        debrief = Debrief.objects.create(
            application=application,
            outcome=outcome,
            reason=reason.strip()[:MAX_REASON],
            decided_by=by,
            decided_at=now,
            evidence=_before_them(application),
        )
        data = {"outcome": debrief.outcome, "outcome_label": ours(debrief.get_outcome_display)().lower()}
        record("debrief.decided", subject=debrief, by=by, now=now, data=data)
        notify.tell(debrief, application, now=now)
        fetch.touched(application, now=now)
    return debrief


def _before_them(application: Application) -> dict[str, object]:
    """Which versions of whose evidence, who had not written, and which must-haves nobody had assessed."""
    cards = list(
        Scorecard.objects.filter(application=application)
        .exclude(state=ScorecardState.CANCELLED)
        .select_related("interviewer")
        .order_by("pk")
    )
    inside = [card for card in cards if card.state == ScorecardState.SUBMITTED]
    musts = Criterion.objects.filter(requisition=application.requisition_id, kind=CriterionKind.MUST)
    unassessed = musts.exclude(marks__scorecard__in=inside).order_by("position", "pk")
    return {
        "versions": {str(card.pk): card.number for card in inside},
        "never": [str(card.interviewer) for card in cards if card.state == ScorecardState.NEVER],
        "awaited": [str(card.interviewer) for card in cards if card.state == ScorecardState.DRAFT],
        "unassessed": list(unassessed.values_list("name", flat=True)),
    }
