"""What the clock does to interviews, planned in the transaction that makes it due."""

from ats.duework.tasks import plan
from candidates.interviews.models import Interview

END = "interview.end"


def plan_end(interview: Interview) -> None:
    """When it is over it counts as held, unless somebody says otherwise; looked at again when it is due."""
    key = f"{END}:{interview.pk}:{interview.sequence}"
    plan(END, subject_id=interview.pk, due_at=interview.ends_at, key=key)
