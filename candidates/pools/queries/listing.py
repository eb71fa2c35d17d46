"""Pools as somebody sees them: how many are in each, and who."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from candidates.consents.models import Consent
from candidates.people.models import Candidate
from candidates.pools.models import TalentMember, TalentPool
from candidates.pools.rules import KEEP

PAGE = 50


def pools(user: User, now: datetime) -> QuerySet[TalentPool]:
    """The open ones with how many are in them, how many lack a consent, and whose next touch is due; one query."""
    inside = Q(members__left_at=None, members__candidate__in=Candidate.objects.visible_to(user))
    valid = Consent.objects.valid(now).filter(
        candidate=OuterRef("members__candidate"), purpose=OuterRef("needs")
    )
    lacks = inside & ~Q(needs="") & ~Exists(valid) & Q(members__isnull=False)
    rows = TalentPool.objects.visible_to(user).open().select_related("owner", "organisation")
    return rows.annotate(
        people=Count("members", filter=inside),
        lacking=Count("members", filter=lacks),
        touches=Count("members", filter=inside & Q(members__touch_at__lte=now)),
    ).order_by("name", "pk")


def pool_for(user: User, pool_id: int) -> TalentPool:
    rows = TalentPool.objects.select_related("owner", "organisation__calendar")
    return get_for(rows, pool_id, user=user, permission=KEEP)


@dataclass(frozen=True)
class Members:
    """A page of who is in a pool, whom the reader may see."""

    rows: list[TalentMember]
    total: int
    lacking: int
    after: int | None


def members(pool: TalentPool, user: User, now: datetime, *, after: int | None = None) -> Members:
    """Who was added last first; three queries."""
    seen = Candidate.objects.visible_to(user)
    inside = TalentMember.objects.inside().filter(pool=pool, candidate__in=seen).with_consent(now)
    total = inside.count()
    agreed = Consent.objects.valid(now).filter(purpose=pool.needs).values("candidate")
    rows = inside.select_related("candidate", "candidate__source", "added_by", "touch_by").defer(
        "candidate__search"
    )
    if after is not None:
        rows = rows.filter(pk__lt=after)
    page = list(rows.order_by("-pk")[: PAGE + 1])
    return Members(
        rows=page[:PAGE],
        total=total,
        lacking=inside.exclude(candidate__in=agreed).count() if pool.needs and total else 0,
        after=page[PAGE - 1].pk if len(page) > PAGE else None,
    )


def open_to(user: User) -> QuerySet[TalentPool]:
    """The pools into which `user` may put people."""
    return TalentPool.objects.visible_to(user).open().order_by("name", "pk")


def memberships(user: User, candidate: Candidate, now: datetime) -> list[TalentMember]:
    """The pools in which somebody is, as far as `user` sees them; one query."""
    rows = TalentMember.objects.inside().filter(candidate=candidate, pool__in=open_to(user))
    return list(
        rows.with_consent(now).select_related("pool", "added_by", "touch_by").order_by("pool__name", "pk")
    )


def touches(
    user: User, *, whole_team: bool, until: datetime, most: int, organisation: int | None = None
) -> list[TalentMember]:
    """Whose next touch is due: one's own, or (the whole team's day) anybody's; first due first."""
    rows = TalentMember.objects.to_touch(until).filter(
        pool__in=TalentPool.objects.visible_to(user), candidate__in=Candidate.objects.visible_to(user)
    )
    if not whole_team:
        rows = rows.filter(touch_by=user)
    if organisation is not None:
        rows = rows.filter(pool__organisation=organisation)
    shown = rows.select_related("candidate", "pool").defer("candidate__search")
    return list(shown.order_by("touch_at", "pk")[:most])


def member_for(user: User, member_id: int) -> TalentMember:
    """Somebody in a pool, whom `user` may keep there; `Missing` where that is nobody."""
    rows = TalentMember.objects.inside().select_related("candidate", "pool").defer("candidate__search")
    seen = rows.filter(pool__in=open_to(user), candidate__in=Candidate.objects.visible_to(user))
    found = seen.filter(pk=member_id).first()
    if found is None or not user.has_perm("candidates.change_candidate", found.candidate):
        raise Missing(gettext("There is no such thing."))
    return found
