"""Which seats want somebody else."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from candidates.internal.models import KeptFrom
from candidates.interviews.models import InterviewSeat, InterviewState, Reply, SeatKind
from requisitions.models import TeamMember


def wanting_substitutes() -> QuerySet[InterviewSeat]:
    """Seats of interviews ahead whose people declined, left, are off the role, or must not see the candidate."""
    team = TeamMember.objects.filter(
        user=OuterRef("user"), requisition=OuterRef("interview__application__requisition")
    )
    kept = KeptFrom.objects.in_force().filter(
        user=OuterRef("user"), application=OuterRef("interview__application")
    )
    gone = ~Exists(team) & Q(pool_member__isnull=True)
    return InterviewSeat.objects.filter(
        gone | Exists(kept) | Q(reply=Reply.DECLINED) | Q(user__is_active=False),
        released=False,
        kind=SeatKind.INTERVIEWER,
        interview__state=InterviewState.BOOKED,
    )
