"""Other times that people of an interview have proposed, who could not come then, and whether its place is taken."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.calendars.domain.spans import Span
from candidates.interviews.actions import seat as seating
from candidates.interviews.models import Interview, InterviewSeat, SeatKind
from candidates.people.models import Candidate
from candidates.scheduling.domain.slots import Search, slot_at
from candidates.scheduling.models import ProposedTime
from candidates.scheduling.queries import availability
from requisitions.models import InterviewFormat


@dataclass(frozen=True)
class Proposed:
    """A proposal as who arranges it sees it. `ends_at`: the interview's own end then, for its length stays.

    `place_taken`: another interview is where this one is to be. Whether there is room for both nobody here knows.
    """

    row: ProposedTime
    interview: Interview
    by: User | Candidate
    ends_at: datetime
    busy: tuple[str, ...]
    place_taken: bool
    is_past: bool

    @property
    def has_other_length(self) -> bool:
        return self.ends_at != self.row.ends_at

    @property
    def suits_everybody(self) -> bool:
        return not self.busy and not self.is_past


@dataclass(frozen=True)
class _Known:
    """What is known of everybody of an interview, and of its place, over the days of all that is proposed."""

    search: Search
    seats: list[InterviewSeat]
    elsewhere: dict[int, list[Span]]
    """Other interviews of those who proposed."""
    place: list[Span]
    """Other interviews at the same place."""


def open_of(interviews: Iterable[Interview]) -> list[ProposedTime]:
    """What is open for these, in the order in which it was proposed."""
    numbers = [each.pk for each in interviews]
    if not numbers:
        return []
    rows = ProposedTime.objects.open().filter(interview__in=numbers).select_related("seat__user")
    return list(rows.order_by("proposed_at", "pk"))


def shown(
    rows: Sequence[ProposedTime],
    interviews: Sequence[Interview],
    *,
    now: datetime,
    held: frozenset[int] | None = None,
) -> list[Proposed]:
    """These with who could not come, in a fixed number of queries for each interview.

    The interviews have their application with them; whoever moves one says whom they have `hold` of.
    """
    by_interview: dict[int, list[ProposedTime]] = defaultdict(list)
    for row in rows:
        by_interview[row.interview_id].append(row)
    found = {
        each.row.pk: each
        for interview in interviews
        if (theirs := by_interview.get(interview.pk))
        for each in _of_one(theirs, interview, now=now, held=held)
    }
    return [found[row.pk] for row in rows]


def _of_one(
    rows: Sequence[ProposedTime], interview: Interview, *, now: datetime, held: frozenset[int] | None
) -> list[Proposed]:
    ahead = [row for row in rows if row.starts_at > now]
    known = _known(ahead, interview, now=now, held=held) if ahead else None
    return [_proposed(row, interview, known if row in ahead else None) for row in rows]


def _known(
    rows: Sequence[ProposedTime], interview: Interview, *, now: datetime, held: frozenset[int] | None
) -> _Known:
    since = min(row.starts_at for row in rows)
    until = max(row.starts_at for row in rows) + (interview.ends_at - interview.starts_at)
    days = availability.days_from(interview.application, since)
    days["latest"] = availability.days_from(interview.application, until)["earliest"]
    search = availability.search(
        interview.application,
        [availability.need_again(interview)],
        now=now,
        leaving_out=[interview.pk],
        held=held,
        **days,
    )
    seats = seating.seats_of(interview)
    proposers = {row.seat.user_id for row in rows if row.seat is not None}
    return _Known(
        search, seats, _elsewhere(proposers, interview, (since, until)), _place(interview, (since, until))
    )


def _elsewhere(users: Iterable[int], interview: Interview, span: Span) -> dict[int, list[Span]]:
    found: dict[int, list[Span]] = defaultdict(list)
    others = InterviewSeat.objects.filter(user__in=users, released=False, period__overlap=span)
    for user, period in others.exclude(interview=interview.pk).values_list("user", "period"):
        found[user].append((period.lower, period.upper))
    return found


def _place(interview: Interview, span: Span) -> list[Span]:
    """When other interviews of its organisation are where it is to be."""
    place = interview.place.strip()
    if interview.format != InterviewFormat.ON_SITE or not place:
        return []
    there = Interview.objects.ahead().filter(
        format=InterviewFormat.ON_SITE,
        place__iexact=place,
        application__requisition__organisation=interview.application.requisition.organisation_id,
        starts_at__lt=span[1],
        ends_at__gt=span[0],
    )
    return list(there.exclude(pk=interview.pk).values_list("starts_at", "ends_at"))


def _proposed(row: ProposedTime, interview: Interview, known: _Known | None) -> Proposed:
    ends_at = row.starts_at + (interview.ends_at - interview.starts_at)
    return Proposed(
        row=row,
        interview=interview,
        by=row.seat.user if row.seat is not None else interview.application.candidate,
        ends_at=ends_at,
        busy=_busy(row, interview, ends_at, known) if known else (),
        place_taken=known is not None and _meets(known.place, row.starts_at, ends_at),
        is_past=known is None,
    )


def _busy(row: ProposedTime, interview: Interview, ends_at: datetime, known: _Known) -> tuple[str, ...]:
    """Who could not come then. Whoever proposes a time can, whatever their calendar says, but for another interview."""
    if slot_at(known.search, [row.starts_at]) is not None:
        return ()
    seats = [seat for seat in known.seats if seat.kind == SeatKind.INTERVIEWER]
    names = [str(seat.user) for seat in seats if not _can(seat, row, ends_at, known)]
    their_own = _meets(known.search.taken, row.starts_at, ends_at)
    return (*names, interview.application.candidate.name) if their_own else tuple(names)


def _can(seat: InterviewSeat, row: ProposedTime, ends_at: datetime, known: _Known) -> bool:
    if seat.pk == row.seat_id:
        return not _meets(known.elsewhere.get(seat.user_id, []), row.starts_at, ends_at)
    person = known.search.people.get(seat.user_id)
    return person is not None and spans.holds(person.free, row.starts_at, ends_at)


def _meets(taken: Iterable[Span], starts_at: datetime, ends_at: datetime) -> bool:
    return any(start < ends_at and end > starts_at for start, end in taken)
