"""When people work, what takes their time already, and what is left: in four queries for any number of them."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db.models import OuterRef, Subquery

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.calendars.domain.spans import MINUTE, Span
from ats.calendars.queries import blocked_times, hours_of, working_spans
from ats.organisation.models import WorkingCalendar
from candidates.applications.models import Application
from candidates.interviews.models import InterviewSeat, SeatKind
from candidates.scheduling.domain import given
from candidates.scheduling.domain.person import Person
from candidates.scheduling.models import AvailabilityRequest, AvailabilityState


def people(
    user_ids: Iterable[int],
    *,
    calendar: WorkingCalendar,
    since: datetime,
    until: datetime,
    leaving_out: Iterable[int] = (),
    application: Application | None = None,
) -> dict[int, Person]:
    """These people's time between two moments, by their number; who has left has none.

    `leaving_out` are interviews that count as if they were not there: those that are to be moved. Whoever said when
    they can meet the candidate of this application works for it at those times, and at no others.
    """
    theirs = AvailabilityRequest.objects.filter(
        application=application, interviewer=OuterRef("pk"), state=AvailabilityState.GIVEN
    )
    rows = User.objects.filter(pk__in=set(user_ids)).annotate(
        given_times=Subquery(theirs.values("times")[:1])
    )
    users = list(rows.select_related("working_hours").order_by("pk"))
    ids = [user.pk for user in users]
    leaving_out = set(leaving_out)
    booked: dict[int, list[Span]] = defaultdict(list)
    loads: dict[int, Counter[date]] = defaultdict(Counter)
    sits_in: dict[int, Counter[date]] = defaultdict(Counter)
    shares: dict[int, Counter[tuple[int, date]]] = defaultdict(Counter)
    week = timedelta(days=8)  # weeks are counted whole, wherever their Monday begins
    for user, interview, kind, member, monday, period in InterviewSeat.objects.filter(
        user__in=ids, released=False, period__overlap=(since - week, until + week)
    ).values_list("user", "interview", "kind", "pool_member", "week", "period"):
        if interview in leaving_out:
            continue
        booked[user].append((period.lower, period.upper))
        counted = sits_in if kind == SeatKind.SHADOW else loads
        counted[user][monday] += 1
        if member is not None:
            shares[user][member, monday] += 1
    blocked = blocked_times(ids, since=since, until=until)
    found = {}
    for user in users:
        hours = _hours(user, calendar, since, until) if user.is_active else []
        taken = booked[user.pk] + blocked[user.pk]
        own = hours_of(user)
        buffer = own.buffer_minutes * MINUTE if own else timedelta()
        found[user.pk] = Person(
            user=user,
            hours=hours,
            busy=spans.both(spans.joined(taken), [(since, until)]),
            free=spans.without(hours, spans.widened(taken, buffer)),
            loads=loads[user.pk],
            sits_in=sits_in[user.pk],
            shares=shares[user.pk],
        )
    return found


def _hours(user: User, calendar: WorkingCalendar, since: datetime, until: datetime) -> list[Span]:
    """When they can at all: at the times that they gave, else when they work."""
    times = user.given_times  # type: ignore[attr-defined]
    if times is None:
        return working_spans(user, calendar=calendar, since=since, until=until)
    return spans.both(given.read(times), [(since, until)])
