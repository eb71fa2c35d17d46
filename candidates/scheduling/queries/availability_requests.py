"""Who was asked when they can: what the arranging page shows of it, and what the page on which they say it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Q, QuerySet

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.calendars.domain.spans import DAY, Span
from ats.kernel.access import get_for
from ats.kernel.errors import WrongState
from ats.kernel.staff_words import gettext_lazy
from ats.kernel.when import zone_name
from ats.organisation.domain import working_time
from candidates.applications.models import Application, ApplicationState
from candidates.scheduling.domain.given import Terms
from candidates.scheduling.models import AvailabilityRequest, AvailabilityState
from candidates.scheduling.queries import interviewers

GIVE = "candidates.give_availability"
DAYS_AHEAD = 14
"""For how many days from today times are asked for."""
OVER = gettext_lazy(
    "These times are not needed any more: the interview is booked, or the application has moved on."
)


def live_of(application: Application) -> list[AvailabilityRequest]:
    """Who is asked, or has said, in the order in which they were asked."""
    rows = application.availability_requests.live().select_related("planned", "interviewer")
    return list(rows.order_by("asked_at", "pk"))


def terms_of(request: AvailabilityRequest, *, now: datetime) -> Terms:
    """What times are asked for, by the clock of whoever was asked."""
    zone = request.interviewer.zone
    last = now.astimezone(zone).date() + DAYS_AHEAD * DAY
    return Terms(
        minutes=request.planned.minutes,
        since=now,
        until=spans.day_of(last, zone)[1],
        zone=zone,
        works=partial(working_time.is_working_day, request.application.calendar),
    )


def check_wanted(request: AvailabilityRequest) -> None:
    """Raise WrongState where nobody needs these times any more."""
    if request.state == AvailabilityState.CLOSED or request.application.state != ApplicationState.ACTIVE:
        raise WrongState(OVER)


@dataclass(frozen=True)
class Page:
    """What whoever was asked sees: for whom, how long, by when, and what their time holds already."""

    request: AvailabilityRequest
    terms: Terms
    times: list[Span]
    """What they gave before and still lies ahead."""
    busy: list[tuple[date, list[Span]]]
    zone: str


def page_of(user: User, request_id: int, *, now: datetime) -> Page:
    """`WrongState` where the times are not needed any more."""
    request = get_for(AvailabilityRequest.objects.whole(), request_id, user=user, permission=GIVE)
    check_wanted(request)
    terms = terms_of(request, now=now)
    return Page(
        request=request,
        terms=terms,
        times=[span for span in request.spans if span[0] > now],
        busy=_busy(request, terms),
        zone=zone_name(now.astimezone(user.zone), user.zone),
    )


def _busy(request: AvailabilityRequest, terms: Terms) -> list[tuple[date, list[Span]]]:
    """By day, when interviews and their own calendars take their time."""
    number, since, until = request.interviewer_id, terms.since, terms.until
    person = interviewers.people([number], calendar=request.application.calendar, since=since, until=until)
    days: dict[date, list[Span]] = {}
    for span in person[number].busy:
        days.setdefault(span[0].astimezone(terms.zone).date(), []).append(span)
    return list(days.items())


def asked_of(user: User) -> list[AvailabilityRequest]:
    """What this person has yet to say, soonest due first."""
    rows = (
        AvailabilityRequest.objects.visible_to(user)
        .whole()
        .filter(interviewer=user, state=AvailabilityState.OPEN)
    )
    return list(rows.filter(application__state=ApplicationState.ACTIVE).order_by("due_at", "pk"))


def to_settle(user: User, roles: Sequence[int], *, now: datetime) -> QuerySet[AvailabilityRequest]:
    """What a day holds of them: what `user` is asked; who is overdue or has said, for who arranges in these roles."""
    arranged = Q(state=AvailabilityState.GIVEN) | Q(due_at__lt=now)
    mine = Q(interviewer=user, state=AvailabilityState.OPEN)
    rows = AvailabilityRequest.objects.live().filter(application__state=ApplicationState.ACTIVE)
    return rows.filter(mine | arranged & Q(application__requisition__in=roles)).order_by("due_at", "pk")
