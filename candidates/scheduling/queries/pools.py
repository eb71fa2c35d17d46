"""Who could take somebody's seat: first others of the pool, then of the hiring team; and which seats want one."""

from dataclasses import dataclass

from ats.accounts.models import User
from ats.calendars.domain import spans
from ats.kernel.errors import Conflict, Invalid
from ats.kernel.languages import Words
from ats.kernel.staff_words import gettext, gettext_lazy
from candidates.internal.queries import kept_people
from candidates.interviews.actions.reply import substituting
from candidates.interviews.models import Interview
from candidates.scheduling.domain.person import Person
from candidates.scheduling.domain.slots import PoolPlace
from candidates.scheduling.queries import availability, interviewers
from requisitions.models import TeamMember, TeamRole

SITS_IN = (TeamRole.INTERVIEWER, TeamRole.MANAGER, TeamRole.RECRUITER)
"""Team roles that are proposed for a seat."""
OF_THE_POOL, OF_THE_PLAN = gettext_lazy("of the pool"), gettext_lazy("of the plan")


@dataclass(frozen=True)
class Substitute:
    """Somebody who can take a seat; `member_id` where it is as a member of the plan's pool."""

    user: User
    member_id: int | None
    why: Words


@substituting
def substitutes(interview: Interview) -> list[Substitute]:
    """Who is free at that time and may take part: of the pool, least loaded first, then of the team."""
    return [each for each, free in _possible(interview) if free]


def substitute(interview: Interview, user_id: int) -> Substitute:
    """This person for a seat of the interview; `Conflict` if they are not free then."""
    for each, free in _possible(interview):
        if each.user.pk == user_id:
            if not free:
                raise Conflict(gettext("%(user)s is not free at that time.") % {"user": each.user})
            return each
    raise Invalid(
        gettext("Only people of the plan, its pool or the hiring team can interview."), field="user_id"
    )


def _possible(interview: Interview) -> list[tuple[Substitute, bool]]:
    """Everybody who may take part and does not yet, and whether they can at that time."""
    planned = interview.planned
    there = set(interview.seats.filter(released=False).values_list("user", flat=True))
    places = {place.user_id: place for place in availability.places_in(planned.pool_id if planned else None)}
    always = {user.pk for user in planned.interviewers.all()} if planned else set()
    team = set(
        TeamMember.objects.filter(
            requisition=interview.application.requisition_id, role__in=SITS_IN
        ).values_list("user", flat=True)
    )
    people = interviewers.people(
        (places.keys() | always | team) - there - kept_people(interview.application_id),
        calendar=interview.application.calendar,
        since=interview.starts_at - spans.DAY,
        until=interview.ends_at + spans.DAY,
    )
    found = []
    for number, person in people.items():
        place = None if number in always else _ready(places.get(number), person, interview)
        if place is None and number not in always | team:
            continue
        why = (
            OF_THE_POOL if place else OF_THE_PLAN if number in always else gettext_lazy("of the hiring team")
        )
        each = Substitute(person.user, place.member_id if place else None, why)
        found.append((each, _can(person, place, interview), person))
    found.sort(key=lambda row: _rank(row[0], row[2], interview))
    return [(each, free) for each, free, _ in found if each.user.is_active]


def _ready(place: PoolPlace | None, person: Person, interview: Interview) -> PoolPlace | None:
    """Their place in the pool, if they are trained, and not away, on that day where they are."""
    if place is None or interview.starts_at.astimezone(person.user.zone).date() < place.since:
        return None
    return place


def _can(person: Person, place: PoolPlace | None, interview: Interview) -> bool:
    week = person.week(interview.starts_at)
    if place is not None and person.shares[place.member_id, week] >= place.weekly_limit:
        return False
    return spans.holds(person.free, interview.starts_at, interview.ends_at)


def _rank(each: Substitute, person: Person, interview: Interview) -> tuple[int, int, int, int, int]:
    order = 0 if each.why == OF_THE_PLAN else 1 if each.why == OF_THE_POOL else 2
    return (order, *person.burden(interview.starts_at), each.user.pk)
