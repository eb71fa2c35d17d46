"""Who joins the team of a role, and who leaves it."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from ats.accounts.domain import sides
from ats.accounts.models import RECRUITING, User
from ats.accounts.queries import anybody_else
from ats.accounts.queries.succession import WHO_MAY, Part
from ats.activity.record import record
from ats.kernel.access import lock_all
from ats.kernel.errors import Invalid, Missing, WrongState
from ats.kernel.staff_words import gettext, gettext_lazy
from requisitions.roles.actions import members
from requisitions.roles.actions.change import LEADING
from requisitions.roles.actions.fetch import LEAD, fetch
from requisitions.roles.models import Requisition, TeamMember, TeamRole

MEMBERS = {
    TeamRole.RECRUITER: WHO_MAY[Part.RECRUITER],
    TeamRole.COORDINATOR: frozenset(RECRUITING),
    TeamRole.MANAGER: WHO_MAY[Part.MANAGER],
}
"""Which roles in the house a place on a team asks for, where it asks for any."""


CHANGE_TEAM = gettext_lazy("Ask %(recruiter)s to change its team.")


_LEADS = {
    TeamRole.RECRUITER: gettext_lazy(
        "%(user)s is the recruiter of this role: choose another recruiter first."
    ),
    TeamRole.MANAGER: gettext_lazy(
        "%(user)s is the hiring manager of this role: choose another hiring manager first."
    ),
}
_ON_THE_OTHER_SIDE = {
    TeamRole.RECRUITER: gettext_lazy(
        "%(user)s is recruiter in this team: one person is not both partners. Choose somebody else."
    ),
    TeamRole.COORDINATOR: gettext_lazy(
        "%(user)s is coordinator in this team: one person is not both partners. Choose somebody else."
    ),
    TeamRole.MANAGER: gettext_lazy(
        "%(user)s is hiring manager in this team: one person is not both partners. Choose somebody else."
    ),
}


@transaction.atomic
def add_member(*, requisition_id: int, user: User, role: str, by: User, now: datetime) -> TeamMember:
    """Take a person into the team, which opens this requisition to them."""
    requisition = fetch(requisition_id, by, LEAD, ask=CHANGE_TEAM)
    if role not in TeamRole.values:
        raise Invalid(gettext("Choose one of the list."), field="role")
    if not user.is_active:
        raise Invalid(gettext("%(user)s no longer signs in here.") % {"user": user}, field="user")
    sides.check(user, requisition.organisation_id, field="user")
    both = _check_side(requisition, user, role)
    member, created = TeamMember.objects.get_or_create(requisition=requisition, user=user, role=role)
    if created:
        members.note("requisition.member_added", requisition, member, by=by, now=now)
    if created and both:
        record("requisition.both_parts", subject=requisition, by=by, now=now, data={"name": str(user)})
    return member


@transaction.atomic
def remove_member(*, requisition_id: int, member_id: int, by: User, now: datetime) -> None:
    """Take a person off the team; the two who lead are replaced, not removed."""
    requisition = fetch(requisition_id, by, LEAD, ask=CHANGE_TEAM)
    member = requisition.members.select_related("user").filter(pk=member_id).first()
    if member is None:
        raise Missing(gettext("No such member of the team."))
    for field, role in LEADING.items():
        if member.role == role and member.user_id == getattr(requisition, f"{field}_id"):
            raise WrongState(_LEADS[role] % {"user": member.user})
    member.delete()  # first: who hears of it finds the team without them
    members.note("requisition.member_removed", requisition, member, by=by, now=now)


@transaction.atomic
def leave_teams_beyond(*, user_id: int, organisations: Collection[int], by: User, now: datetime) -> None:
    """Take somebody off the team of every role of another organisation."""
    rows = TeamMember.objects.filter(user=user_id).exclude(requisition__organisation__in=organisations)
    lock_all(Requisition, rows.values_list("requisition", flat=True))
    for member in rows.select_related("requisition", "user").order_by("pk"):
        requisition = member.requisition
        member.delete()
        members.note("requisition.member_removed", requisition, member, by=by, now=now)


def _check_side(requisition: Requisition, user: User, role: str) -> bool:
    """Whether this place makes them both partners; `Invalid` where somebody else could take it."""
    other = requisition.members.filter(user=user, role__in=members.other_side(role)).first()
    if other is None:
        return False
    if anybody_else(user):
        raise Invalid(str(_ON_THE_OTHER_SIDE[TeamRole(other.role)]) % {"user": user}, field="user")
    return True
