"""What the coordinator's page shows: what is planned, booked and asked, and everybody's time for a week."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Prefetch

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.calendars.domain.spans import DAY
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, Missing
from candidates.applications.models import Application
from candidates.applications.pages import cards
from candidates.interviews.actions.seat import SCHEDULE
from candidates.interviews.models import Interview, InterviewSeat, InterviewState
from candidates.interviews.queries.substitutes import wanting_substitutes
from candidates.scheduling.actions import request_times
from candidates.scheduling.domain.slots import Search, free_slots
from candidates.scheduling.domain.week import Grid, grid, monday_of
from candidates.scheduling.models import (
    AvailabilityRequest,
    BookingRequest,
    ProposedTime,
    RequestedInterview,
)
from candidates.scheduling.queries import availability, availability_requests, proposed_times
from candidates.scheduling.queries.proposed_times import Proposed
from requisitions.models import PlannedInterview

SEATS = Prefetch(
    "seats",
    queryset=InterviewSeat.objects.filter(released=False).select_related("user").order_by("pk"),
    to_attr="present",
)

if TYPE_CHECKING:
    from candidates.promises.models import Promise


@dataclass(frozen=True)
class Arranging:
    """Everything about finding a time for one application, except the times themselves."""

    application: Application
    promise: "Promise | None"
    planned: list[PlannedInterview]
    interviews: Sequence[Interview]
    asked: BookingRequest | None
    wanting: frozenset[int]
    """Seats whose people cannot come."""
    reads_needs: bool
    availability: list[AvailabilityRequest]
    """Who of those who are to sit in it was asked when they can, and what they said."""
    proposed: list[Proposed]
    """Other times that people of these interviews propose."""

    @property
    def booked(self) -> frozenset[int | None]:
        """What of the plan is booked or has taken place."""
        there = {InterviewState.BOOKED, InterviewState.HELD}
        return frozenset(each.planned_id for each in self.interviews if each.state in there)

    @property
    def open(self) -> list[PlannedInterview]:
        """What of the plan still wants a time, that of the application's own stage first."""
        here = self.application.stage_id
        left = [each for each in self.planned if each.pk not in self.booked]
        return sorted(left, key=lambda each: (each.stage_id != here, each.position))

    @property
    def still_asked(self) -> list[PlannedInterview]:
        """What the open question is for and has not been booked since."""
        if self.asked is None:
            return []
        there = {each.planned_id for each in self.interviews if each.request_id == self.asked.pk}
        wanted = [row.planned for row in self.asked.wanted.all()]
        return [each for each in wanted if each.pk not in there & self.booked]

    @property
    def asked_names(self) -> str:
        return request_times.names_of(self.still_asked)


def application_for(user: User, application_id: int) -> Application:
    return get_for(Application.objects.whole(), application_id, user=user, permission=SCHEDULE)


def arranging(user: User, application_id: int, *, now: datetime) -> Arranging:
    application = application_for(user, application_id)
    interviews = list(
        application.interviews.select_related("booked_by").prefetch_related(SEATS).order_by("starts_at", "pk")
    )
    for each in interviews:
        each.application = application
    wanted = Prefetch(
        "wanted", queryset=RequestedInterview.objects.select_related("planned").order_by("position")
    )
    return Arranging(
        application=application,
        promise=cards.owed_to(application),
        planned=list(
            PlannedInterview.objects.filter(requisition=application.requisition_id, retired=False)
            .select_related("stage", "pool")
            .prefetch_related("interviewers")
            .order_by("stage__position", "position", "pk")
        ),
        interviews=interviews,
        asked=application.booking_requests.live().prefetch_related(wanted).first(),
        wanting=frozenset(
            wanting_substitutes().filter(interview__application=application.pk).values_list("pk", flat=True)
        ),
        reads_needs=user.has_perm("candidates.read_interview_needs", application),
        availability=availability_requests.live_of(application),
        proposed=proposed_times.shown(proposed_times.open_of(interviews), interviews, now=now),
    )


@dataclass(frozen=True)
class Choice:
    """What somebody wants to book: which interviews of the plan, with whom, in which week."""

    planned_ids: list[int]
    user_ids: list[int] = field(default_factory=list)
    week: date | None = None
    breaks: tuple[int, int] = (0, 30)


