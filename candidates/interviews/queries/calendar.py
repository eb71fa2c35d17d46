"""What the calendar shows: one's own interviews or the team's, of a week or a day; two queries for any number."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from ats.accounts.models import User
from ats.kernel.errors import Missing
from candidates.interviews.models import Interview, InterviewSeat, InterviewState
from candidates.interviews.queries.substitutes import wanting_substitutes

SHOWN = (InterviewState.BOOKED, InterviewState.HELD, InterviewState.NO_SHOW)
WORKDAYS, WEEK = 5, 7
HOURS = range(9, 17)
"""Hours that are shown even where nothing is in them."""


@dataclass(frozen=True)
class Window:
    """The days that are looked at, where the viewer is."""

    first: date
    days: int
    zone: ZoneInfo

    @classmethod
    def around(cls, day: date, *, whole_week: bool, zone: ZoneInfo) -> "Window":
        if not whole_week:
            return cls(day, 1, zone)
        return cls(day - timedelta(days=day.weekday()), WEEK, zone)

    @property
    def since(self) -> datetime:
        return datetime.combine(self.first, time(), tzinfo=self.zone)

    @property
    def until(self) -> datetime:
        return datetime.combine(self.first + timedelta(days=self.days), time(), tzinfo=self.zone)


@dataclass(frozen=True)
class Entry:
    """An interview as the calendar shows it."""

    id: int
    name: str
    state: str
    starts_at: datetime
    ends_at: datetime
    candidate: str
    requisition_id: int
    role: str
    people: tuple[tuple[int, str], ...]
    declined: tuple[str, ...]
    mine: bool


@dataclass(frozen=True)
class Day:
    date: date
    hours: list[tuple[int, list[Entry]]]
    """Each hour in which something begins, with what does."""

    @property
    def count(self) -> int:
        return sum(len(entries) for _, entries in self.hours)


@dataclass(frozen=True)
class Calendar:
    days: list[Day]
    hours: range
    count: int
    roles: list[tuple[int, str]]
    people: list[tuple[int, str]]


def calendar(
    user: User, window: Window, *, mine: bool, requisition_id: int | None, person_id: int | None
) -> Calendar:
    """The window's interviews that this person may see, and by what they can be narrowed."""
    found = _entries(user, window, mine=mine)
    roles = sorted({(each.requisition_id, each.role) for each in found}, key=lambda row: row[1].lower())
    people = sorted({person for each in found for person in each.people}, key=lambda row: row[1].lower())
    entries = [
        each
        for each in found
        if (requisition_id is None or each.requisition_id == requisition_id)
        and (person_id is None or any(number == person_id for number, _ in each.people))
    ]
    days = _days(entries, window)
    begins = [hour for day in days for hour, _ in day.hours]
    return Calendar(
        days=days,
        hours=range(min([*begins, HOURS.start]), max([*begins, HOURS.stop - 1]) + 1),
        count=len(entries),
        roles=roles,
        people=people,
    )


def _days(entries: list[Entry], window: Window) -> list[Day]:
    """Monday to Friday, and the weekend where there is something on it."""
    by_hour: dict[date, dict[int, list[Entry]]] = defaultdict(lambda: defaultdict(list))
    for each in entries:
        by_hour[each.starts_at.date()][each.starts_at.hour].append(each)
    dates = [window.first + timedelta(days=number) for number in range(window.days)]
    weekend = any(each in by_hour for each in dates[WORKDAYS:])
    return [
        Day(each, sorted(by_hour[each].items()))
        for number, each in enumerate(dates)
        if number < WORKDAYS or weekend
    ]


def _entries(user: User, window: Window, *, mine: bool) -> list[Entry]:
    rows = Interview.objects.filter(starts_at__gte=window.since, starts_at__lt=window.until, state__in=SHOWN)
    taking_part = Exists(_seats().filter(interview=OuterRef("pk"), user=user))
    rows = rows.filter(taking_part) if mine else rows.visible_to(user)
    found = list(
        rows.order_by("starts_at", "pk").values_list(
            "pk",
            "name",
            "state",
            "starts_at",
            "ends_at",
            "application__candidate__first_name",
            "application__candidate__last_name",
            "application__requisition",
            "application__requisition__title",
        )
    )
    seats: dict[int, list[tuple[int, str, str]]] = defaultdict(list)
    for interview, person, name, email, reply in (
        # By their days and not by their numbers: hundreds of those take long to send and to look up.
        _seats()
        .filter(interview__starts_at__gte=window.since, interview__starts_at__lt=window.until)
        .order_by("pk")
        .values_list("interview", "user", "user__name", "user__email", "reply")
    ):
        seats[interview].append((person, name or email, reply))
    return [_entry(row, seats[row[0]], user, window.zone) for row in found]


def _entry(row: tuple[Any, ...], seats: list[tuple[int, str, str]], user: User, zone: ZoneInfo) -> Entry:
    return Entry(
        id=row[0],
        name=row[1],
        state=row[2],
        starts_at=row[3].astimezone(zone),
        ends_at=row[4].astimezone(zone),
        candidate=f"{row[5]} {row[6]}".strip(),
        requisition_id=row[7],
        role=row[8],
        people=tuple((person, name) for person, name, _ in seats),
        declined=tuple(name for _, name, reply in seats if reply == "declined"),
        mine=any(person == user.pk for person, _, _ in seats),
    )


def _seats() -> Any:
    return InterviewSeat.objects.filter(released=False)


def interview_for(user: User, interview_id: int) -> Interview:
    """The interview with all that its page shows, if this person may see it."""
    rows = Interview.objects.visible_to(user).select_related(
        "application__candidate", "application__requisition__organisation__calendar"
    )
    interview = rows.defer("application__candidate__search").filter(pk=interview_id).first()
    if interview is None:
        raise Missing(f"No interview with the number {interview_id} is visible.")
    return interview


def seats_of(interview: Interview) -> list[InterviewSeat]:
    return list(_seats().filter(interview=interview).select_related("user").order_by("pk"))


def wanting(interview: Interview) -> list[InterviewSeat]:
    """The seats of those who cannot take part, while it lies ahead."""
    return list(wanting_substitutes().filter(interview=interview).select_related("user").order_by("pk"))


@dataclass(frozen=True)
class KitPart:
    """What is asked about one criterion, or about none of them."""

    name: str
    why: str
    is_must: bool
    questions: list[dict[str, Any]]


def kit_of(interview: Interview) -> list[KitPart]:
    """The kit as it was when the interview was booked (see `requisitions.interview_plan.domain.kits.snapshot`)."""
    questions: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for question in interview.kit.get("questions", []):
        questions[question.get("criterion")].append(question)
    parts = [
        KitPart(each["name"], each.get("why", ""), bool(each.get("is_must")), questions.pop(each["id"], []))
        for each in interview.kit.get("criteria", [])
    ]
    rest = [question for several in questions.values() for question in several]
    return [*parts, KitPart("More to ask" if parts else "To ask", "", False, rest)] if rest else parts
