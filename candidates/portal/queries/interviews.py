"""What a candidate sees of their interviews: what is booked, what waits for their choice, what they can choose."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Prefetch
from django.utils.translation import gettext

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.rows import showing
from candidates.applications.models import Application, ApplicationState
from candidates.interviews.models import Interview, InterviewSeat
from candidates.people.models import Candidate
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import change_times, request_times
from candidates.scheduling.domain.slots import Search, Slot, free_slots
from candidates.scheduling.models import BookingRequest, RequestedInterview
from candidates.scheduling.queries import availability

SEATS = Prefetch(
    "seats",
    queryset=InterviewSeat.objects.filter(released=False).select_related("user").order_by("kind", "pk"),
    to_attr="present",
)
WITH_WHOM = Prefetch(
    "seats",
    queryset=showing(
        InterviewSeat.objects.filter(released=False), "interview_id", "kind", "user__name"
    ).order_by("kind", "pk"),
    to_attr="present",
)
LISTED = ("application_id", "planned_id", "request_id", "name", "format", "starts_at", "ends_at")
"""What a line of the portal says of an interview."""
WANTED = Prefetch(
    "wanted", queryset=RequestedInterview.objects.select_related("planned").order_by("position")
)


PER_DAY, PER_DAY_IN_A_ROW = 6, 4
"""How many times of a day are offered: a choice, not a timetable."""


@dataclass
class Arranged:
    """What is arranged for one application: the interviews that are ahead, and the question that is open."""

    interviews: list[Interview] = field(default_factory=list)
    asked: BookingRequest | None = None

    @property
    def names(self) -> str:
        """What the open question is for, without what has been booked for it already."""
        if self.asked is None:
            return ""
        there = {each.planned_id for each in self.interviews if each.request_id == self.asked.pk}
        wanted = (row.planned for row in self.asked.wanted.all())
        names = [each for each in wanted if each.pk not in there]
        return request_times.names_of(names, and_=gettext("and"))


def arranged_of(
    application_ids: Iterable[int], *, now: datetime, booked: bool, asked: bool
) -> dict[int, Arranged]:
    """By application; two queries for what is booked, two for what is asked, where there is any."""
    ids, found = list(application_ids), defaultdict[int, Arranged](Arranged)
    if booked:
        rows = Interview.objects.ahead().filter(application__in=ids, ends_at__gt=now).only(*LISTED)
        for interview in rows.prefetch_related(WITH_WHOM).order_by("starts_at", "pk"):
            found[interview.application_id].interviews.append(interview)
    if asked:
        requests = BookingRequest.objects.live().filter(application__in=ids, expires_at__gt=now)
        for request in requests.prefetch_related(WANTED):
            found[request.application_id].asked = request
    return found


def arranged_now(application: Application, *, now: datetime) -> Arranged | None:
    """What is arranged for this one, in place of a question that is over; nothing once it is decided."""
    if application.state != ApplicationState.ACTIVE:
        return None
    return arranged_of([application.pk], now=now, booked=True, asked=True).get(application.pk)


def request_of(candidate: Candidate, request_id: int) -> BookingRequest:
    """What this candidate was asked; `Missing` if it was another, or nobody."""
    request = (
        BookingRequest.objects.select_related(
            "application__candidate",
            "application__stage",
            "application__requisition__recruiter",
            "application__requisition__organisation__calendar",
            "application__requisition__location",
            "asked_by",
        )
        .defer("application__candidate__search")
        .filter(pk=request_id, application__candidate=candidate)
        .first()
    )
    if request is None:
        raise Missing(f"Candidate {candidate.pk} was not asked {request_id}.")
    return request


def interview_of(candidate: Candidate, interview_id: int) -> Interview:
    """This candidate's interview; `Missing` if it is another's, or nobody's."""
    interview = (
        Interview.objects.select_related(
            "application__candidate",
            "application__requisition__recruiter",
            "application__requisition__organisation__calendar",
            "application__requisition__location",
            "planned",
            "request",
        )
        .defer("application__candidate__search")
        .prefetch_related(SEATS)
        .filter(pk=interview_id, application__candidate=candidate)
        .first()
    )
    if interview is None:
        raise Missing(f"Candidate {candidate.pk} has no interview {interview_id}.")
    return interview


@dataclass(frozen=True)
class Part:
    """One interview as it is offered or asked for: what, how long, with whom where that is settled."""

    name: str
    purpose: str
    minutes: int
    format: str
    people: list[User]
    needed: int


@dataclass(frozen=True)
class Offer:
    """What can be chosen from, day by day where the candidate is."""

    search: Search
    parts: list[Part]
    days: list[tuple[date, list[Slot]]]

    @property
    def is_row(self) -> bool:
        return len(self.parts) > 1


def parts_of(request: BookingRequest) -> list[Part]:
    return [
        Part(
            name=planned.name,
            purpose=planned.purpose,
            minutes=planned.minutes,
            format=planned.get_format_display(),
            people=sorted(planned.interviewers.all(), key=lambda user: user.pk),
            needed=planned.interviewers_needed,
        )
        for planned in availability.wanted(request)
    ]


def offer_of(request: BookingRequest, *, zone: ZoneInfo, now: datetime) -> Offer:
    """The times that this candidate can choose from, as they are free at this moment."""
    search = availability.for_request(request, now=now, zone=zone)
    parts = parts_of(request)
    per_day = PER_DAY if len(parts) == 1 else PER_DAY_IN_A_ROW
    return Offer(search, parts, by_day(free_slots(search, per_day=per_day), zone))


def other_times(interview: Interview, *, zone: ZoneInfo, now: datetime) -> list[tuple[date, list[Slot]]]:
    """The times to which this interview can be moved."""
    slots = free_slots(change_times.search_again(interview, now=now), per_day=PER_DAY)
    return by_day([slot for slot in slots if slot.starts_at != interview.starts_at], zone)


def by_day(slots: Iterable[Slot], zone: ZoneInfo) -> list[tuple[date, list[Slot]]]:
    days: dict[date, list[Slot]] = defaultdict(list)
    for slot in slots:
        days[slot.starts_at.astimezone(zone).date()].append(slot)
    return sorted(days.items())


def may_change(interview: Interview, *, now: datetime) -> bool:
    return interview.state == "booked" and now <= booking.changeable_until(interview)


def seats_in(interview: Interview) -> list[InterviewSeat]:
    """Whom the candidate meets, of an interview that was fetched here."""
    return interview.present  # type: ignore[attr-defined]
