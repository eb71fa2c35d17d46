"""Who sits in where, who has sat in often enough, and who is planned alone without."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.internal.queries import kept_people
from candidates.interviews.actions.seat import SCHEDULE
from candidates.interviews.models import Interview, InterviewSeat, InterviewState, SeatKind, Shadowing
from candidates.scorecards.models import Scorecard
from candidates.shadowing.models import AlonePlanned, ShadowingRules
from requisitions.models import PlannedInterview, PoolMember, TeamMember, TeamRole

SITS_IN = (TeamRole.INTERVIEWER, TeamRole.MANAGER, TeamRole.RECRUITER, TeamRole.COORDINATOR)


@dataclass(frozen=True)
class Alone:
    """Somebody who is planned alone and has not sat in often enough: in how many of how many."""

    user: User
    what: str
    seen: int
    needed: int
    seat: InterviewSeat | None = None
    """Where it is booked."""
    planned: PlannedInterview | None = None
    """Where it is only planned."""

    @property
    def interview_id(self) -> int | None:
        return self.seat.interview_id if self.seat else None


@dataclass(frozen=True)
class SitsIn:
    """Somebody who sits in, with what the viewer may read and do."""

    seat: InterviewSeat
    shadowing: Shadowing
    is_own: bool
    reads: bool
    may_confirm: bool


@dataclass(frozen=True)
class OfInterview:
    """What the page of an interview shows of it."""

    interview: Interview
    sits_in: list[SitsIn]
    may_write: bool
    alone: Alone | None
    choosable: list[User]
    arranges: bool
    """Whether the viewer arranges it, and it lies ahead."""


def rules_at(organisation_id: int) -> ShadowingRules | None:
    """What an organisation has said about sitting in; nothing where nobody is asked to."""
    return ShadowingRules.objects.filter(organisation=organisation_id, needed__gt=0).first()


def by_organisation() -> list[tuple[HiringOrganisation, int]]:
    """Every organisation that hires, by name, with its number."""
    rows = HiringOrganisation.objects.filter(is_active=True).select_related("shadowing_rules")
    return [
        (row, row.shadowing_rules.needed if hasattr(row, "shadowing_rules") else 0)
        for row in rows.order_by("name", "pk")
    ]


def seen(user_ids: Iterable[int], organisation_id: int) -> Counter[int]:
    """In how many interviews there each of these people sat in, as whoever sat beside them confirmed."""
    rows = Shadowing.objects.filter(
        seat__user__in=list(user_ids),
        seat__released=False,
        confirmed_at__isnull=False,
        seat__interview__application__requisition__organisation=organisation_id,
    )
    counts = rows.values_list("seat__user").annotate(n=Count("pk")).order_by()
    return Counter(dict(counts))


def sits_in_ahead(user: User | int) -> QuerySet[InterviewSeat]:
    """Where somebody sits in on what is booked."""
    return InterviewSeat.objects.filter(
        user=user, kind=SeatKind.SHADOW, released=False, interview__state=InterviewState.BOOKED
    )


def seats_alone(rows: QuerySet[Interview]) -> list[InterviewSeat]:
    """The seats of those who are alone with the candidate in these interviews, where nobody has confirmed it.

    What is confirmed of the plan holds for what is booked of it.
    """
    takes_part = Q(seats__released=False, seats__kind=SeatKind.INTERVIEWER)
    single = rows.annotate(takers=Count("seats", filter=takes_part)).filter(takers=1).values("pk")
    seats = InterviewSeat.objects.filter(interview__in=single, released=False, kind=SeatKind.INTERVIEWER)
    planned = AlonePlanned.objects.filter(planned=OuterRef("interview__planned"), user=OuterRef("user"))
    open_ = seats.filter(~Exists(planned), alone__isnull=True)
    return list(open_.select_related("user", "interview").order_by("pk"))


def alone_among(seats: Sequence[InterviewSeat], rules: ShadowingRules) -> list[Alone]:
    """Who of them has still to sit in."""
    counts = lacking([seat.user_id for seat in seats], rules)
    return [
        Alone(seat.user, seat.interview.name, counts[seat.user_id], rules.needed, seat)
        for seat in seats
        if seat.user_id in counts
    ]


def lacking(user_ids: Sequence[int], rules: ShadowingRules) -> dict[int, int]:
    """Who of these people has still to sit in there, with how often they have."""
    new = set(user_ids) - _used_to_it(user_ids, rules)
    counts = seen(new, rules.organisation_id)
    return {user: counts[user] for user in new if counts[user] < rules.needed}


def _used_to_it(user_ids: Sequence[int], rules: ShadowingRules) -> set[int]:
    """Who had interviewed there before anybody was asked to sit in, or is trained for a pool there."""
    held = InterviewSeat.objects.filter(
        user__in=user_ids,
        kind=SeatKind.INTERVIEWER,
        released=False,
        interview__state=InterviewState.HELD,
        interview__starts_at__lt=rules.since,
        interview__application__requisition__organisation=rules.organisation_id,
    )
    trained = PoolMember.objects.filter(
        user__in=user_ids, trained_on__isnull=False, pool__organisation=rules.organisation_id
    )
    return set(
        held.order_by().values_list("user").union(trained.values_list("user")).values_list("user", flat=True)
    )


def alone_in(application: Application, *, now: datetime) -> list[Alone]:
    """Who is booked or planned alone for this candidate without having sat in enough; one query where it is off."""
    rules = rules_at(application.requisition.organisation_id)
    if rules is None:
        return []
    ahead = application.interviews.ahead().filter(starts_at__gt=now)
    return alone_among(seats_alone(ahead), rules) + planned_alone(application, rules)


def planned_alone(application: Application, rules: ShadowingRules) -> list[Alone]:
    """Interviews of the plan that are not booked yet, for which it names one such person alone, unconfirmed."""
    there = application.interviews.filter(state__in=[InterviewState.BOOKED, InterviewState.HELD])
    rows = PlannedInterview.objects.filter(
        requisition=application.requisition_id, retired=False, interviewers_needed=1
    ).exclude(pk__in=there.filter(planned__isnull=False).values("planned"))
    named = [(row, list(row.interviewers.all())) for row in rows.prefetch_related("interviewers")]
    confirmed = set(AlonePlanned.objects.filter(planned__in=rows).values_list("planned", "user"))
    single = [(row, people[0]) for row, people in named if len(people) == 1]
    counts = lacking([user.pk for _, user in single], rules)
    return [
        Alone(user, row.name, counts[user.pk], rules.needed, planned=row)
        for row, user in single
        if user.pk in counts and (row.pk, user.pk) not in confirmed
    ]


def choosable(interview: Interview) -> list[User]:
    """Who may sit in: of the hiring team, or of the pool, not in it already, and none who must not know of it."""
    team = TeamMember.objects.filter(requisition=interview.application.requisition_id, role__in=SITS_IN)
    pool = PoolMember.objects.filter(pool__planned_interviews=interview.planned_id or 0)
    there = interview.seats.filter(released=False).values("user")
    rows = User.objects.filter(Q(pk__in=team.values("user")) | Q(pk__in=pool.values("user")), is_active=True)
    kept = kept_people(interview.application_id)
    return list(rows.exclude(pk__in=there).exclude(pk__in=kept).order_by("name", "pk"))


def has_begun(interview: Interview, now: datetime) -> bool:
    """Whether there is something to write down."""
    return interview.starts_at <= now and interview.state in {InterviewState.BOOKED, InterviewState.HELD}


def was_held(interview: Interview, now: datetime) -> bool:
    """Whether there is something to confirm."""
    return has_begun(interview, now) and interview.ends_at <= now


def of_interview(interview: Interview, user: User, *, now: datetime) -> OfInterview:
    """What this person sees of it on the interview's page."""
    seats = interview.seats.filter(released=False).select_related("user", "shadowing__confirmed_by")
    present = list(seats.order_by("pk"))
    mine = next((seat for seat in present if seat.user_id == user.pk), None)
    arranges = user.has_perm(SCHEDULE, interview)
    ahead = interview.state == InterviewState.BOOKED and interview.starts_at > now
    shadows = [seat for seat in present if seat.kind == SeatKind.SHADOW]
    return OfInterview(
        interview=interview,
        sits_in=_sits_in(shadows, user, mine, interview, arranges=arranges, now=now) if shadows else [],
        may_write=has_begun(interview, now),
        alone=alone_at(interview) if arranges and ahead else None,
        choosable=choosable(interview) if arranges and ahead else [],
        arranges=arranges and ahead,
    )


def _sits_in(
    shadows: Sequence[InterviewSeat],
    user: User,
    mine: InterviewSeat | None,
    interview: Interview,
    *,
    arranges: bool,
    now: datetime,
) -> list[SitsIn]:
    """Who owes evidence of their own reads nobody else's first, not even this."""
    beside = mine is not None and mine.kind == SeatKind.INTERVIEWER
    owes = Scorecard.objects.owed().filter(application=interview.application_id, interviewer=user).exists()
    reads = (beside or arranges) and not owes
    return [
        SitsIn(
            seat,
            seat.shadowing,
            is_own=seat.user_id == user.pk,
            reads=seat.user_id == user.pk or reads,
            may_confirm=beside and was_held(interview, now) and not seat.shadowing.word,
        )
        for seat in shadows
    ]


def alone_at(interview: Interview) -> Alone | None:
    """Who is alone with the candidate there, has not sat in often enough, and is not confirmed."""
    rules = rules_at(interview.application.requisition.organisation_id)
    if rules is None:
        return None
    return next(iter(alone_among(seats_alone(Interview.objects.filter(pk=interview.pk)), rules)), None)
