"""Whose answer a calendar's is: somebody of the interview, by what stands in their own file or by who sent it."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from ats.accounts.models import User
from ats.calendars.domain import answers
from ats.calendars.domain.answers import Answer
from candidates.applications.models import Application
from candidates.interviews.models import Interview, InterviewSeat, InterviewState
from candidates.interviews.queries import calendar_files, facts
from candidates.people.models import Candidate


@dataclass(frozen=True)
class Invited:
    """Somebody who is asked to come: one of ours, who has a `seat`, or the candidate."""

    application: Application
    seat: InterviewSeat | None

    @property
    def person(self) -> User | Candidate:
        return self.seat.user if self.seat is not None else self.application.candidate

    @property
    def name(self) -> str:
        return str(self.seat.user) if self.seat is not None else self.application.candidate.name

    @property
    def reader(self) -> int | str:
        """In whose name their own calendar file is made."""
        return self.seat.user_id if self.seat is not None else calendar_files.CANDIDATE

    @property
    def zone(self) -> ZoneInfo:
        return self.seat.user.zone if self.seat is not None else facts.candidate_zone(self.application)


def seats() -> QuerySet[InterviewSeat]:
    """Of those who take part, with all that an answer of theirs needs."""
    return InterviewSeat.objects.filter(released=False).select_related(
        "user", "interview__application__requisition__organisation", "interview__booked_by"
    )


def whose(interview: Interview, said: Answer, *, sender: str) -> Invited | None:
    """Who of this interview says that; None for anybody else, and for what they cannot be believed to have said.

    It is believed if it holds what stands in its reader's own file, or if `sender`, whom our mail server found
    true, is whom it speaks for. Who is invited at another address is known by the one that they wrote from.
    """
    address = said.address
    invited = _invited(interview, address)
    if invited is None and said.sent_by:
        address = said.sent_by
        invited = _invited(interview, address)
    if invited is None:
        return None
    is_theirs = answers.is_mark_of(interview.calendar_secret, said.mark, invited.reader)
    return invited if is_theirs or sender == address else None


def is_over(interview: Interview, sequence: int, *, now: datetime) -> bool:
    """Whether an answer to this version is to a time that does not stand any more."""
    return (
        interview.state != InterviewState.BOOKED
        or interview.ends_at <= now
        or sequence < interview.time_sequence
    )


def _invited(interview: Interview, address: str) -> Invited | None:
    application = Application.objects.whole().get(pk=interview.application_id)
    seat = seats().filter(interview=interview, user__email__iexact=address).first()
    if seat is None and application.candidate.email.lower() != address:
        return None
    return Invited(application, seat)
