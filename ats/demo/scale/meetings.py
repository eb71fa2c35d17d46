"""The interviews ahead: a plan for every open role, and a week full of conversations."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction

from ats.accounts.models import Role, User
from ats.demo.scale.company import Seat
from ats.demo.words import Material
from candidates.interviews.actions import seat as seating
from candidates.models import Application, Interview, InterviewSeat
from requisitions.interview_plan.domain import kits
from requisitions.models import PlannedInterview, StageKind, TeamMember, TeamRole

PER_CANDIDATES = 200
"""One interview in the coming week for so many candidates of the whole: 500 at 100,000."""
HOURS = range(9, 16)
PANEL = 4


@transaction.atomic
def add_meetings(material: Material, seats: Sequence[Seat], *, candidates: int, now: datetime) -> int:
    """Book the coming week; how many interviews that are."""
    live = [seat for seat in seats if seat.live]
    wanted = max(10, candidates // PER_CANDIDATES)
    people = _interviewers(material, max(2 * PANEL, wanted // 6))
    plans = _plans(live, people)
    applications = list(
        Application.objects.active()
        .filter(requisition__in=[seat.requisition.pk for seat in live], stage__kind=StageKind.INTERVIEW)
        .select_related("requisition__organisation__calendar")
        .order_by("pk")[:wanted]
    )
    interviews, taken = [], []
    for number, application in enumerate(applications):
        planned = plans[application.requisition_id]
        starts_at = _hour(number // (len(people) // 2), application, now)
        if starts_at is None:
            break
        interviews.append(_interview(application, planned, starts_at, now))
        # Nobody is in two at once: in each hour everybody of either half has one turn.
        first = people[number % (len(people) // 2)]
        second = people[len(people) // 2 + number % (len(people) // 2)]
        taken.append([first, second] if number % 2 else [first])
    Interview.objects.bulk_create(interviews)
    InterviewSeat.objects.bulk_create(
        seating.new_seat(interview, user, None)
        for interview, users in zip(interviews, taken, strict=True)
        for user in users
    )
    TeamMember.objects.bulk_create(
        (
            TeamMember(
                requisition_id=interview.application.requisition_id, user=user, role=TeamRole.INTERVIEWER
            )
            for interview, users in zip(interviews, taken, strict=True)
            for user in users
        ),
        ignore_conflicts=True,
    )
    return len(interviews)


def _hour(number: int, application: Application, now: datetime) -> datetime | None:
    """The hour with this number in the working days of the coming week; None past its end."""
    day_number, hour = divmod(number, len(HOURS))
    if day_number >= 5:
        return None
    calendar = application.requisition.organisation.calendar
    day = now.astimezone(calendar.zone).date()
    left = day_number + 1
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < 5
    return datetime.combine(day, time(HOURS[hour]), tzinfo=calendar.zone)


def _interview(
    application: Application, planned: PlannedInterview, starts_at: datetime, now: datetime
) -> Interview:
    return Interview(
        application=application,
        planned=planned,
        name=planned.name,
        purpose=planned.purpose,
        format=planned.format,
        kit=kits.snapshot(planned),
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=planned.minutes),
        booked_at=now - timedelta(days=2),
        booked_by=application.requisition.recruiter,
    )


def _interviewers(material: Material, count: int) -> list[User]:
    """Users who exist in the data but cannot sign in."""
    locked, number, chance = make_password(None), User.objects.count(), material.random
    return User.objects.bulk_create(
        User(
            email=f"meets{number + index}@seed.example.com",
            name=f"{chance.choice(material.first_names)} {chance.choice(material.last_names)}",
            role=Role.INTERVIEWER,
            password=locked,
            time_zone="Europe/Berlin",
        )
        for index in range(count)
    )


def _plans(live: Sequence[Seat], people: Sequence[User]) -> dict[int, PlannedInterview]:
    """A panel of four for each open role, of which those who are booked are a part."""
    plans = PlannedInterview.objects.bulk_create(
        PlannedInterview(
            requisition=seat.requisition,
            stage=next(stage for stage in seat.stages if stage.kind == StageKind.INTERVIEW),
            position=0,
            name="Meeting the team",
            purpose="How this person works with others.",
            minutes=60,
            interviewers_needed=PANEL,
        )
        for seat in live
    )
    through, members = PlannedInterview.interviewers.through, []
    rows = []
    for number, planned in enumerate(plans):
        panel = [people[(number * PANEL + place) % len(people)] for place in range(PANEL)]
        rows += [through(plannedinterview_id=planned.pk, user_id=user.pk) for user in panel]
        members += [
            TeamMember(requisition_id=planned.requisition_id, user=user, role=TeamRole.INTERVIEWER)
            for user in panel
        ]
    through.objects.bulk_create(rows)
    TeamMember.objects.bulk_create(members)
    return {planned.requisition_id: planned for planned in plans}
