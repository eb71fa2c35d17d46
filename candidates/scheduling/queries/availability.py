"""What is known of everybody whom an interview needs: eight queries, however many people that are."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.calendars.domain.spans import DAY, MINUTE, Span
from ats.kernel.access import lock, lock_all
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.internal.queries import kept_people, stand_ins
from candidates.interviews.models import Interview, InterviewState, SeatKind
from candidates.interviews.queries.facts import candidate_zone
from candidates.people.models import Candidate
from candidates.scheduling.domain.slots import Need, PoolPlace, Search
from candidates.scheduling.models import BookingRequest
from candidates.scheduling.queries import interviewers
from requisitions.models import PlannedInterview, PoolMember, TeamMember, TeamRole

if TYPE_CHECKING:
    from django.db.models import QuerySet

DAYS_AHEAD = 14
"""How many days are looked through where nobody says otherwise: ten working days."""
FARTHEST = 366 * DAY
"""Nothing is booked further ahead than this."""


def planned_of(application: Application, planned_ids: Sequence[int]) -> list[PlannedInterview]:
    """These interviews of the application's plan, in this order; `Invalid` for one that is not in it."""
    rows = PlannedInterview.objects.filter(
        requisition=application.requisition_id, pk__in=planned_ids, retired=False
    ).prefetch_related("interviewers")
    found = {planned.pk: planned for planned in rows}
    missing = [number for number in planned_ids if number not in found]
    if missing or not planned_ids or len(set(planned_ids)) < len(planned_ids):
        raise Invalid(gettext("Choose interviews of this role's plan."), field="planned")
    return [found[number] for number in planned_ids]


def hold(application_id: int, planned_ids: Iterable[int], *, beside: Iterable[int] = ()) -> frozenset[int]:
    """Let nobody else book whoever may take part, nor the candidate, until this transaction ends: whom it holds.

    Two bookings that share anybody wait for each other here, before either holds its application.
    """
    rows = PlannedInterview.objects.filter(pk__in=list(planned_ids)).prefetch_related("interviewers")
    return _hold(application_id, frozenset(beside).union(*map(people_of, rows)))


def hold_again(interview_id: int) -> frozenset[int]:
    """`hold` for an interview that is to be moved: whoever is in it, and the pools that they come from."""
    rows = Interview.objects.select_related("planned").prefetch_related("seats__pool_member")
    interview = rows.filter(pk=interview_id).first()
    if interview is None:
        return frozenset()
    seats = interview.seats.all()
    pools = {seat.pool_member.pool_id for seat in seats if seat.pool_member is not None}
    others = PoolMember.objects.filter(pool__in=pools).values_list("user", flat=True)
    return _hold(interview.application_id, frozenset({seat.user_id for seat in seats} | set(others)))


def _hold(application_id: int, user_ids: frozenset[int]) -> frozenset[int]:
    lock_all(User, user_ids)
    whose = Application.objects.filter(pk=application_id).values_list("candidate", flat=True).first()
    lock(Candidate, whose or 0)
    return user_ids


def needs_of(planned: Sequence[PlannedInterview]) -> tuple[Need, ...]:
    """Who is needed for each: those who always take part, and as many of the pool as are left to fill."""
    pools: dict[int, list[PoolPlace]] = {}
    ids = [each.pool_id for each in planned if each.pool_id]
    for member in _trained(ids):
        pools.setdefault(member.pool_id, []).append(_place(member))
    return tuple(_need(each, pools.get(each.pool_id or 0, [])) for each in planned)


def places_in(pool_id: int | None) -> list[PoolPlace]:
    """Who of this pool could take part, each from which day on."""
    return [_place(member) for member in _trained([pool_id] if pool_id else [])]


def _trained(pool_ids: Sequence[int]) -> "QuerySet[PoolMember]":
    return PoolMember.objects.filter(pool__in=pool_ids, trained_on__isnull=False, user__is_active=True)


