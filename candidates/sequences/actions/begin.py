"""Beginning to write to somebody, once all that could be wrong was looked at."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.duework.tasks import hurry
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext
from candidates.compose.quiet_hours import zone_of
from candidates.people.models import Candidate
from candidates.pools.models import TalentMember, TalentPool
from candidates.pools.rules import KEEP
from candidates.sequences.domain.timing import after
from candidates.sequences.models import Sequence, SequenceMail, SequenceRun
from candidates.sequences.queries.obstacles import obstacles
from candidates.sequences.rules import SEND

LANE = "sequences"
CHANGE = "candidates.change_candidate"


@transaction.atomic
def begin(
    *, sequence_id: int, candidate_id: int, by: User, now: datetime, pool_id: int | None = None
) -> SequenceRun:
    """The first mail goes when its reader is awake, the others after their days, in the name of `by`.

    `pool_id`: for this pool; where they leave it, nothing more is sent.
    """
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=by, permission=CHANGE, for_update=True)
    every = Sequence.objects.select_related("organisation__calendar").prefetch_related("steps")
    sequence = get_for(every, sequence_id, user=by, permission=SEND)
    if sequence.closed_at is not None:
        raise WrongState(gettext("This sequence is closed."))
    if why := obstacles(sequence, [candidate], by=str(by), now=now).get(candidate.pk):
        raise WrongState(retold(why))
    run = SequenceRun.objects.create(
        sequence=sequence, candidate=candidate, pool=_pool(pool_id, candidate, by), owner=by, began_at=now
    )
    calendar = sequence.organisation.calendar
    zone, due = zone_of(candidate, calendar, ""), now
    planned = []
    for step in sequence.steps.all():
        due = after(due, step.wait_days, calendar=calendar, zone=zone)
        planned.append(
            SequenceMail(
                run=run,
                position=step.position,
                wait_days=step.wait_days,
                subject=step.subject,
                body=step.body,
                due_at=due,
            )
        )
    SequenceMail.objects.bulk_create(planned)
    record("sequence.begun", subject=run, by=by, now=now, data={"sequence": sequence.name})
    if planned[0].due_at <= now:
        hurry(LANE)
    return run


def _pool(pool_id: int | None, candidate: Candidate, by: User) -> TalentPool | None:
    if pool_id is None:
        return None
    pool = get_for(TalentPool.objects.all(), pool_id, user=by, permission=KEEP)
    if not TalentMember.objects.inside().filter(pool=pool, candidate=candidate).exists():
        raise Invalid(gettext("They are in this pool no longer."), field="pool")
    return pool