@dataclass(frozen=True)
class Week:
    """The grid of a week for what was chosen; or why there is none."""

    planned: list[PlannedInterview]
    grid: Grid | None
    people: list[User]
    """Whom one can choose for a single interview: of the plan, its pool, and the hiring team."""
    problem: str = ""


def week_of(arranged: Arranging, choice: Choice, *, zone: ZoneInfo, now: datetime) -> Week:
    """Everybody's time in that week, and the times that suit all."""
    application = arranged.application
    planned: list[PlannedInterview] = []
    try:
        planned = availability.planned_of(application, choice.planned_ids)
        needs = (
            (availability.need_as_given(planned[0], choice.user_ids),)
            if choice.user_ids and len(planned) == 1
            else availability.needs_of(planned)
        )
    except Invalid as refused:
        return Week(planned, None, _choosable(application, planned), refused.message)
    monday = monday_of(choice.week) if choice.week else None
    search = availability.search(
        application,
        needs,
        now=now,
        earliest=monday,
        latest=monday + 6 * DAY if monday else None,
        within=given(arranged.asked),
        breaks=choice.breaks,
    )
    made = grid(search, monday=monday, zone=zone, given=given(arranged.asked))
    return Week(planned, made, _choosable(application, planned))


def again(interview: Interview, *, week: date | None, zone: ZoneInfo, now: datetime) -> Grid:
    """The same for an interview that is booked and shall move: its own time counts as free."""
    monday = monday_of(week or interview.starts_at.astimezone(zone).date())
    search = availability.search(
        interview.application,
        [availability.need_again(interview)],
        now=now,
        earliest=monday,
        latest=monday + 6 * DAY,
        leaving_out=[interview.pk],
    )
    return grid(search, monday=monday, zone=zone)


def given(asked: BookingRequest | None) -> list[spans.Span] | None:
    """When the candidate said they can, if they were asked and have."""
    return request_times.times_of(asked) if asked and asked.times else None


def offered(
    application: Application,
    planned_ids: Sequence[int],
    *,
    earliest: date,
    latest: date,
    notice_hours: int,
    breaks: tuple[int, int],
    now: datetime,
) -> Search:
    """What a candidate who is asked like this would choose from."""
    planned = availability.planned_of(application, planned_ids)
    return availability.search(
        application,
        availability.needs_of(planned),
        now=now,
        earliest=earliest,
        latest=latest,
        notice=timedelta(hours=notice_hours),
        same_day=all(each.same_day for each in planned),
        breaks=breaks,
    )


def preview(search: Search) -> list[tuple[date, list[datetime]]]:
    """The offered times by day, by the candidate's clock."""
    days: dict[date, list[datetime]] = {}
    for slot in free_slots(search):
        local = slot.starts_at.astimezone(search.candidate)
        days.setdefault(local.date(), []).append(local)
    return list(days.items())


def interview_to_arrange(user: User, interview_id: int) -> Interview:
    """An interview of an application that this person arranges interviews for."""
    return get_for(
        Interview.objects.select_related(
            "application__candidate",
            "application__stage",
            "application__requisition__organisation__calendar",
            "planned",
            "request",
        )
        .defer("application__candidate__search")
        .prefetch_related(SEATS),
        interview_id,
        user=user,
        permission=SCHEDULE,
    )


def proposal_to_arrange(user: User, proposed_time_id: int) -> ProposedTime:
    """Another time that was proposed for an interview which this person arranges."""
    row = ProposedTime.objects.select_related("seat__user").filter(pk=proposed_time_id).first()
    interview = interview_to_arrange(user, row.interview_id if row is not None else 0)
    assert row is not None
    row.interview = interview
    return row


def proposed_for(interview: Interview, proposed_time_id: int) -> int:
    """The number of a time that was proposed for this interview; `Missing` where it was for another, or none."""
    if not ProposedTime.objects.filter(pk=proposed_time_id, interview=interview).exists():
        raise Missing("There is no such proposal.")
    return proposed_time_id


def _choosable(application: Application, planned: Sequence[PlannedInterview]) -> list[User]:
    if len(planned) != 1:
        return []
    return list(availability.may_sit_in(application, planned[0]))
