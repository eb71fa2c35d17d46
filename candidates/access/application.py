"""Which applications somebody sees, knows everything of, and follows."""

from typing import Any, TypeVar

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from ats.accounts.models import User
from ats.accounts.queries.beside import LESS, is_surely_not, read_beside
from ats.kernel.access import sees
from candidates.applications.models import WHOLE_TEAM, Application
from candidates.interviews.models import InterviewSeat
from candidates.reviews.models import Review, ReviewState
from requisitions.models import TeamMember

KEPT = "SELECT application_id FROM candidates_keptfrom WHERE user_id = %s AND lifted_at IS NULL"
STANDS_IN = "SELECT application_id FROM candidates_keptfrom WHERE stand_in_id = %s AND lifted_at IS NULL"
"""Nearly always nobody: in words, since every list and every page asks, and read once for a whole list."""
read_beside(
    LESS,
    "EXISTS (SELECT FROM candidates_keptfrom WHERE ats_user.id IN (user_id, stand_in_id) AND lifted_at IS NULL)",
)

Rows = QuerySet[Application]
AnyRows = TypeVar("AnyRows", bound=QuerySet[Any])


@sees(Application)
def visible(rows: Rows, user: User) -> Rows:
    """Those that are `known` to the user, and those about which somebody asked for their view."""
    if not user.is_authenticated or not user.is_active or user.recruits:
        return known(rows, user)
    asked = Exists(
        Review.objects.filter(application=OuterRef("pk"), reviewer=user).exclude(state=ReviewState.CANCELLED)
    )
    return unkept(rows, user, of="pk").filter(_on_team(user) | _meets(user) | asked | stands_in(user))


@sees(Application, "known_to")
def known(rows: Rows, user: User) -> Rows:
    """Those of whom the user may know everything: of their own roles, or whom they interview."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    rows = unkept(rows, user, of="pk")
    if user.oversees:
        return rows
    if user.recruits:
        return rows.filter(Q(requisition__confidential=False) | _on_team(user) | stands_in(user))
    return rows.filter(_on_team(user) | _meets(user) | stands_in(user))


@sees(Application, "followed_by")
def followed(rows: Rows, user: User) -> Rows:
    """Those whose whole story the user reads: as one of the team, not for a question put to them alone."""
    if not user.is_authenticated or not user.is_active or user.recruits:
        return known(rows, user)
    return unkept(rows, user, of="pk").filter(_on_team(user) | stands_in(user))


def unkept(rows: AnyRows, user: User, *, of: str) -> AnyRows:
    """Without what belongs to an application that is kept from this user; `of` leads to its number.

    It is before every other reason to see something: whoever oversees, is on the team or was asked sees nothing
    of somebody who works for them, until that person says so.
    """
    rows = on_this_side(rows, user, of=of)
    if is_surely_not(user, LESS):
        return rows
    found: AnyRows = rows.exclude(**{f"{of}__in": RawSQL(KEPT, [user.pk])})  # noqa: S611
    return found


def on_this_side(rows: AnyRows, user: User, *, of: str) -> AnyRows:
    """Without what belongs to applications for organisations for which this user does not work."""
    if user.works_for is None:
        return rows
    way = "" if of == "pk" else f"{of}__"
    here = Q(**{f"{way}requisition__organisation__in": user.works_for})
    found: AnyRows = rows.filter(here if of == "pk" else here | Q(**{f"{of}__isnull": True}))
    return found


def stands_in(user: User, *, of: str = "pk") -> Q:
    """In place of a partner from whom the application is kept."""
    if is_surely_not(user, LESS):
        return Q(pk__in=[])
    return Q(**{f"{of}__in": RawSQL(STANDS_IN, [user.pk])})  # noqa: S611


def _on_team(user: User) -> Exists:
    return Exists(
        TeamMember.objects.filter(requisition=OuterRef("requisition"), user=user, role__in=WHOLE_TEAM)
    )


def _meets(user: User) -> Exists:
    return Exists(
        InterviewSeat.objects.filter(interview__application=OuterRef("pk"), user=user, released=False)
    )
