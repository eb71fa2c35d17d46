"""What leaves the house about an interview: to the candidate, and to each interviewer, one message each.

The caller has changed and saved the interview in the same transaction, its `sequence` raised.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from ats.common import when
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from candidates.applications.models import Application
from candidates.experience import letters
from candidates.interviews import calendar_files, facts, mails, reminders
from candidates.interviews.models import Interview, InterviewSeat, Reply


def booked(interview: Interview, *, now: datetime) -> None:
    """Everybody is invited, and reminded later."""
    round_ = _round(interview, now)
    _tell_candidate(mails.BOOKED, round_)
    _tell_interviewers(mails.STAFF_BOOKED, round_, round_.seats)
    reminders.plan(interview, now=now)


def moved(
    interview: Interview, *, now: datetime, reason: str = "", removed: Iterable[InterviewSeat] = ()
) -> None:
    """The new time to everybody; their calendars move the event, and ask again.

    `removed` cannot come then, and others of their pool do: they are released.
    """
    interview.seats.filter(released=False).update(reply=Reply.NEEDS_ACTION, replied_at=None)
    round_ = _round(interview, now, reason)
    known = _invited(interview)
    _tell_candidate(mails.MOVED, round_)
    for seat in round_.seats:
        role = mails.STAFF_MOVED if seat.user.email in known else mails.STAFF_BOOKED
        _tell_interviewers(role, round_, [seat])
    for seat in removed:
        _tell_interviewers(mails.RELEASED, round_, [seat], named=[seat], cancelled=True)
    reminders.plan(interview, now=now)


def cancelled(
    interview: Interview, *, now: datetime, reason: str = "", seats: Iterable[InterviewSeat] | None = None
) -> None:
    """It does not take place. `seats` are those who were in it, where they have been released already."""
    round_ = _round(interview, now, reason)
    gone = round_.seats if seats is None else list(seats)
    _tell_candidate(mails.CANCELLED, round_, cancelled=True)
    for seat in gone:
        _tell_interviewers(mails.STAFF_CANCELLED, round_, [seat], named=[seat], cancelled=True)
    reminders.forget(interview, now=now)


def replaced(interview: Interview, *, removed: InterviewSeat, added: InterviewSeat, now: datetime) -> None:
    """Somebody else takes a seat: the one is released, the other invited, everybody else told whom they meet."""
    round_ = _round(interview, now)
    others = [seat for seat in round_.seats if seat.pk != added.pk]
    change = f"{added.user} takes the seat of {removed.user}"
    _tell_interviewers(mails.RELEASED, round_, [removed], named=[removed], cancelled=True)
    _tell_interviewers(mails.STAFF_BOOKED, round_, [added])
    _tell_interviewers(mails.STAFF_CHANGED, round_, others, change=change)
    _tell_candidate(mails.CHANGED, round_)


@dataclass(frozen=True)
class _Round:
    """One change of an interview, and what is needed to tell of it."""

    interview: Interview
    application: Application
    seats: Sequence[InterviewSeat]
    reason: str
    now: datetime

    def key(self, role: str, reader: str) -> str:
        return f"interview:{self.interview.pk}:{self.interview.sequence}:{role}:{reader}"


def _round(interview: Interview, now: datetime, reason: str = "") -> _Round:
    application = Application.objects.whole().get(pk=interview.application_id)
    return _Round(interview, application, facts.seats_of(interview), reason, now)


def _invited(interview: Interview) -> set[str]:
    """Whom a message about this interview has gone to already."""
    mine = OutgoingMail.objects.filter(
        idempotency_key__startswith=f"interview:{interview.pk}:", application_id=interview.application_id
    )
    return set(mine.values_list("to", flat=True))


def _tell_candidate(role: str, round_: _Round, *, cancelled: bool = False) -> None:
    interview, application = round_.interview, round_.application
    people = [seat.user for seat in round_.seats]
    letters.queue(
        role,
        application=application,
        key=round_.key(role, "candidate"),
        now=round_.now,
        extra=facts.for_candidate(interview, application, people) | {"reason": round_.reason},
        attachments=[
            calendar_files.for_candidate(interview, application, people, cancelled=cancelled, now=round_.now)
        ],
    )


def _tell_interviewers(
    role: str,
    round_: _Round,
    seats: Iterable[InterviewSeat],
    *,
    named: Sequence[InterviewSeat] | None = None,
    cancelled: bool = False,
    **values: str,
) -> None:
    interview, application = round_.interview, round_.application
    everybody = [seat.user for seat in round_.seats]
    link = letters.staff_link(reverse("calendar")) if cancelled else calendar_files.page(interview)
    for seat in seats:
        known = facts.for_interviewer(interview, application, everybody, reader=seat.user)
        if seat.released:  # as they knew it, also where it has been moved
            known["interview.when"] = when.span(seat.period.lower, seat.period.upper, seat.user.zone)
        outbox.queue(
            role,
            to=letters.to_user(seat.user),
            message=outbox.write(
                role,
                organisation=application.requisition.organisation,
                language=seat.user.language,
                values=known | {"link": link, "reason": round_.reason} | values,
            ),
            key=round_.key(role, str(seat.user_id)),
            now=round_.now,
            about=application.about(),
            attachments=[
                calendar_files.for_interviewer(
                    interview, application, named or round_.seats, cancelled=cancelled, now=round_.now
                )
            ],
        )
