"""Other times that people of an interview have proposed, and who could not come then."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from ats.accounts.models import User
from ats.calendars.domain import spans
from candidates.interviews.actions import seat as seating
from candidates.interviews.models import Interview, InterviewSeat, SeatKind
from candidates.people.models import Candidate
from candidates.scheduling.domain.slots import Search, slot_at
from candidates.scheduling.models import ProposedTime
from candidates.scheduling.queries import availability


@dataclass(frozen=True)
class Proposed:
    """A proposal as who arranges it sees it. `ends_at`: the interview's own end then, for its length stays."""

    row: ProposedTime
    interview: Interview
    by: User | Candidate
    ends_at: datetime
    busy: tuple[str, ...]
    is_past: bool

    @property
    def has_other_length(self) -> bool:
        return self.ends_at != self.row.ends_at

    @property
    def is_free(self) -> bool:
        return not self.busy and not self.is_past


def open_of(interviews: Iterable[Interview]) -> list[ProposedTime]:
    """What is open for these, in the order in which it was proposed."""
    numbers = [each.pk for each in interviews]
    if not numbers:
        return []
    rows = ProposedTime.objects.open().filter(interview__in=numbers).select_related("seat__user")
    return list(rows.order_by("proposed_at", "pk"))


def shown(interviews: Sequence[Interview], *, now: datetime) -> list[Proposed]:
    """The same with who could not come; the interviews have their application with them."""
    known = {each.pk: each for each in interviews}
    return [proposed(row, known[row.interview_id], now=now) for row in open_of(interviews)]


def proposed(
    row: ProposedTime, interview: Interview, *, now: datetime, held: frozenset[int] | None = None
) -> Proposed:
    ends_at = row.starts_at + (interview.ends_at - interview.starts_at)
    is_past = row.starts_at <= now
    return Proposed(
        row=row,
        interview=interview,
        by=row.seat.user if row.seat is not None else interview.application.candidate,
        ends_at=ends_at,
        busy=() if is_past else _busy(row, interview, ends_at, _search(row, interview, held=held, now=now)),
        is_past=is_past,
    )


def _search(row: ProposedTime, interview: Interview, *, held: frozenset[int] | None, now: datetime) -> Search:
    return availability.search(
        interview.application,
        [availability.need_again(interview)],
        now=now,
        leaving_out=[interview.pk],
        held=held,
        **availability.days_from(interview.application, row.starts_at),
    )


def _busy(row: ProposedTime, interview: Interview, ends_at: datetime, search: Search) -> tuple[str, ...]:
    """Who could not come then. Whoever proposes a time can, whatever their calendar says, but for another interview."""
    if slot_at(search, [row.starts_at]) is not None:
        return ()
    seats = [seat for seat in seating.seats_of(interview) if seat.kind == SeatKind.INTERVIEWER]
    lacking = [seat for seat in seats if not _can(seat, row, ends_at, search)]
    their_own = any(start < ends_at and end > row.starts_at for start, end in search.taken)
    names = [str(seat.user) for seat in lacking]
    return (*names, interview.application.candidate.name) if their_own else tuple(names)


def _can(seat: InterviewSeat, row: ProposedTime, ends_at: datetime, search: Search) -> bool:
    if seat.pk == row.seat_id:
        others = InterviewSeat.objects.filter(
            user=seat.user_id, released=False, period__overlap=(row.starts_at, ends_at)
        )
        return not others.exclude(interview=seat.interview_id).exists()
    person = search.people.get(seat.user_id)
    return person is not None and spans.holds(person.free, row.starts_at, ends_at)
