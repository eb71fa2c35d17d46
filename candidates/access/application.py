"""Which applications somebody sees, knows everything of, and follows."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import sees
from candidates.applications.models import WHOLE_TEAM, Application
from candidates.interviews.models import InterviewSeat
from candidates.reviews.models import Review, ReviewState
from requisitions.models import TeamMember

Rows = QuerySet[Application]


@sees(Application)
def visible(rows: Rows, user: User) -> Rows:
    """Those that are `known` to the user, and those about which somebody asked for their view."""
    if not user.is_authenticated or not user.is_active or user.recruits:
        return known(rows, user)
    asked = Exists(
        Review.objects.filter(application=OuterRef("pk"), reviewer=user).exclude(state=ReviewState.CANCELLED)
    )
    return rows.filter(_on_team(user) | _meets(user) | asked)


@sees(Application, "known_to")
def known(rows: Rows, user: User) -> Rows:
    """Those of whom the user may know everything: of their own roles, or whom they interview."""
    if not user.is_authenticated or not user.is_active:
        return rows.none()
    if user.oversees:
        return rows
    if user.recruits:
        return rows.filter(Q(requisition__confidential=False) | _on_team(user))
    return rows.filter(_on_team(user) | _meets(user))


@sees(Application, "followed_by")
def followed(rows: Rows, user: User) -> Rows:
    """Those whose whole story the user reads: as one of the team, not for a question put to them alone."""
    if not user.is_authenticated or not user.is_active or user.recruits:
        return known(rows, user)
    return rows.filter(_on_team(user))


def _on_team(user: User) -> Exists:
    return Exists(
        TeamMember.objects.filter(requisition=OuterRef("requisition"), user=user, role__in=WHOLE_TEAM)
    )


def _meets(user: User) -> Exists:
    return Exists(
        InterviewSeat.objects.filter(interview__application=OuterRef("pk"), user=user, released=False)
    )
