"""Who stands above both sides resolves a contradiction, or accepts it knowingly; by name, with the reason."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import lawful
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.languages import ours
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from partners.alignment import mails, workflow
from partners.alignment.actions import fetch
from partners.alignment.actions.look import due_at, told
from partners.alignment.domain.contradictions import RULES
from partners.alignment.models import Contradiction, ContradictionState
from partners.alignment.queries.figures import find
from partners.alignment.rules import DECIDE

LONGEST = 1000
WAYS = (ContradictionState.RESOLVED, ContradictionState.ACCEPTED)


@transaction.atomic
def decide(
    *, contradiction_id: int, how: str, reason: str, key: str, by: User, now: datetime
) -> Contradiction:
    """Decide about what was read, known by its `key`; what says something else meanwhile is read first (Conflict).

    What is resolved is looked at again after as many working days as a decision takes: where the figures still
    contradict each other, it is raised anew. What is accepted is not, while it stays as it is.
    """
    row = fetch.contradiction(contradiction_id, by, DECIDE)
    state, reason = _checked(how, reason)
    workflow.check(row.state, state)
    _check_is_what_was_read(row, key, now=now)
    place = Place(name=f"contradiction:{row.pk}", what=ours(str)(RULES[row.rule].title), about=row.about())
    lawful.check({"reason": reason}, place=place)
    row.state, row.reason, row.settled_by, row.settled_at = state, reason, by, now
    row.remind_at = None
    row.again_at = due_at(row.partnership, now) if state == ContradictionState.RESOLVED else None
    row.save(update_fields=["state", "reason", "settled_by", "settled_at", "remind_at", "again_at"])
    record(f"contradiction.{state}", subject=row, by=by, now=now, data=told(row) | {"body": reason})
    mails.take_back_raised([row], now=now)
    mails.decided(row, now=now)
    return row


def _check_is_what_was_read(row: Contradiction, key: str, *, now: datetime) -> None:
    """Not what the row says alone: what the figures say at this moment."""
    finding = find([row.partnership_id], now=now)[row.partnership_id].get(row.rule)
    if finding is None:
        raise Conflict(
            gettext("The figures contradict each other no longer: there is nothing left to decide.")
        )
    if finding.key != key:
        raise Conflict(
            gettext("It says something else than what you read. Now: %(said)s") % {"said": finding.said}
        )


def _checked(how: str, reason: str) -> tuple[ContradictionState, str]:
    reason = reason.strip()
    if how not in WAYS:
        raise Invalid(gettext("Choose whether it is resolved or accepted."), field="how")
    if not reason:
        raise Invalid(gettext("Say why, or what will be different."), field="reason")
    if len(reason) > LONGEST:
        raise Invalid(gettext("Keep it under %(LONGEST)s characters.") % {"LONGEST": LONGEST}, field="reason")
    return ContradictionState(how), reason
