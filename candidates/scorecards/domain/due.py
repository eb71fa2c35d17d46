"""By when evidence is wanted."""

from datetime import datetime

from ats.organisation.domain import working_time
from candidates.interviews.models import Interview


def due_at(interview: Interview, *, now: datetime) -> datetime:
    """So many working hours after the interview as its plan asks for; who is asked later has as long from then.

    An agreement of the partners may move it afterwards (`actions.change_due`).
    """
    calendar = interview.application.requisition.organisation.calendar
    return working_time.after_hours(calendar, max(interview.ends_at, now), interview.scorecard_hours)
