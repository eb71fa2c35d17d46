"""Who could take the seat of somebody who cannot come, and where that is arranged."""

from django.urls import reverse

from ats.accounts.models import User
from candidates.interviews import pools
from candidates.interviews.models import Interview, InterviewSeat

PROPOSED = 3


def proposed(interview: Interview, seat: InterviewSeat) -> list[User]:
    """Those who are free at that time and named for it, of the pool before the team."""
    found = [each.user for each in pools.substitutes(interview) if each.user.pk != seat.user_id]
    return found[:PROPOSED]


def way_to(interview: Interview) -> str:
    return reverse("interview_for_me", args=[interview.pk])
