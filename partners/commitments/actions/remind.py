"""Whoever owes something is reminded before it is due: all of it in one message, at most one a day."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from ats.accounts.models import User
from ats.duework.faults import apart
from ats.duework.models import DueTask
from ats.duework.tasks import plan
from ats.organisation.models import HiringOrganisation, WorkingCalendar
from partners.commitments import mails
from partners.commitments.domain import timing
from partners.commitments.domain.asked import Asked
from partners.commitments.domain.kinds import HIRE, KINDS
from partners.commitments.models import Commitment, CommitmentState, Digest
from partners.delegations.queries import acting_for
from partners.partnerships.models import NUDGE, Partnership, PartnershipState, PartnerSide

DIGEST = "commitments.digest"
BATCH = 500
FARTHEST = timedelta(days=14)
"""So far ahead lies at most what somebody is reminded of: the most working hours of the settings, and days off."""
WHOLE = (
    "partnership__requisition__organisation__calendar",
    "partnership__requisition__organisation__partnership_rules",
    "partnership__requisition__recruiter",
    "partnership__requisition__hiring_manager",
)
AFTER = [code for code, kind in KINDS.items() if kind.theme == HIRE]
"""What is owed when the role has long ended."""
GOES_ON = Q(partnership__state=PartnershipState.ACTIVE) | Q(kind__in=AFTER)
REMINDED = [code for code, kind in KINDS.items() if kind.reminds]


N = TypeVar("N", bound=Model)
"""Rows with a field `nudged_at`."""
Others = Callable[[Collection[int], datetime], list[Asked]]
_others: list[Others] = []


def also(found: Others) -> Others:
    """Let the decorated function say what else these people, by number, owe near or past this moment."""
    _others.append(found)
    return found


def untold(*, now: datetime, until: datetime) -> QuerySet[Commitment]:
    """What may come due soon; how soon is for each organisation's calendar to say."""
    return Commitment.objects.filter(
        state=CommitmentState.DUE,
        kind__in=REMINDED,
        nudged_at__isnull=True,
        started_at__lte=now,
        due_at__gt=now,
        due_at__lte=until,
    )


def note_near(now: datetime) -> int:
    """One batch of what comes due soon: its owner's next digest is planned; how many there were."""
    ahead = untold(now=now, until=now + FARTHEST)
    first = ahead.select_related(*WHOLE).order_by("due_at", "pk")[:BATCH]
    by_owner: dict[User, list[Commitment]] = defaultdict(list)
    for row in first:
        owner = owner_of(row)
        if owner is not None and _is_near(row, now):
            by_owner[owner].append(row)
    return in_digests(by_owner, lambda row: row.partnership.requisition.organisation.calendar, now)


def in_digests(
    by_owner: Mapping[User, Sequence[N]], calendar_of: Callable[[N], WorkingCalendar], now: datetime
) -> int:
    """Plan the next digest of each of these people, or of who stands in, and note it on their rows; how many.

    Where that fails for one of them it holds up nobody else.
    """
    stand_ins = acting_for() if by_owner else {}
    return sum(
        apart(
            f"What comes due for {owner.pk}",
            partial(_note, rows, stand_ins.get(owner.pk, owner), calendar_of(rows[0]), now),
        )
        for owner, rows in by_owner.items()
    )


def _note(rows: Sequence[Model], reader: User, calendar: WorkingCalendar, now: datetime) -> int:
    plan_digest(reader, calendar, now)
    untold = type(rows[0])._base_manager.filter(pk__in=[row.pk for row in rows], nudged_at__isnull=True)
    return untold.update(nudged_at=now)


def _is_near(row: Commitment, now: datetime) -> bool:
    organisation = row.partnership.requisition.organisation
    return row.court == row.side and near(organisation, row.due_at, now=now)


def near(organisation: HiringOrganisation, due_at: datetime, *, now: datetime) -> bool:
    """Whether it is time to remind of what is due then, as the organisation says."""
    rules = getattr(organisation, "partnership_rules", None)
    hours = rules.nudge_hours if rules else NUDGE
    return timing.is_near(organisation.calendar, due_at, hours=hours, now=now)


def owner_of(row: Commitment) -> User | None:
    """Who leads the side that owes it."""
    return leads(row.partnership, row.side)


def leads(partnership: Partnership, side: str) -> User | None:
    role = partnership.requisition
    return role.recruiter if side == PartnerSide.RECRUITER else role.hiring_manager


def plan_digest(reader: User, calendar: WorkingCalendar, now: datetime) -> None:
    """At the next hour at which they are written to, on a day on which they have not been."""
    last = Digest.objects.filter(user=reader).order_by("-sent_at").values_list("sent_at", flat=True).first()
    due_at = timing.next_hour(calendar, now, zone=reader.zone, after=last)
    plan(DIGEST, subject_id=reader.pk, due_at=due_at, key=f"{DIGEST}:{reader.pk}:{due_at.isoformat()}")


def send_digest(task: DueTask, now: datetime) -> None:
    """What this person, and whoever they stand in for, owes by now; nothing where all of it is done."""
    reader = User.objects.filter(pk=task.subject_id, is_active=True).first()
    if reader is None:
        return
    day = now.astimezone(reader.zone).date()
    if Digest.objects.filter(user=reader, day=day).exists():
        return
    people = _stands_for(reader)
    owed = [row for row in _owed_by(people, now) if _is_near(row, now) or row.state == CommitmentState.MISSED]
    others = [asked for found in _others for asked in found(people, now)]
    if not owed and not others:
        return
    digest, created = Digest.objects.get_or_create(user=reader, day=day, defaults={"sent_at": now})
    if created:
        mails.send_digest(digest, owed, owner_of, others=others, now=now)


def _stands_for(reader: User) -> set[int]:
    """Whose part comes to this reader: their own, and of those who are away; nobody's while they are away."""
    stand_ins = acting_for()
    people = {owner for owner, who in stand_ins.items() if who.pk == reader.pk}
    return people | ({reader.pk} - set(stand_ins))


def _owed_by(people: Collection[int], now: datetime) -> list[Commitment]:
    """Open, begun, and with their own side."""
    led = Q(partnership__requisition__recruiter__in=people) | Q(
        partnership__requisition__hiring_manager__in=people
    )
    rows = Commitment.objects.owed(now).filter(
        led, kind__in=REMINDED, partnership__state=PartnershipState.ACTIVE
    )
    found = rows.select_related(*WHOLE).order_by("due_at", "pk")
    return [row for row in found if row.court == row.side and (owner := owner_of(row)) and owner.pk in people]
