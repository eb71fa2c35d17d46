"""What a celebration says, who took part, and what pages show of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q

from ats.accounts.models import User
from ats.kernel.rows import listed
from candidates.models import KEPT_FROM_ANYBODY, HireRecord, HireState, InterviewState, KeptFrom, ReviewState
from partners.celebrations.domain import lines
from partners.celebrations.domain.lines import Usual
from partners.celebrations.models import Celebration, QuietUser
from partners.checkins.queries.known import groups
from partners.commitments.models import TALLIED
from partners.partnerships.models import Partnership, PartnerSide
from requisitions.models import Requisition, TeamRole

BACK = timedelta(days=730)
MOST = 12
STANDING = (HireState.EXPECTED, HireState.STARTED)

USUAL = f"""
    SELECT percentile_cont(.5) WITHIN GROUP (ORDER BY h.starts_on - r.opened_at::date), count(*)
    FROM candidates_hirerecord h JOIN candidates_application a ON a.id = h.application_id
    JOIN requisitions_requisition r ON r.id = a.requisition_id AND r.opened_at IS NOT NULL
    WHERE r.organisation_id = %(organisation)s AND h.state = ANY(%(standing)s) AND h.starts_on IS NOT NULL
      AND a.decided_at BETWEEN %(since)s AND %(now)s AND a.id <> %(application)s
      AND a.id NOT IN {KEPT_FROM_ANYBODY}
"""  # noqa: S608


@dataclass(frozen=True)
class Shown:
    """A celebration as a page shows it: its line, both bars where it has them, and who took part."""

    celebration: Celebration
    line: str
    bars: tuple[dict[str, int], dict[str, int]] | None
    people: list[User]


def usual(role: Requisition, application_id: int, *, now: datetime) -> Usual:
    """How long the other hires of two years took here; one query."""
    values = {
        "organisation": role.organisation_id,
        "standing": [state.value for state in STANDING],
        "since": now - BACK,
        "now": now,
        "application": application_id,
    }
    ((days, hires),) = listed(USUAL, values)
    return Usual(days or 0, hires)


def standing_hires(requisition_id: int) -> list[HireRecord]:
    """Who comes, or has come, to this role."""
    rows = HireRecord.objects.filter(application__requisition=requisition_id, state__in=STANDING)
    return list(rows.order_by("pk"))


def bars(partnership: Partnership, *, now: datetime) -> dict[str, dict[str, int]]:
    """What each side kept, did late and missed so far."""
    found: dict[str, dict[str, int]] = {side.value: {} for side in PartnerSide}
    for group in groups(partnership.pk, now=now):
        if group.state in TALLIED:
            found[group.side][group.state] = found[group.side].get(group.state, 0) + group.count
    return found


def took_part(partnership: Partnership, applications: Iterable[int]) -> list[User]:
    """The team of the role, and who met these candidates or gave a view on them; whoever is still here, by name.

    Nobody hears of a candidate who must be kept from them.
    """
    many = list(applications)
    team = Q(
        memberships__requisition=partnership.requisition_id,
        memberships__role__in=[TeamRole.RECRUITER, TeamRole.COORDINATOR, TeamRole.MANAGER],
    )
    met = Q(
        interview_seats__interview__application__in=many,
        interview_seats__released=False,
        interview_seats__interview__state=InterviewState.HELD,
    )
    said = Q(reviews__application__in=many, reviews__state=ReviewState.ANSWERED)
    numbers = set()
    for part in (team, met, said):  # each by itself: joined to one another they multiply
        numbers |= set(User.objects.filter(part).values_list("pk", flat=True))
    numbers -= set(KeptFrom.objects.in_force().filter(application__in=many).values_list("user", flat=True))
    return list(User.objects.filter(pk__in=numbers, is_active=True).order_by("name", "pk"))


def quiet(people: Iterable[int]) -> set[int]:
    """Who of them wants none."""
    rows = QuietUser.objects.filter(user__in=list(people))
    return set(rows.values_list("user", flat=True))


def line_of(celebration: Celebration) -> str:
    title = celebration.partnership.requisition.title
    return lines.line(celebration.kind, title, celebration.facts)


def of_partnership(partnership: Partnership) -> list[Shown]:
    """What was celebrated of one role, the newest first; three queries."""
    rows = Celebration.objects.told().filter(partnership=partnership)
    rows = rows.exclude(application__kept_from__in=KeptFrom.objects.in_force())
    return _shown(rows.order_by("-told_at", "-pk")[:MOST], {partnership.pk: partnership})


def mine(user: User) -> list[Shown]:
    """What this person took part in, the newest first; three queries."""
    rows = Celebration.objects.told().filter(people__contains=[user.pk])
    rows = rows.select_related("partnership__requisition")
    return _shown(rows.order_by("-told_at", "-pk")[:MOST], {})


def _shown(rows: Iterable[Celebration], known: dict[int, Partnership]) -> list[Shown]:
    found = list(rows)
    numbers = {number for row in found for number in row.people}
    hidden = quiet(numbers) if numbers else set()
    people = User.objects.in_bulk(numbers - hidden) if numbers - hidden else {}
    for row in found:
        row.partnership = known.get(row.partnership_id) or row.partnership
    return [
        Shown(
            row,
            line_of(row),
            (row.facts["recruiter"], row.facts["manager"]) if "recruiter" in row.facts else None,
            [people[number] for number in row.people if number in people],
        )
        for row in found
    ]
