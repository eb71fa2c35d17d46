"""Fetching and holding what pools are made of, and how somebody leaves one."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.kernel import lawful
from ats.kernel.access import get_for, lock
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.languages import recorded
from ats.kernel.lawful import Place
from ats.kernel.staff_words import gettext
from candidates.consents.models import Consent
from candidates.people.domain.keys import one_line
from candidates.people.models import Candidate
from candidates.pools.models import LONGEST_WHY, Left, TalentMember, TalentPool
from candidates.pools.rules import KEEP

CHANGE = "candidates.change_candidate"


def open_pool(pool_id: int, *, by: User) -> TalentPool:
    """One that `by` may keep, as it is; not held, so that many can be put into it at once."""
    pool = get_for(
        TalentPool.objects.select_related("organisation__calendar"), pool_id, user=by, permission=KEEP
    )
    if pool.closed_at is not None:
        raise WrongState(gettext("This pool is closed."))
    return pool


def ends_at(pool: TalentPool, candidate_id: int, now: datetime) -> datetime | None:
    """Until when they may stay: as long as they agreed to, else for the days of grace; None where nothing is needed."""
    if not pool.needs:
        return None
    valid = Consent.objects.valid(now).filter(candidate=candidate_id, purpose=pool.needs)
    until = valid.order_by("-until").values_list("until", flat=True).first()
    return until or now + timedelta(days=pool.grace_days)


def leave(member: TalentMember, left: Left, *, why: str = "", by: CanAct | None, now: datetime) -> None:
    """`member` is held. Whatever was to come for them in this pool comes no more."""
    member.left_at, member.left = now, left
    member.touch_at, member.touch_by = None, None
    member.attempts, member.retry_at, member.last_error = 0, None, ""
    member.save()
    said = {"pool": member.pool.name, "why": why or recorded(left.label).lower()}
    record("talent.left", subject=member, by=by, now=now, data=said)


def held(member_id: int, *, by: User) -> TalentMember:
    """Somebody who is in a pool, with it; their person is held first (docs/adr/0025-one-lock-order.md)."""
    candidate_id = seen(by).filter(pk=member_id).values_list("candidate_id", flat=True).first()
    if candidate_id is None:
        raise Missing(gettext("There is no such thing."))
    get_for(Candidate.objects.without_words(), candidate_id, user=by, permission=CHANGE, for_update=True)
    lock(TalentMember, member_id)
    rows = TalentMember.objects.select_related("pool__organisation__calendar", "candidate")
    member = rows.get(pk=member_id)
    if member.left_at is not None:
        raise WrongState(gettext("They are in this pool no longer."))
    return member


def seen(user: User) -> QuerySet[TalentMember]:
    """Who is or was in a pool, as far as `user` sees both."""
    rows = TalentMember.objects.filter(pool__in=TalentPool.objects.visible_to(user))
    return rows.filter(candidate__in=Candidate.objects.visible_to(user))


def reason(why: str, candidate_id: int) -> str:
    """As it is kept: of a fair length, and on no unlawful ground."""
    why = one_line(why)
    if len(why) > LONGEST_WHY:
        raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": LONGEST_WHY}, field="why")
    if why:
        place = Place(
            name=f"candidate:{candidate_id}:pool",
            what="Why they are kept",
            about={"candidate_id": candidate_id},
        )
        lawful.check({"why": why}, place=place)
    return why
