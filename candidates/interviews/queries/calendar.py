"""What the calendar shows: one's own interviews or the team's, of a week or a day; one query for any number."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.rows import listed
from ats.kernel.staff_words import gettext
from candidates.applications.queries.sight import KEPT, VISIBLE, viewer
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


class Entry(NamedTuple):
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
    shadows: tuple[int, ...]
    """Who of the people only sits in."""
    mine: bool
    learns: bool
    """Whether the viewer is one of them."""


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
    people = sorted(
        {person for several in {each.people for each in found} for person in several},
        key=lambda row: row[1].lower(),
    )
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


# Who may see which of them is what `visible_to` says (a test holds them together). As a condition of the models
# it makes a list of every application of the house that the viewer may see, to look up the few of these days.
SHOWN_TO = f"""
    SELECT i.id, i.name, i.state, i.starts_at, i.ends_at, c.first_name || ' ' || c.last_name,
           a.requisition_id, r.title, s.people, s.names, s.declined, s.shadows,
           %(user)s = ANY(s.people) AS mine, %(user)s = ANY(s.shadows) AS learns
    FROM candidates_interview i
    JOIN candidates_application a ON a.id = i.application_id
    JOIN candidates_candidate c ON c.id = a.candidate_id
    JOIN requisitions_requisition r ON r.id = a.requisition_id
    LEFT JOIN (
        SELECT s.interview_id, array_agg(s.user_id ORDER BY s.kind, s.id) AS people,
               array_agg(coalesce(nullif(u.name, ''), u.email) ORDER BY s.kind, s.id) AS names,
               array_agg(s.user_id ORDER BY s.id) FILTER (WHERE s.kind = 'shadow') AS shadows,
               array_agg(coalesce(nullif(u.name, ''), u.email) ORDER BY s.id)
                   FILTER (WHERE s.reply = 'declined') AS declined
        FROM candidates_interviewseat s
        JOIN candidates_interview i ON i.id = s.interview_id
        JOIN ats_user u ON u.id = s.user_id
        WHERE NOT s.released AND i.starts_at >= %(since)s AND i.starts_at < %(until)s
        GROUP BY s.interview_id
    ) s ON s.interview_id = i.id
    WHERE i.starts_at >= %(since)s AND i.starts_at < %(until)s AND i.state = ANY(%(states)s)
      AND (%(user)s = ANY(s.people) AND NOT {KEPT} OR NOT %(mine)s AND {VISIBLE})
    ORDER BY i.starts_at, i.id
"""  # noqa: S608


def _entries(user: User, window: Window, *, mine: bool) -> list[Entry]:
    if not user.is_active:
        return []
    values = viewer(user) | {
        "since": window.since,
        "until": window.until,
        "states": [state.value for state in SHOWN],
        "mine": mine,
    }
    return [_entry(*row, zone=window.zone) for row in listed(SHOWN_TO, values)]


def _entry(*row: Any, zone: ZoneInfo) -> Entry:
    id_, name, state, starts, ends, candidate, requisition, role, people, names, declined, shadows, *own = row
    mine, learns = own
    return Entry(
        id_,
        name,
        state,
        starts.astimezone(zone),
        ends.astimezone(zone),
        candidate.strip(),
        requisition,
        role,
        tuple(zip(people or (), names or (), strict=True)),
        tuple(declined or ()),
        tuple(shadows or ()),
        bool(mine),
        bool(learns),
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
        raise Missing(
            gettext("No interview with the number %(interview_id)s is visible.")
            % {"interview_id": interview_id}
        )
    return interview


def seats_of(interview: Interview) -> list[InterviewSeat]:
    return list(_seats().filter(interview=interview).select_related("user").order_by("kind", "pk"))


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
    return (
        [*parts, KitPart(gettext("More to ask") if parts else gettext("To ask"), "", False, rest)]
        if rest
        else parts
    )
