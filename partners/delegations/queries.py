"""Who stands in for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from ats.accounts.models import RECRUITING, Role, User
from partners.delegations.domain.chains import Link, who_does_it
from partners.delegations.models import Delegation, DelegationState
from requisitions.models import TeamMember

MOST_PAST = 10


def links(begins_at: datetime, ends_at: datetime) -> list[Link]:
    """Those that stand at the same time."""
    rows = Delegation.objects.at_the_same_time(begins_at, ends_at)
    return [Link(*row) for row in rows.values_list("owner_id", "delegate_id", "begins_at", "ends_at")]


def acting_for() -> dict[int, User]:
    """By everybody who is away now: who does their part; one query."""
    rows = Delegation.objects.filter(state=DelegationState.ACTIVE).select_related("delegate")
    chosen = {row.owner_id: row.delegate for row in rows}
    numbers = {owner: delegate.pk for owner, delegate in chosen.items()}
    people = {delegate.pk: delegate for delegate in chosen.values() if delegate.is_active}
    found = {owner: who_does_it(owner, numbers) for owner in chosen}
    return {owner: people[person] for owner, person in found.items() if person in people}


@dataclass(frozen=True)
class AwayPage:
    """One's own times away, and those of colleagues for whom one stands in."""

    mine: list[Delegation]
    for_others: list[tuple[Delegation, list[TeamMember]]]
    """With the roles on which one does their part now."""
    past: list[Delegation]


def away_page(user: User) -> AwayPage:
    """Three queries."""
    standing = Delegation.objects.standing().filter(Q(owner=user) | Q(delegate=user))
    found = list(standing.select_related("owner", "delegate").order_by("begins_at", "pk"))
    members = TeamMember.objects.filter(user=user, stands_in_for__isnull=False).select_related("requisition")
    roles: dict[int, list[TeamMember]] = {}
    for member in members.order_by("requisition__title", "pk"):
        roles.setdefault(member.stands_in_for_id or 0, []).append(member)
    past = Delegation.objects.filter(owner=user, state=DelegationState.OVER).select_related("delegate")
    return AwayPage(
        mine=[row for row in found if row.owner_id == user.pk],
        for_others=[(row, roles.get(row.owner_id, [])) for row in found if row.delegate_id == user.pk],
        past=list(past.order_by("-ends_at", "-pk")[:MOST_PAST]),
    )


def colleagues_of(user: User) -> QuerySet[User]:
    """Who can be asked: partners of some kind, but oneself."""
    rows = User.objects.filter(is_active=True, role__in={*RECRUITING, Role.MANAGER})
    return rows.known_to(user).exclude(pk=user.pk).order_by("name", "pk")
