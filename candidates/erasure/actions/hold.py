"""Legal holds: nobody of it is erased while one stands."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from candidates.compose.words import typed
from candidates.erasure.models import LegalHold
from candidates.erasure.rules import HOLD
from candidates.people.models import Candidate
from requisitions.models import Requisition

LONGEST = 300


@transaction.atomic
def hold_person(*, candidate_id: int, reason: str, by: User, now: datetime) -> LegalHold:
    """Of one person; the lock on their row makes an erasure wait, and find it."""
    candidate = get_for(Candidate.objects.without_words(), candidate_id, user=by, permission=HOLD)
    candidate = Candidate.objects.select_for_update(no_key=True).without_words().get(pk=candidate.pk)
    if candidate.anonymised_at is not None:
        raise WrongState(gettext("Their data were erased already."))
    return _place(reason, by=by, now=now, candidate=candidate)


@transaction.atomic
def hold_role(*, requisition_id: int, reason: str, by: User, now: datetime) -> LegalHold:
    """Of everybody who applied, or will apply, for one role."""
    return _place(
        reason,
        by=by,
        now=now,
        requisition=get_for(Requisition.objects.all(), requisition_id, user=by, permission=HOLD),
    )


def _place(
    reason: str,
    *,
    by: User,
    now: datetime,
    candidate: Candidate | None = None,
    requisition: Requisition | None = None,
) -> LegalHold:
    said = typed(reason)
    if not said:
        raise Invalid(gettext("Say what it is held for."), field="reason")
    if len(said) > LONGEST:
        raise Invalid(gettext("Say it in fewer words."), field="reason")
    hold, created = LegalHold.objects.get_or_create(
        candidate=candidate,
        requisition=requisition,
        lifted_at=None,
        defaults={"reason": said, "placed_by": by, "placed_at": now},
    )
    if created:
        record("candidate.hold_placed", subject=hold, by=by, now=now, data={"reason": said})
    return hold


@transaction.atomic
def lift(*, hold_id: int, by: User, now: datetime) -> None:
    """What was due meanwhile is done now."""
    if not by.has_perm(HOLD):
        raise NotAllowed(gettext("Only a recruiting lead or an administrator sets this."))
    hold = LegalHold.objects.select_for_update(no_key=True).filter(pk=hold_id).first()
    if hold is None or hold.lifted_at is not None:
        raise WrongState(gettext("This hold is lifted already."))
    hold.lifted_at, hold.lifted_by = now, by
    hold.save(update_fields=["lifted_at", "lifted_by"])
    record("candidate.hold_lifted", subject=hold, by=by, now=now, data={"reason": hold.reason})
