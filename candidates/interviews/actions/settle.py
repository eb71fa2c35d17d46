"""What becomes of an interview: it was held, or nobody came."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.compose import lawful, words
from candidates.interviews import workflow
from candidates.interviews.actions import seat as seating
from candidates.interviews.models import Interview, InterviewState


@transaction.atomic
def mark_no_show(
    *, interview_id: int, by: User, now: datetime, reason: str = "", another_time: bool = False
) -> Interview:
    """The candidate did not come; said once it has begun, and also after its time made it held.

    They are promised `another_time`, or else a word on how we go on.
    """
    interview = seating.interview_for(interview_id, by)
    workflow.check(interview.state, InterviewState.NO_SHOW)
    if interview.starts_at > now:
        raise WrongState(gettext("This interview has not begun yet."))
    _settle(interview, InterviewState.NO_SHOW, now=now)
    people = seating.people_in(interview)
    said = words.typed(reason)[:300]
    what = "The note on the missed interview of"
    lawful.check(interview.application, {"reason": said}, where="no-show", what=what)
    facts = {"reason": said, "another_time": another_time}
    seating.tell("interview.no_show", interview, people, by=by, now=now, **facts)
    return interview


def mark_held(*, interview_id: int, now: datetime) -> None:
    """Its end has passed and nobody said otherwise; inside the caller's transaction."""
    found = Interview.objects.select_related("application").filter(pk=interview_id).first()
    if found is None:
        return
    application = fetch.relocked(found.application)
    interview = Interview.objects.get(pk=interview_id)
    if interview.state != InterviewState.BOOKED or interview.ends_at > now:
        return
    interview.application = application
    _settle(interview, InterviewState.HELD, now=now)
    people = seating.people_in(interview)
    seating.tell("interview.held", interview, people, by=None, now=now)


def _settle(interview: Interview, state: InterviewState, *, now: datetime) -> None:
    workflow.check(interview.state, state)
    interview.state, interview.settled_at = state, now
    interview.save(update_fields=["state", "settled_at"])
