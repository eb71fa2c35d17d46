"""The rows of interviews and their seats."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from ats.accounts.domain import sides
from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.calendars.domain.hours import week_of
from ats.kernel import when
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext
from candidates.applications.actions import fetch
from candidates.applications.models import Application
from candidates.interviews.models import Interview, InterviewSeat, Reply, SeatKind
from candidates.people.models import Candidate
from candidates.submissions.queries import check_put_forward
from requisitions.interview_plan.domain import kits
from requisitions.models import PlannedInterview

if TYPE_CHECKING:
    from candidates.scheduling.domain.slots import Meeting

SCHEDULE = "candidates.schedule_interview"


def arranged(application_id: int, by: User) -> Application:
    """The application, locked, for somebody who may arrange its interviews."""
    return fetch.locked(application_id, user=by, permission=SCHEDULE)


def interview_for(interview_id: int, by: User | Candidate) -> Interview:
    """The interview under its application's lock, for its candidate or for who may arrange it; else `Missing`."""
    found = Interview.objects.select_related("application").filter(pk=interview_id).first()
    if isinstance(by, User):
        application = arranged(found.application_id if found else 0, by)
    elif found and found.application.candidate_id == by.pk:
        application = fetch.relocked(found.application)
    else:
        raise Missing(
            gettext("Candidate %(pk)s has no interview %(interview_id)s.")
            % {"pk": by.pk, "interview_id": interview_id}
        )
    interview = Interview.objects.select_related("planned", "request").get(pk=interview_id)
    interview.application = application
    return interview


def seats_of(interview: Interview) -> list[InterviewSeat]:
    """Those who take part, with their people."""
    seats = interview.seats.filter(released=False).select_related("user", "pool_member").order_by("pk")
    return list(seats)


def people_in(interview: Interview) -> list[User]:
    """Those who interview."""
    return interviewing(seats_of(interview))


def interviewing(seats: Iterable[InterviewSeat]) -> list[User]:
    """The people of these seats, without who only sits in: the record names who interviewed."""
    return [seat.user for seat in seats if seat.kind == SeatKind.INTERVIEWER]


def write(
    application: Application,
    meeting: "Meeting",
    planned: PlannedInterview,
    *,
    users: Mapping[int, User],
    by: User | Candidate,
    now: datetime,
    **facts: Any,
) -> Interview:
    """An interview as it is planned today, at the time of this meeting, with a seat for everybody in it.

    With somebody of a client only where the candidate is put forward there.
    """
    check_put_forward(application, people=[users[user] for user in meeting.user_ids])
    interview = Interview.objects.create(
        application=application,
        candidate_id=application.candidate_id,
        planned=planned,
        name=planned.name,
        purpose=planned.purpose,
        format=planned.format,
        place=planned.place,
        video_link=planned.video_link,
        preparation=planned.preparation,
        scorecard_hours=planned.scorecard_hours,
        kit=kits.snapshot(planned),
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        booked_at=now,
        booked_by=by if isinstance(by, User) else None,
        **said_by(by, now),
        **facts,
    )
    InterviewSeat.objects.bulk_create(
        new_seat(interview, users[user], meeting.members.get(user)) for user in sorted(meeting.user_ids)
    )
    return interview


def said_by(by: User | Candidate, now: datetime) -> dict[str, Any]:
    """What the candidate has said to a time that this person chose: their own choice is a yes."""
    if isinstance(by, Candidate):
        return {"candidate_reply": Reply.ACCEPTED, "candidate_replied_at": now, "candidate_comment": ""}
    return {"candidate_reply": Reply.NEEDS_ACTION, "candidate_replied_at": None, "candidate_comment": ""}


def new_seat(interview: Interview, user: User, member_id: int | None) -> InterviewSeat:
    if user.works_for is not None:
        sides.check(user, interview.application.requisition.organisation_id, field="user")
    return InterviewSeat(
        interview=interview,
        user=user,
        pool_member_id=member_id,
        period=(interview.starts_at, interview.ends_at),
        week=week_of(interview.starts_at, user.zone),
    )


def place(seat: InterviewSeat, interview: Interview) -> None:
    """Let the seat follow its interview to another time."""
    seat.period = (interview.starts_at, interview.ends_at)
    seat.week = week_of(interview.starts_at, seat.user.zone)
    seat.save(update_fields=["period", "week"])


def booked_at_that_time(user_ids: Iterable[int], interview: Interview) -> set[int]:
    """Who of these people has another interview while this one takes place."""
    rows = InterviewSeat.objects.filter(
        user__in=list(user_ids), released=False, period__overlap=(interview.starts_at, interview.ends_at)
    )
    return set(rows.exclude(interview=interview).values_list("user", flat=True))


def release(seats: Iterable[InterviewSeat]) -> None:
    for seat in seats:
        seat.released = True
        seat.save(update_fields=["released"])


def tell(
    verb: str, interview: Interview, people: Iterable[User], *, by: CanAct | None, now: datetime, **more: Any
) -> None:
    """Record what happened with an interview, with its facts as they are now."""
    application, users = interview.application, list(people)
    zone = application.calendar.zone
    data = {
        "interview_id": interview.pk,
        "name": interview.name,
        "starts_at": interview.starts_at.isoformat(),
        "ends_at": interview.ends_at.isoformat(),
        "when": when.span(interview.starts_at, interview.ends_at, zone),
        "interviewers": [str(user) for user in users],
        "with_whom": ", ".join(str(user) for user in users) or "nobody",
        "user_ids": [user.pk for user in users],
        "reason": "",
    }
    record(verb, subject=interview, by=by, now=now, data=data | more, **application.about())
