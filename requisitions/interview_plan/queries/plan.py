"""Reading plans for their pages, with a fixed number of SQL queries each."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.errors import Missing
from ats.kernel.staff_words import gettext, ngettext
from requisitions.interview_plan.actions.fetch import CHANGE
from requisitions.interview_plan.domain.coverage import Coverage, covered, in_hours
from requisitions.interview_plan.domain.facts import NO_INTERVIEW
from requisitions.interview_plan.models import InterviewPool, KitQuestion, PlannedInterview
from requisitions.pipeline.models import Stage
from requisitions.roles.models import Criterion, CriterionKind, Requisition
from requisitions.roles.workflow import ENDED

VIEW = "requisitions.view_plan"
ROLE = ("organisation", "location", "recruiter", "hiring_manager")


@dataclass(frozen=True)
class StagePlan:
    """The interviews of a stage, in order."""

    stage: Stage
    planned: list[Any]

    @property
    def hours(self) -> str:
        return in_hours(sum(row.minutes for row in self.planned))


@dataclass(frozen=True)
class PlanPage:
    """Everything that the page of a plan shows."""

    requisition: Requisition
    stages: list[StagePlan]
    retired: list[Any]
    criteria: list[Criterion]
    coverage: Coverage

    @property
    def planned(self) -> list[Any]:
        return [row for part in self.stages for row in part.planned]

    @property
    def hours(self) -> str:
        return in_hours(self.coverage.minutes)

    @property
    def in_talks(self) -> str:
        count = len(self.planned)
        return ngettext("in %(number)s interview", "in %(number)s interviews", count) % {"number": count}

    @property
    def must_haves(self) -> int:
        return sum(row.kind == CriterionKind.MUST for row in self.criteria)

    @property
    def assessed(self) -> int:
        return self.must_haves - len(self.coverage.unassessed)

    @property
    def of_must_haves(self) -> str:
        return gettext("of %(number)s") % {"number": self.must_haves}

    @property
    def doubled(self) -> list[tuple[Criterion, list[PlannedInterview]]]:
        """Each criterion that is asked about twice, with where."""
        return [(row, self.coverage.by_criterion[row.pk]) for row in self.coverage.doubled]


def plan_page(user: User, requisition_id: int, permission: str = VIEW) -> PlanPage:
    """The plan of a role; seven queries."""
    requisition = get_for(
        Requisition.objects.select_related(*ROLE), requisition_id, user=user, permission=permission
    )
    criteria = list(requisition.criteria.order_by("kind", "position", "id"))
    planned = list(_with_kits(requisition.planned_interviews.all()))
    now = [row for row in planned if not row.retired]
    used = {row.stage_id for row in now}
    stages = [
        StagePlan(stage, [row for row in now if row.stage_id == stage.pk])
        for stage in requisition.stages.exclude(kind__in=NO_INTERVIEW).order_by("position")
        if stage.pk in used or stage.kind in {"interview", "assessment"}
    ]
    return PlanPage(
        requisition=requisition,
        stages=stages,
        retired=[row for row in planned if row.retired],
        criteria=criteria,
        coverage=covered(criteria, now),
    )


def _with_kits(rows: QuerySet[PlannedInterview]) -> QuerySet[PlannedInterview]:
    return (
        rows.select_related("pool")
        # Bookings belong to a higher floor: they are counted by their relation's name.
        .annotate(booked=Count("interviews", filter=Q(interviews__state="booked")))
        .prefetch_related(
            Prefetch("criteria", Criterion.objects.order_by("kind", "position", "id")),
            Prefetch("interviewers", User.objects.order_by("name", "id")),
            Prefetch(
                "questions",
                KitQuestion.objects.select_related("criterion").order_by("position", "id"),
            ),
        )
        .order_by("stage__position", "position", "id")
    )


def planned_interview(user: User, planned_id: int, permission: str = CHANGE) -> PlannedInterview:
    """A planned interview with its kit, for somebody who may."""
    seen = PlannedInterview.objects.filter(requisition__in=Requisition.objects.visible_to(user))
    row = _with_kits(seen.filter(pk=planned_id, retired=False)).first()
    if row is None:
        raise Missing(
            gettext("No planned interview with the number %(planned_id)s is visible.")
            % {"planned_id": planned_id}
        )
    roles = Requisition.objects.select_related(*ROLE)
    row.requisition = get_for(roles, row.requisition_id, user=user, permission=permission)
    return row


def role_for(user: User, requisition_id: int, permission: str = CHANGE) -> Requisition:
    roles = Requisition.objects.select_related(*ROLE)
    return get_for(roles, requisition_id, user=user, permission=permission)


def may_change(user: User, requisition: Requisition) -> bool:
    return requisition.state not in ENDED and user.has_perm(CHANGE, requisition)


def stages_for(requisition: Requisition) -> list[tuple[int, str]]:
    """Where an interview can take place."""
    rows = requisition.stages.exclude(kind__in=NO_INTERVIEW).order_by("position")
    return list(rows.values_list("pk", "name"))


def team_of(requisition: Requisition) -> list[tuple[int, str]]:
    """Who may be chosen to interview."""
    rows = User.objects.filter(is_active=True, memberships__requisition=requisition).distinct()
    return [(user.pk, f"{user}, {user.title}" if user.title else str(user)) for user in rows.order_by("name")]


def pools_for(requisition: Requisition) -> list[tuple[int, str]]:
    rows = InterviewPool.objects.filter(organisation=requisition.organisation_id).order_by("name")
    return list(rows.values_list("pk", "name"))


def criteria_of(requisition: Requisition) -> list[Criterion]:
    return list(requisition.criteria.order_by("kind", "position", "id"))


def order_in(planned: PlannedInterview) -> list[int]:
    """The numbers of the interviews in its stage, in order."""
    rows = PlannedInterview.objects.filter(stage=planned.stage_id, retired=False)
    return list(rows.order_by("position", "id").values_list("pk", flat=True))
