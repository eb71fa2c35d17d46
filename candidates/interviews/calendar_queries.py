"""What the calendar shows: one's own interviews and the team's."""

from ats.accounts.models import User
from ats.common.errors import Missing
from candidates.interviews.models import Interview, InterviewSeat


def interview_for(user: User, interview_id: int) -> Interview:
    """The interview with all that its page shows, if this person may see it."""
    rows = Interview.objects.visible_to(user).select_related(
        "application__candidate", "application__requisition__organisation__calendar"
    )
    interview = rows.defer("application__candidate__search").filter(pk=interview_id).first()
    if interview is None:
        raise Missing(f"No interview with the number {interview_id} is visible.")
    return interview


def seats_of(interview: Interview) -> list[InterviewSeat]:
    return list(interview.seats.filter(released=False).select_related("user").order_by("pk"))