def _place(member: PoolMember) -> PoolPlace:
    assert member.trained_on is not None
    back = member.paused_until + DAY if member.paused_until else member.trained_on
    since = max(member.trained_on, back)
    return PoolPlace(member.pk, member.user_id, member.weekly_limit, since)


def _need(planned: PlannedInterview, pool: list[PoolPlace]) -> Need:
    fixed = tuple(sorted(user.pk for user in planned.interviewers.all()))
    missing = max(0, planned.interviewers_needed - len(fixed))
    if missing and len(pool) < missing:
        raise Invalid(
            gettext("Too few people are named for %(planned)s: see the interview plan.")
            % {"planned": planned.name},
            field="planned",
        )
    return Need(planned.pk, planned.name, planned.minutes, fixed, tuple(pool) if missing else (), missing)


def need_as_given(planned: PlannedInterview, user_ids: Sequence[int]) -> Need:
    """The interview with people whom somebody has chosen already; a pool's member takes part as one."""
    return Need(
        planned.pk,
        planned.name,
        planned.minutes,
        tuple(sorted(set(user_ids))),
        members=members_among(planned, user_ids),
    )


def members_among(planned: PlannedInterview | None, user_ids: Iterable[int]) -> dict[int, int]:
    """Who of these people takes part as a member of the plan's pool: the member's number by user."""
    if planned is None or planned.pool_id is None:
        return {}
    always = {user.pk for user in planned.interviewers.all()}
    rows = PoolMember.objects.filter(pool=planned.pool_id, user__in=set(user_ids) - always)
    return dict(rows.values_list("user", "pk"))


def people_of(planned: PlannedInterview) -> set[int]:
    """Everybody whom the plan names for this interview: those who always take part, and its pool."""
    pool = PoolMember.objects.filter(pool=planned.pool_id or 0).values_list("user", flat=True)
    return {*(user.pk for user in planned.interviewers.all()), *pool}


def may_sit_in(application: Application, planned: PlannedInterview) -> "QuerySet[User]":
    """Who can take part in it: people of the plan, its pool, the hiring team, and who stands in."""
    team = TeamMember.objects.filter(requisition=application.requisition_id)
    ids = people_of(planned) | set(team.exclude(role=TeamRole.STAKEHOLDER).values_list("user", flat=True))
    ids = (ids | stand_ins(application.pk)) - kept_people(application.pk)
    return User.objects.filter(pk__in=ids, is_active=True).order_by("name", "pk")


def need_again(interview: Interview) -> Need:
    """The same interview at another time: whoever came from a pool may be another of it, but for who sits in."""
    present = list(interview.seats.filter(released=False).select_related("pool_member"))
    seats = [seat for seat in present if seat.kind == SeatKind.INTERVIEWER]
    sits_in = {seat.user_id for seat in present} - {seat.user_id for seat in seats}
    fixed = tuple(sorted(seat.user_id for seat in seats if seat.pool_member_id is None))
    pooled = [seat for seat in seats if seat.pool_member_id is not None]
    member = pooled[0].pool_member if pooled else None
    pool = places_in(member.pool_id) if member is not None else []
    pool = [place for place in pool if place.user_id not in sits_in]
    minutes = int((interview.ends_at - interview.starts_at) / MINUTE)
    prefer = frozenset(seat.user_id for seat in pooled)
    return Need(interview.planned_id, interview.name, minutes, fixed, tuple(pool), len(pooled), prefer)


