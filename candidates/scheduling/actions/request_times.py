"""Asking a candidate for a time: to pick from what is free, or to say when they can."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext, gettext_lazy, ngettext

from ats.accounts.models import User
from ats.activity.record import CanAct, record
from ats.calendars.domain import spans
from ats.calendars.domain.spans import DAY, MINUTE, Span
from ats.kernel import staff_words
from ats.kernel.errors import Conflict, Invalid, Missing, WrongState
from ats.kernel.languages import later, ours
from ats.kernel.lawful import TOLD, WRITTEN
from ats.mail import outbox
from candidates.applications.actions import fetch
from candidates.applications.actions.fetch import touched
from candidates.applications.models import Application, ApplicationState
from candidates.applications.pages import cards
from candidates.applications.workflow import check_active
from candidates.compose import lawful, letters, words
from candidates.internal.queries import recruiter_of
from candidates.interviews.actions import seat
from candidates.interviews.queries import facts
from candidates.people.models import Candidate
from candidates.scheduling import mails
from candidates.scheduling import workflow as requests
from candidates.scheduling.actions.plan_work import plan_expiry
from candidates.scheduling.domain import given
from candidates.scheduling.domain.slots import free_slots
from candidates.scheduling.models import BookingRequest, BookingState, BookingWay, RequestedInterview
from candidates.scheduling.queries import availability
from requisitions.models import PlannedInterview, Side

VALID_DAYS = 14
MOST_TIMES = 20
LONGEST_NOTE = 1000
LONGEST_BREAK = 240


@transaction.atomic
def ask(
    *,
    application_id: int,
    planned_ids: Sequence[int],
    way: str = BookingWay.PICK,
    by: User,
    now: datetime,
    earliest: date | None = None,
    latest: date | None = None,
    notice_hours: int = 12,
    change_hours: int = 24,
    breaks: tuple[int, int] = (0, 30),
    message: str = "",
) -> BookingRequest:
    """Ask the candidate for a time for these interviews of the plan, in this order on one day.

    They are written to, with the way to their page; it is their move until the last of the days is over.
    What was asked before and not answered is replaced. `Conflict` where nothing is free to be picked.
    """
    application = seat.arranged(application_id, by)
    check_active(application.state)
    planned = availability.planned_of(application, planned_ids)
    _check_not_booked(application, planned)
    said = {"message": message}
    lawful.check(application, said, where="times", what="The message to", uses=WRITTEN)
    zone = application.calendar.zone
    today = now.astimezone(zone).date()
    earliest = max(earliest or today, today)
    latest = latest or earliest + VALID_DAYS * DAY
    _check_terms(earliest, latest, way=way, breaks=breaks, today=today)
    before = application.booking_requests.live().first()
    if before is not None:
        close(before, application, reason="another time is asked for", by=by, now=now, replaced=True)
    request = BookingRequest.objects.create(
        application=application,
        way=way,
        asked_by=by,
        asked_at=now,
        earliest=earliest,
        latest=latest,
        notice_hours=notice_hours,
        change_hours=change_hours,
        shortest_break=breaks[0],
        longest_break=breaks[1],
        expires_at=spans.day_of(latest, zone)[1],
    )
    RequestedInterview.objects.bulk_create(
        RequestedInterview(request=request, planned=each, position=place)
        for place, each in enumerate(planned)
    )
    if way == BookingWay.PICK and not free_slots(availability.for_request(request, now=now), most=1):
        raise Conflict(
            staff_words.gettext(
                "Nothing is free in these days: choose others, or ask when the candidate can."
            )
        )
    _record("booking.asked", request, planned, by=by, now=now, way=ours(request.get_way_display)().lower())
    _write(request, planned, message, by=by, now=now)
    plan_expiry(request)
    touched(application, now=now)
    return request


@transaction.atomic
def take_back(*, request_id: int, reason: str, by: User, now: datetime) -> BookingRequest:
    """Offer these times no longer; finding one is our move again."""
    place = BookingRequest.objects.filter(pk=request_id).values_list("application", flat=True).first()
    application = seat.arranged(place or 0, by)
    request = BookingRequest.objects.select_for_update(no_key=True).get(pk=request_id)
    request.application = application
    said = words.typed(reason)[:300]
    if not said:
        raise Invalid(gettext_lazy("Say why, in a few words."), field="reason")
    what = "Why times are taken back, for"
    lawful.check(application, {"reason": said}, where="interview", what=what, uses=TOLD)
    close(request, application, reason=said, by=by, now=now)
    return request


@transaction.atomic
def give(
    *, request: BookingRequest, times: Sequence[Span], note: str, candidate: Candidate, now: datetime
) -> BookingRequest:
    """The candidate says when they can; also again, with other times, as long as nothing is booked."""
    if request.application.candidate_id != candidate.pk:
        raise Missing(staff_words.gettext("No such question."))
    application = fetch.relocked(request.application)
    request = BookingRequest.objects.select_for_update(no_key=True).get(pk=request.pk)
    request.application = application
    if application.state != ApplicationState.ACTIVE:
        raise WrongState(requests.OVER[BookingState.CANCELLED])
    if request.state != BookingState.GIVEN:
        requests.check(request.state, BookingState.GIVEN)
    if request.expires_at <= now:
        raise WrongState(requests.OVER[BookingState.EXPIRED])
    planned = availability.wanted(request)
    kept = _checked(times, longest=max(each.minutes for each in planned), now=now)
    request.state, request.times = BookingState.GIVEN, given.kept(kept)
    request.note = words.typed(note)[:LONGEST_NOTE]
    request.save(update_fields=["state", "times", "note"])
    _record("booking.given", request, planned, by=candidate, now=now, times=request.times, note=request.note)
    _tell_asker(mails.TIMES_GIVEN, request, planned, now=now)
    touched(application, now=now)
    return request


def expire(request: BookingRequest, application: Application, *, now: datetime) -> None:
    """Nobody chose in time: the candidate keeps the interview, and we owe them other times."""
    requests.check(request.state, BookingState.EXPIRED)
    _settle(request, BookingState.EXPIRED, now=now)
    planned = availability.wanted(request)
    until = words.day(request.last_moment, application.calendar.zone)
    _record("booking.expired", request, planned, by=None, now=now, until=until)
    if application.state == ApplicationState.ACTIVE:
        _tell_asker(mails.NO_TIME_CHOSEN, request, planned, now=now)


def close(
    request: BookingRequest,
    application: Application,
    *,
    reason: str,
    by: CanAct | None,
    now: datetime,
    replaced: bool = False,
) -> None:
    """Offer its times no longer; where they are `replaced`, the candidate still is the one to choose."""
    requests.check(request.state, BookingState.CANCELLED)
    request.application = application
    _settle(request, BookingState.CANCELLED, now=now)
    more = {"replaced": True} if replaced else {}
    _record("booking.cancelled", request, availability.wanted(request), by=by, now=now, reason=reason, **more)


def times_of(request: BookingRequest) -> list[Span]:
    """When the candidate said they can."""
    return given.read(request.times)


def _settle(request: BookingRequest, state: BookingState, *, now: datetime) -> None:
    request.state, request.settled_at = state, now
    request.save(update_fields=["state", "settled_at"])


def _check_not_booked(application: Application, planned: Sequence[PlannedInterview]) -> None:
    there = set(application.interviews.ahead().values_list("planned", flat=True))
    for each in planned:
        if each.pk in there:
            said = staff_words.gettext("%(planned)s is booked already: move it instead.")
            raise Conflict(said % {"planned": each.name})


def _check_terms(earliest: date, latest: date, *, way: str, breaks: tuple[int, int], today: date) -> None:
    if way not in BookingWay.values:
        raise Invalid(staff_words.gettext("Choose how the time is found."), field="way")
    if latest < earliest:
        raise Invalid(
            staff_words.gettext("The last day lies before the first, or has passed."), field="latest"
        )
    if latest > today + 90 * DAY:
        raise Invalid(staff_words.gettext("Offer times within the next three months."), field="latest")
    if not 0 <= breaks[0] <= breaks[1] <= LONGEST_BREAK:
        raise Invalid(
            staff_words.gettext("The longest break cannot be shorter than the shortest."),
            field="longest_break",
        )


def _checked(times: Sequence[Span], *, longest: int, now: datetime) -> list[Span]:
    """What the candidate gave as spans that lie ahead and are long enough for the longest interview."""
    if not times:
        raise Invalid(gettext_lazy("Give at least one time at which you can."), field="times")
    if any(end <= start for start, end in times):
        raise Invalid(gettext_lazy("A time ends before it begins: please check it."), field="times")
    kept = spans.both(spans.joined(times), [(now, now + 365 * DAY)])
    if not kept:
        raise Invalid(gettext_lazy("These times have passed already."), field="times")
    if all(end - start < longest * MINUTE for start, end in kept):
        raise Invalid(
            later(
                lambda: (
                    ngettext(
                        "The interview takes %(minutes)s minute: give at least one time as long.",
                        "The interview takes %(minutes)s minutes: give at least one time as long.",
                        longest,
                    )
                    % {"minutes": longest}
                )
            ),
            field="times",
        )
    return kept[:MOST_TIMES]


def names_of(planned: Sequence[PlannedInterview], *, and_: str = "and") -> str:
    """`Technical conversation, Working together and Meeting the team`."""
    names = [each.name for each in planned]
    return f" {and_} ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))


def _record(
    verb: str,
    request: BookingRequest,
    planned: Sequence[PlannedInterview],
    *,
    by: CanAct | None,
    now: datetime,
    **more: object,
) -> None:
    data = {
        "request_id": request.pk,
        "names": names_of(planned),
        "planned_ids": [each.pk for each in planned],
        "way_code": request.way,
    }
    record(verb, subject=request, by=by, now=now, data=data | more, **request.application.about())


def _write(
    request: BookingRequest, planned: Sequence[PlannedInterview], message: str, *, by: User, now: datetime
) -> None:
    application = request.application
    role = mails.ASKED_TO_PICK if request.way == BookingWay.PICK else mails.ASKED_TO_GIVE
    zone = application.calendar.zone
    promise = cards.owed_to(application)
    wished = [promise.due_at] if promise and promise.side == Side.CANDIDATE else []
    letters.queue(
        role,
        application=application,
        key=f"booking:{request.pk}",
        now=now,
        extra={
            "interview.names": later(lambda: names_of(planned, and_=gettext("and"))),
            "interview.minutes": later(facts.in_minutes, sum(each.minutes for each in planned)),
            "request.by": words.told_day(min([*wished, request.last_moment]), zone),
            "request.until": words.told_day(request.last_moment, zone),
            "message": words.typed(message)[:LONGEST_NOTE],
        },
        sender=by,
    )


def _tell_asker(
    role: str, request: BookingRequest, planned: Sequence[PlannedInterview], *, now: datetime
) -> None:
    application = request.application
    user = request.asked_by if request.asked_by.recruits else recruiter_of(application)
    values = {
        "user.first_name": user.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "interview.names": names_of(planned),
        "note": request.note,
        "link": letters.staff_link(f"/interviews/applications/{application.pk}/"),
    }
    outbox.queue(
        role,
        to=letters.to_user(user),
        message=outbox.write(role, values=values, organisation=None, language=user.language),
        key=f"{role}:{request.pk}:{now.isoformat()}",
        now=now,
        about={"requisition_id": application.requisition_id},
    )
