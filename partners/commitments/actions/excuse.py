"""The other side lets something pass."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, NotAllowed, WrongState
from ats.kernel.languages import ours
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from partners.commitments.actions.measure import remeasure
from partners.commitments.domain.kinds import KINDS
from partners.commitments.domain.measuring import EXCUSABLE
from partners.commitments.models import Commitment
from partners.commitments.rules import EXCUSE
from partners.partnerships.domain.wording import in_sentence
from partners.partnerships.models import Partnership
from partners.partnerships.rules import sides_of

MAX_REASON = 300


@transaction.atomic
def excuse(*, commitment_id: int, reason: str, by: User, now: datetime) -> Commitment:
    """The other side lets this one pass, with the reason: it counts neither as kept nor as missed.

    Never by the one who owes it, nor by somebody who works on both sides. It is a word on the record that measuring
    reads; nobody writes a state.
    """
    place = Commitment.objects.filter(pk=commitment_id).values_list("partnership", flat=True).first()
    lock(Partnership, place or 0)
    rows = Commitment.objects.select_related("partnership__requisition__organisation")
    commitment = get_for(
        rows, commitment_id, user=by, permission="partners.view_partnership", for_update=True
    )
    if commitment.side in sides_of(by, commitment.partnership.requisition):
        raise NotAllowed(gettext("Only the other side can excuse this."))
    if not by.has_perm(EXCUSE, commitment):
        raise NotAllowed(gettext("Only the other partner can excuse this."))
    if commitment.state not in EXCUSABLE:
        raise WrongState(
            gettext("There is nothing to excuse: this is %(state)s.")
            % {"state": in_sentence(commitment.get_state_display())}
        )
    reason = " ".join(reason.split())[:MAX_REASON]
    if not reason:
        raise Invalid(gettext("Say in a few words why."), field="reason")
    about = commitment.about()
    what = f"The excuse for “{ours(str)(KINDS[commitment.kind].owed)}”"
    lawful.check({"reason": reason}, place=Place(name=f"excuse:{commitment.pk}", what=what, about=about))
    _record(commitment, reason=reason, by=by, now=now)
    remeasure(partnership=commitment.partnership, now=now)
    commitment.refresh_from_db()
    return commitment


def _record(commitment: Commitment, *, reason: str, by: User, now: datetime) -> None:
    data = {
        "key": commitment.key,
        "kind": commitment.kind,
        "what": ours(str)(KINDS[commitment.kind].owed),
        "side": commitment.side,
        "reason": reason,
    }
    record("commitment.excused", subject=commitment, by=by, now=now, data=data)
