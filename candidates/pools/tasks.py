"""The part of the tick for pools: who has not agreed by their day leaves."""

from datetime import datetime

from ats.duework import engine
from ats.duework.engine import lane
from ats.duework.readiness import rows
from ats.kernel.access import lock_all
from candidates.people.models import Candidate
from candidates.pools import actions
from candidates.pools.models import TalentMember

LANE = "pools"


@lane(LANE, due=rows(TalentMember.objects.run_out))
def work(now: datetime) -> int:
    return engine.under_lock(
        TalentMember.objects.run_out(now).order_by("ends_at", "pk"), actions.run_out, now=now, first=_person
    )


def _person(member_id: int) -> None:
    lock_all(Candidate, TalentMember.objects.filter(pk=member_id).values_list("candidate", flat=True))
