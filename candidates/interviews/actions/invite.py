"""What leaves the house about an interview: to the candidate, and to each interviewer, one message each.

The caller has changed and saved the interview in the same transaction, its `sequence` raised.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from ats.accounts.models import User
from ats.kernel import when
from ats.kernel.kept import kept
from ats.kernel.languages import later, shipped
from ats.mail import outbox
from ats.mail.models import OutgoingMail
from candidates.applications.models import Application
from candidates.compose import letters
from candidates.internal.queries import kept_people
from candidates.interviews import mails
from candidates.interviews.actions import remind
from candidates.interviews.models import Interview, InterviewSeat, Reply, SeatKind
from candidates.interviews.queries import calendar_files, facts
from candidates.people.models import Candidate


def booked(*interviews: Interview, now: datetime) -> None:
    """Everybody is invited, and reminded later; the candidate by one message, also to several in a row."""
    rounds = [_round(each, now) for each in interviews]
    _tell_candidate(mails.BOOKED, rounds)
    for round_ in rounds:
        _tell_interviewers(mails.STAFF_BOOKED, round_, round_.seats)
        remind.plan(round_.interview, now=now)


def moved(
    interview: Interview,
    *,
    now: datetime,
    reason: str = "",
    removed: Iterable[InterviewSeat] = (),
    proposer: User | Candidate | None = None,
) -> None:
    """The new time to everybody; their calendars move the event, and ask again, but for whose `proposer` it was.

    `removed` cannot come then, and others of their pool do: they are released.
    """
    seats = interview.seats.filter(released=False)
    seats.update(reply=Reply.NEEDS_ACTION, replied_at=None, comment="")
    if isinstance(proposer, User):
        seats.filter(user=proposer).update(reply=Reply.ACCEPTED, replied_at=now)
    round_ = _round(interview, now, reason)
    known = _invited(interview)
    _tell_candidate(mails.MOVED, [round_])
    for seat in round_.seats:
        role = mails.STAFF_MOVED if seat.user.email in known else mails.STAFF_BOOKED
        _tell_interviewers(role, round_, [seat])
    for seat in removed:
        role = mails.STAFF_SITS_IN_NO_MORE if seat.kind == SeatKind.SHADOW else mails.RELEASED
        _tell_interviewers(role, round_, [seat], named=[seat], cancelled=True)
    remind.plan(interview, now=now)


def cancelled(
    interview: Interview, *, now: datetime, reason: str = "", seats: Iterable[InterviewSeat] | None = None
) -> None:
    """It does not take place. `seats` are those who were in it, where they have been released already."""
    gone = facts.seats_of(interview) if seats is None else list(seats)
    called_off([(interview, gone)], now=now, reason=reason)


def called_off(
    gone: Sequence[tuple[Interview, Iterable[InterviewSeat]]], *, now: datetime, reason: str = ""
) -> None:
    """None of these take place, with who was in each; the candidate hears it once."""
    rounds = [_round(interview, now, reason) for interview, _ in gone]
    _tell_candidate(mails.CANCELLED, rounds, cancelled=True)
    for round_, (interview, seats) in zip(rounds, gone, strict=True):
        for seat in seats:
            _tell_interviewers(mails.STAFF_CANCELLED, round_, [seat], named=[seat], cancelled=True)
        remind.forget(interview, now=now)


def replaced(interview: Interview, *, removed: InterviewSeat, added: InterviewSeat, now: datetime) -> None:
    """Somebody else takes a seat: the one is released, the other invited, everybody else told whom they meet."""
    round_ = _round(interview, now)
    others = [seat for seat in round_.seats if seat.pk != added.pk]
    change = kept(f"{added.user} takes the seat of {removed.user}")
    _tell_interviewers(mails.RELEASED, round_, [removed], named=[removed], cancelled=True)
    _tell_interviewers(mails.STAFF_BOOKED, round_, [added])
    _tell_interviewers(mails.STAFF_CHANGED, round_, others, change=change)
    _tell_candidate(mails.CHANGED, [round_])


def sits_in(interview: Interview, shadow: InterviewSeat, *, now: datetime) -> None:
    """Somebody sits in: they are invited, and everybody else is told who comes along, the candidate too."""
    round_ = _round(interview, now)
    others = [seat for seat in round_.seats if seat.pk != shadow.pk]
    _tell_interviewers(mails.STAFF_SITS_IN, round_, [shadow])
    change = f"{shadow.user} {facts.SITS_IN}"
    _tell_interviewers(mails.STAFF_CHANGED, round_, others, change=change)
    _tell_candidate(mails.SITS_IN, [round_], extra={"shadow.name": str(shadow.user)})


def sits_in_no_more(interview: Interview, shadow: InterviewSeat, *, now: datetime) -> None:
    """They do not come after all; who takes part meets one person less, and nothing else changes for them.

    Who has said so themselves is not told of it.
    """
    round_ = _round(interview, now)
    if shadow.reply != Reply.DECLINED:
        gone = mails.STAFF_SITS_IN_NO_MORE
        _tell_interviewers(gone, round_, [shadow], named=[shadow], cancelled=True)
    change = kept(f"{shadow.user} does not sit in any more")
    _tell_interviewers(mails.STAFF_CHANGED, round_, round_.seats, change=change)
    _tell_candidate(mails.SITS_IN_NO_MORE, [round_], extra={"shadow.name": str(shadow.user)})


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


def _tell_candidate(
    role: str,
    rounds: Sequence[_Round],
    *,
    cancelled: bool = False,
    extra: Mapping[str, str] | None = None,
) -> None:
    """One message with all of these, and a file for each: every event is changed by itself later."""
    first, application = rounds[0], rounds[0].application
    parts = [(round_.interview, round_.seats) for round_ in rounds]
    letters.queue(
        role,
        application=application,
        key=first.key(role, "candidate"),
        now=first.now,
        extra=facts.told(facts.row_for_candidate, parts, application)
        | {"reason": later(shipped, first.reason), **(extra or {})},
        attachments=[
            calendar_files.for_candidate(
                interview,
                application,
                seats,
                cancelled=cancelled,
                now=first.now,
                filename=f"interview-{number}.ics" if len(parts) > 1 else "interview.ics",
            )
            for number, (interview, seats) in enumerate(parts, start=1)
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
    link = letters.staff_link(reverse("calendar")) if cancelled else calendar_files.page(interview)
    kept = kept_people(application.pk)
    for seat in seats:
        # Who has left reads nothing about candidates any more, nor who must not know of this one.
        if not seat.user.is_active or seat.user_id in kept:
            continue
        sits_in = seat.kind == SeatKind.SHADOW
        known = facts.for_interviewer(interview, application, round_.seats, reader=seat.user, sits_in=sits_in)
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
                    interview,
                    application,
                    named or round_.seats,
                    reader=seat.user,
                    cancelled=cancelled,
                    now=round_.now,
                )
            ],
        )
