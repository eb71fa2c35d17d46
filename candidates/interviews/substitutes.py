"""Who could take the seat of somebody who cannot come, and where that is arranged."""

from django.urls import reverse

from ats.accounts.models import User
from candidates.interviews.models import Interview, InterviewSeat


def proposed(interview: Interview, seat: InterviewSeat) -> list[User]:
    return []


def way_to(interview: Interview) -> str:
    return reverse("interview_for_me", args=[interview.pk])
