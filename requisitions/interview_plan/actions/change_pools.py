"""Every write to pools of interviewers: who may take an interview of a kind, and how often."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError

from ats.accounts.domain import sides
from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Invalid, Missing, NotAllowed, WrongState
from ats.kernel.kept import kept
from ats.kernel.staff_words import gettext, ngettext
from ats.organisation.models import HiringOrganisation
from requisitions.interview_plan.models import InterviewPool, PoolMember

CHANGE = "requisitions.change_pools"
MOST_A_WEEK = 40


@transaction.atomic
def add_pool(*, organisation_id: int, name: str, by: User, now: datetime) -> InterviewPool:
    """A pool without anybody in it."""
    _permit(by)
    organisation = HiringOrganisation.objects.filter(pk=organisation_id).first()
    if organisation is None:
        raise Invalid(gettext("Choose the organisation."), field="organisation")
    lock(HiringOrganisation, organisation_id)
    pool = InterviewPool(organisation=organisation, name=name.strip())
    _check_name(pool)
    pool.save()
    _record(pool, kept(f"added the pool {pool.name}"), by=by, now=now)
    return pool


@transaction.atomic
def rename_pool(*, pool_id: int, name: str, by: User, now: datetime) -> InterviewPool:
    """Give a pool another name."""
    pool = _get(pool_id, by)
    before, pool.name = pool.name, name.strip()
    if pool.name != before:
        _check_name(pool)
        pool.save(update_fields=["name"])
        _record(pool, kept(f"renamed the pool {before} to {pool.name}"), by=by, now=now)
    return pool


@transaction.atomic
def remove_pool(*, pool_id: int, by: User, now: datetime) -> None:
    """Remove a pool that no plan uses."""
    pool = _get(pool_id, by)
    _record(pool, kept(f"removed the pool {pool.name}"), by=by, now=now)
    try:
        pool.delete()
    except ProtectedError as error:
        count = len(error.protected_objects)
        raise WrongState(
            ngettext(
                "%(number)s interview plan uses it: choose other people there first.",
                "%(number)s planned interviews use it: choose other people there first.",
                count,
            )
            % {"number": count}
        ) from error


@transaction.atomic
def set_member(
    *,
    pool_id: int,
    user_id: int,
    by: User,
    now: datetime,
    trained_on: date | None = None,
    weekly_limit: int = 4,
    paused_until: date | None = None,
) -> PoolMember:
    """Take somebody into a pool, or change what holds for them there."""
    pool = _get(pool_id, by)
    user = User.objects.filter(pk=user_id).first()
    if user is None or not user.is_active:
        raise Invalid(
            gettext("%(user)s no longer signs in here.") % {"user": user or gettext("This person")},
            field="user",
        )
    sides.check(user, pool.organisation_id, field="user")
    if not 1 <= weekly_limit <= MOST_A_WEEK:
        raise Invalid(
            gettext("Give from 1 to %(MOST_A_WEEK)s interviews a week.") % {"MOST_A_WEEK": MOST_A_WEEK},
            field="weekly_limit",
        )
    if trained_on is not None and trained_on > now.astimezone(by.zone).date():
        raise Invalid(gettext("This day is still to come."), field="trained_on")
    member = pool.members.filter(user=user).first() or PoolMember(pool=pool, user=user)
    said = (
        kept(f"changed what holds for {user} in the pool {pool.name}")
        if member.pk
        else kept(f"took {user} into the pool {pool.name}")
    )
    facts = (trained_on, weekly_limit, paused_until)
    if member.pk and facts == (member.trained_on, member.weekly_limit, member.paused_until):
        return member
    member.trained_on, member.weekly_limit, member.paused_until = facts
    member.save()
    _record(pool, said, by=by, now=now)
    return member


@transaction.atomic
def remove_member(*, member_id: int, by: User, now: datetime) -> InterviewPool:
    """Take somebody out of a pool; interviews that they have stay theirs."""
    pool_id = PoolMember.objects.filter(pk=member_id).values_list("pool_id", flat=True).first()
    if pool_id is None:
        _permit(by)
        raise Missing(gettext("There is nobody of this number."))
    pool = _get(pool_id, by)
    member = pool.members.select_related("user").filter(pk=member_id).first()
    if member is not None:
        member.delete()
        _record(pool, kept(f"took {member.user} out of the pool {pool.name}"), by=by, now=now)
    return pool


def _permit(by: User) -> None:
    if not by.has_perm(CHANGE):
        raise NotAllowed(gettext("Only the recruiting team looks after pools."))


def _get(pool_id: int, by: User) -> InterviewPool:
    _permit(by)
    lock(InterviewPool, pool_id)
    pool = InterviewPool.objects.select_related("organisation").filter(pk=pool_id).first()
    if pool is None:
        raise Missing(gettext("There is no such pool."))
    return pool


def _check_name(pool: InterviewPool) -> None:
    if not pool.name or len(pool.name) > 100:
        raise Invalid(gettext("Give the pool a name of at most 100 characters."), field="name")
    others = InterviewPool.objects.filter(organisation=pool.organisation, name=pool.name).exclude(pk=pool.pk)
    if others.exists():
        raise Invalid(gettext("There is a pool of this name already."), field="name")


def _record(pool: InterviewPool, what: str, *, by: User, now: datetime) -> None:
    record("pool.changed", subject=pool, by=by, now=now, data={"what": what})
