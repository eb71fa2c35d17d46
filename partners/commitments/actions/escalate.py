"""What was missed and is still open goes up the line of whoever owes it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from ats.accounts.domain import sides
from ats.accounts.models import Role, User
from ats.activity.record import record
from ats.duework.tasks import plan
from ats.kernel.access import lock
from ats.kernel.languages import ours
from partners.commitments import mails
from partners.commitments.actions.remind import GOES_ON, WHOLE
from partners.commitments.domain import timing
from partners.commitments.domain.kinds import KINDS
from partners.commitments.domain.lines_up import Above, above
from partners.commitments.models import Commitment, CommitmentState
from partners.partnerships.models import ESCALATE, Partnership

OLDEST = timedelta(days=30)
"""What was missed longer ago than that, before anybody was told of such things, is let rest."""
MOST = 500
ESCALATE_TASK = "commitments.escalate"


def note_missed(now: datetime) -> int:
    """Plan for each side of a partnership that what it missed goes up; planning it again changes nothing."""
    first: dict[tuple[int, str], int] = {}
    for row in _ready(Commitment.objects.all(), now):
        first.setdefault((row.partnership_id, row.side), row.pk)
    for (partnership_id, side), pk in first.items():
        key = f"{ESCALATE_TASK}:{partnership_id}:{side}:{pk}"
        plan(ESCALATE_TASK, subject_id=partnership_id, due_at=now, key=key, payload={"side": side})
    return 0


def _is_missed(*, now: datetime, oldest: datetime) -> Q:
    missed = Q(state=CommitmentState.MISSED, over_at__isnull=True, escalated_at__isnull=True)
    return missed & Q(until_at__gt=oldest, until_at__lt=now) & GOES_ON


def missed(*, now: datetime, oldest: datetime) -> QuerySet[Commitment]:
    """What may go up; how long after it was missed is for each organisation's calendar to say."""
    return Commitment.objects.filter(_is_missed(now=now, oldest=oldest))


def _ready(rows: QuerySet[Commitment], now: datetime) -> list[Commitment]:
    """What is missed and open, and with its own side, since as many working days as the organisation says."""
    found = rows.filter(_is_missed(now=now, oldest=now - OLDEST))
    found = found.select_related(*WHOLE, "partnership__requisition__department__head")
    return [
        row for row in found.order_by("until_at", "pk")[:MOST] if row.court == row.side and _goes_up(row, now)
    ]


def _goes_up(row: Commitment, now: datetime) -> bool:
    organisation = row.partnership.requisition.organisation
    rules = getattr(organisation, "partnership_rules", None)
    days = rules.escalate_days if rules else ESCALATE
    return timing.goes_up(organisation.calendar, row.until_at, days=days, now=now)


@transaction.atomic
def escalate(*, partnership_id: int, side: str, now: datetime) -> int:
    """All that this side has missed goes up in one message; how many commitments that were."""
    lock(Partnership, partnership_id)
    missed = _ready(Commitment.objects.filter(partnership=partnership_id, side=side), now)
    if not missed:
        return 0
    to = _above(missed[0].partnership, side)
    for row in missed:
        record("commitment.escalated", subject=row, by=None, now=now, data=_said(row, to))
    Commitment.objects.filter(pk__in=[row.pk for row in missed]).update(escalated_at=now)
    mails.send_escalation(missed, side=side, to=to, now=now)
    return len(missed)


def _above(partnership: Partnership, side: str) -> Above:
    """One query."""
    overseers = User.objects.filter(is_active=True, role__in=[Role.LEAD, Role.ADMIN]).order_by("name", "pk")
    people = sides.working_for(overseers, partnership.requisition.organisation_id)
    return above(
        partnership.requisition,
        side,
        leads=[user for user in people if user.role == Role.LEAD],
        admins=[user for user in people if user.role == Role.ADMIN],
    )


def _said(row: Commitment, to: Above) -> dict[str, object]:
    names = ", ".join(str(user) for user in to.people)
    return {
        "key": row.key,
        "kind": row.kind,
        "what": ours(str)(KINDS[row.kind].owed),
        "side": row.side,
        "to": names or "nobody: there is nobody above",
        "to_ids": [user.pk for user in to.people],
        "because": f", because {to.because}" if to.because else "",
    }
