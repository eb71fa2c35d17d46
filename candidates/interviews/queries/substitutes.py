"""Which seats want somebody else."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from candidates.interviews.models import InterviewSeat, InterviewState, Reply, SeatKind
from requisitions.models import TeamMember


def wanting_substitutes() -> QuerySet[InterviewSeat]:
    """Seats of interviews ahead whose people declined, left, or belong to the role no more."""
    team = TeamMember.objects.filter(
        user=OuterRef("user"), requisition=OuterRef("interview__application__requisition")
    )
    gone = ~Exists(team) & Q(pool_member__isnull=True)
    return InterviewSeat.objects.filter(
        gone | Q(reply=Reply.DECLINED) | Q(user__is_active=False),
        released=False,
        kind=SeatKind.INTERVIEWER,
        interview__state=InterviewState.BOOKED,
    )
