"""Saying which must-have an outcome of the role rests on."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.staff_words import gettext
from partners.alignment.actions.fetch import hold
from partners.alignment.actions.look import hurry
from partners.alignment.domain import words
from partners.alignment.models import ServedOutcome
from partners.alignment.rules import SERVE
from partners.intake.queries import brief_of
from partners.partnerships.models import Partnership, PartnershipState
from requisitions.models import CriterionKind


@transaction.atomic
def serve(*, partnership_id: int, outcome: str, criterion_id: int, by: User, now: datetime) -> ServedOutcome:
    """A partner says that this must-have serves this outcome, which the brief says as it is here."""
    get_for(Partnership.objects.all(), partnership_id, user=by, permission=SERVE)
    partnership = hold(partnership_id)
    if partnership is None:
        raise Missing(gettext("There is no such partnership."))
    if partnership.state != PartnershipState.ACTIVE:
        raise WrongState(gettext("This role has ended: its brief stays as it is."))
    role, brief = partnership.requisition, brief_of(partnership)
    said = [line[:500] for text in (role.outcomes, brief.outcomes_12_months) for line in words.lines(text)]
    if outcome not in said:
        raise Invalid(gettext("The brief does not say this outcome any more."), field="outcome")
    must = role.criteria.filter(pk=criterion_id, kind=CriterionKind.MUST).first()
    if must is None:
        raise Invalid(gettext("Choose one of the must-haves."), field="criterion")
    row, _ = ServedOutcome.objects.update_or_create(
        partnership=partnership, outcome=outcome, defaults={"criterion": must, "said_by": by}
    )
    data = {"outcome": outcome, "must_have": must.name}
    record("outcome.served", subject=row, by=by, now=now, data=data)
    hurry(now=now, partnership=partnership)
    return row