def search(
    application: Application,
    needs: Sequence[Need],
    *,
    now: datetime,
    earliest: date | None = None,
    latest: date | None = None,
    notice: timedelta = timedelta(),
    same_day: bool = True,
    within: list[Span] | None = None,
    breaks: tuple[int, int] = (0, 30),
    leaving_out: Iterable[int] = (),
    zone: ZoneInfo | None = None,
    held: frozenset[int] | None = None,
) -> Search:
    """Look at everybody's time from `earliest` to `latest`, days of the office (today and two weeks on).

    `Invalid` for days more than a year ahead. Whoever books says whom they have `hold` of.
    """
    calendar = application.requisition.organisation.calendar
    today = now.astimezone(calendar.zone).date()
    first = max(earliest or today, today if same_day else today + DAY)
    last = latest or today + DAYS_AHEAD * DAY
    if max(first, last) > today + FARTHEST + DAYS_AHEAD * DAY:
        raise Invalid(gettext("Choose days within the next twelve months."), field="latest")
    needs = _without_kept(application, needs)
    user_ids = sorted(frozenset[int]().union(*(need.user_ids for need in needs)))
    if held is not None and not held.issuperset(user_ids):
        raise Conflict(gettext("The interview plan has just been changed: please look at it again."))
    leaving_out = list(leaving_out)
    since = max(now + notice, spans.first_moment(first, calendar.zone))
    until = max(since, spans.day_of(last, calendar.zone)[1])
    return Search(
        needs=tuple(needs),
        people=interviewers.people(
            user_ids,
            calendar=calendar,
            since=since,
            until=until,
            leaving_out=leaving_out,
            application=application,
        ),
        since=since,
        until=until,
        office=calendar.zone,
        candidate=zone or candidate_zone(application),
        taken=_taken(application, since, until, leaving_out),
        within=within,
        shortest_break=breaks[0] * MINUTE,
        longest_break=breaks[1] * MINUTE,
    )


def _without_kept(application: Application, needs: Sequence[Need]) -> list[Need]:
    """Without those from whom the application is kept; `Invalid` where too few are left for an interview."""
    kept = kept_people(application.pk)
    return [_without(need, kept) if kept else need for need in needs]


def _without(need: Need, kept: frozenset[int]) -> Need:
    fixed = tuple(user for user in need.fixed if user not in kept)
    pool = tuple(place for place in need.pool if place.user_id not in kept)
    if len(pool) < need.from_pool or not (fixed or need.from_pool):
        raise Invalid(
            gettext(
                "For %(need)s somebody is named from whom this application is kept: choose who takes part."
            )
            % {"need": need.name},
            field="planned",
        )
    return replace(need, fixed=fixed, pool=pool)


def for_request(
    request: BookingRequest,
    *,
    now: datetime,
    zone: ZoneInfo | None = None,
    within: list[Span] | None = None,
    held: frozenset[int] | None = None,
) -> Search:
    """What a candidate who was asked for a time can choose from."""
    planned = wanted(request)
    return search(
        request.application,
        needs_of(planned),
        now=now,
        earliest=request.earliest,
        latest=request.latest,
        notice=timedelta(hours=request.notice_hours),
        same_day=all(each.same_day for each in planned),
        within=within,
        breaks=(request.shortest_break, request.longest_break),
        zone=zone,
        held=held,
    )


class Days(TypedDict):
    """From which day of the office to which."""

    earliest: date
    latest: date


def days_from(application: Application, moment: datetime) -> Days:
    """Where to look for a time at this moment, and for others after it: from the office's day of it on."""
    day = moment.astimezone(application.requisition.organisation.calendar.zone).date()
    return {"earliest": day, "latest": day + DAYS_AHEAD * DAY}


def wanted(request: BookingRequest) -> list[PlannedInterview]:
    """What is asked for and has not been booked since, in order."""
    booked = Interview.objects.filter(
        request=OuterRef("request"),
        planned=OuterRef("planned"),
        state__in=[InterviewState.BOOKED, InterviewState.HELD],
    )
    rows = request.wanted.exclude(Exists(booked)).select_related("planned")
    return [row.planned for row in rows.prefetch_related("planned__interviewers").order_by("position")]


def _taken(application: Application, since: datetime, until: datetime, leaving_out: list[int]) -> list[Span]:
    """When this person has another interview, for whichever role."""
    rows = Interview.objects.ahead().filter(
        application__candidate=application.candidate_id, starts_at__lt=until, ends_at__gt=since
    )
    return spans.joined(rows.exclude(pk__in=leaving_out).values_list("starts_at", "ends_at"))
