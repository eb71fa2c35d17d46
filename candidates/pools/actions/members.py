"""Putting people into a pool, and taking them out."""

from datetime import date, datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.people.actions.change import check_known
from candidates.people.models import Candidate
from candidates.pools.actions.hold import CHANGE, ends_at, held, leave, open_pool, reason
from candidates.pools.actions.touches import due
from candidates.pools.models import Left, TalentMember


@transaction.atomic
def add(
    *, pool_id: int, candidate_id: int, why: str, by: User, now: datetime, touch_on: date | None = None
) -> TalentMember:
    """They are kept for this from now on; without the consent that it needs, for its days of grace."""
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=by, permission=CHANGE, for_update=True)
    pool = open_pool(pool_id, by=by)
    check_known(candidate)
    if TalentMember.objects.inside().filter(pool=pool, candidate=candidate).exists():
        raise WrongState(gettext("They are in this pool already."))
    member = TalentMember(
        pool=pool,
        candidate=candidate,
        added_by=by,
        added_at=now,
        why=reason(why, candidate.pk),
        ends_at=ends_at(pool, candidate.pk, now),
    )
    if touch_on is not None:
        member.touch_at, member.touch_by = due(pool, touch_on, now), by
    member.save()
    record(
        "talent.joined", subject=member, by=by, now=now, data={"pool": pool.name, "why": member.why or "-"}
    )
    return member


@transaction.atomic
def remove(*, member_id: int, why: str, by: User, now: datetime) -> TalentMember:
    """They are kept for this no longer; a reason may be said."""
    member = held(member_id, by=by)
    leave(member, Left.BY_HAND, why=reason(why, member.candidate_id), by=by, now=now)
    return member
