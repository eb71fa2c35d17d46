"""Making a pool, changing it, closing it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel import guards
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.staff_words import gettext
from ats.organisation.models import HiringOrganisation
from candidates.consents.models import Purpose
from candidates.people.domain.keys import one_line
from candidates.pools.actions.hold import ends_at
from candidates.pools.models import (
    LONGEST_GRACE,
    LONGEST_NAME,
    LONGEST_PURPOSE,
    SHORTEST_GRACE,
    Left,
    TalentMember,
    TalentPool,
)
from candidates.pools.rules import KEEP


@transaction.atomic
def make(
    *,
    pool_id: int | None = None,
    organisation: HiringOrganisation,
    name: str,
    purpose: str,
    owner: User,
    needs: str,
    grace_days: int,
    by: User,
    now: datetime,
) -> TalentPool:
    """A new pool, or this one as it is from now on; its organisation stays."""
    facts = _checked(name=name, purpose=purpose, owner=owner, needs=needs, grace_days=grace_days)
    if pool_id is None:
        pool = TalentPool(organisation=organisation)
        if not by.has_perm(KEEP) or not by.may_work_for(organisation.pk):
            raise Missing(gettext("There is no such thing."))
    else:
        pool = held_pool(pool_id, by=by)
    if not owner.may_work_for(pool.organisation_id):
        raise Invalid(gettext("They do not work for this organisation."), field="owner")
    changes_ground = pool_id is not None and pool.needs != needs
    for field, value in facts.items():
        setattr(pool, field, value)
    try:
        with transaction.atomic():
            pool.save()
    except IntegrityError as error:
        raise Invalid(guards.words("talent_pool_name_once"), field="name") from error
    if changes_ground:
        _count_anew(pool, now)
    verb = "talent.made" if pool_id is None else "talent.changed"
    record(verb, subject=pool, by=by, now=now, data={"pool": pool.name})
    return pool


def _checked(**facts: Any) -> dict[str, Any]:
    for name, most in (("name", LONGEST_NAME), ("purpose", LONGEST_PURPOSE)):
        facts[name] = one_line(facts[name])
        if not facts[name]:
            raise Invalid(gettext("Write at least a few words."), field=name)
        if len(facts[name]) > most:
            raise Invalid(gettext("Keep it under %(most)s characters.") % {"most": most}, field=name)
    if facts["needs"] and facts["needs"] not in Purpose.values:
        raise Invalid(gettext("Choose what people must have agreed to."), field="needs")
    if not SHORTEST_GRACE <= facts["grace_days"] <= LONGEST_GRACE:
        said = gettext("From %(least)s to %(most)s days.") % {"least": SHORTEST_GRACE, "most": LONGEST_GRACE}
        raise Invalid(said, field="grace_days")
    if not facts["owner"].is_active or not facts["owner"].recruits:
        raise Invalid(gettext("A pool belongs to somebody of the recruiting team."), field="owner")
    return facts


def _count_anew(pool: TalentPool, now: datetime) -> None:
    """Until when each of those in it may stay by what is needed now."""
    for member in TalentMember.objects.inside().filter(pool=pool).select_related("pool").order_by("pk"):
        member.ends_at = ends_at(pool, member.candidate_id, now)
        member.save(update_fields=["ends_at"])


@transaction.atomic
def close(*, pool_id: int, by: User, now: datetime) -> TalentPool:
    """Nobody is kept for it any more; everybody in it leaves."""
    pool = held_pool(pool_id, by=by)
    pool.closed_at = now
    pool.save(update_fields=["closed_at"])
    inside = TalentMember.objects.inside().filter(pool=pool)
    inside.update(left_at=now, left=Left.CLOSED, touch_at=None, touch_by=None, updated_at=now)
    record("talent.closed", subject=pool, by=by, now=now, data={"pool": pool.name})
    return pool


def held_pool(pool_id: int, *, by: User) -> TalentPool:
    pool = get_for(TalentPool.objects.all(), pool_id, user=by, permission=KEEP, for_update=True)
    if pool.closed_at is not None:
        raise WrongState(gettext("This pool is closed."))
    return pool
