"""Reading pools of interviewers and plan templates for the settings."""

from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from ats.accounts.models import User
from ats.kernel.errors import Missing
from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext, pgettext
from ats.organisation.models import HiringOrganisation
from requisitions.interview_plan import seeds
from requisitions.interview_plan.models import InterviewPool, PlanTemplate, PoolMember, TemplateInterview


@dataclass(frozen=True)
class Offered:
    """A template before it is taken: one that ships by its names in the language of now."""

    template: PlanTemplate
    name: str
    description: str
    interviews: list[tuple[str, int]]
    """The name of each, and its minutes."""

    @property
    def pk(self) -> int:
        return self.template.pk

    @property
    def is_shipped(self) -> bool:
        return self.template.is_shipped


def templates() -> list[Offered]:
    """The templates with their interviews; where none is left, the shipped ones come back."""
    interviews = Prefetch("interviews", TemplateInterview.objects.order_by("position", "id"))
    rows = PlanTemplate.objects.prefetch_related(interviews).order_by("-is_shipped", "id")
    found = list(rows)
    if not found:
        seeds.write()
        found = list(rows.all())
    return [_offered(row) for row in found]


def _offered(row: PlanTemplate) -> Offered:
    interviews = [(one.name, one.minutes) for one in row.interviews.all()]
    if not row.is_shipped:
        return Offered(row, row.name, row.description, interviews)
    named = [(pgettext("of a shipped plan", name), minutes) for name, minutes in interviews]
    return Offered(row, retold(row.name), retold(row.description), named)


def pools() -> list[InterviewPool]:
    """Every pool with its members, by organisation and name; two queries."""
    members = Prefetch("members", PoolMember.objects.select_related("user").order_by("user__name", "id"))
    rows = InterviewPool.objects.select_related("organisation").prefetch_related(members)
    return list(
        rows.annotate(
            plans=Count("planned_interviews", filter=Q(planned_interviews__retired=False))
        ).order_by("organisation__name", "name")
    )


def pool(pool_id: int) -> InterviewPool:
    members = Prefetch("members", PoolMember.objects.select_related("user").order_by("user__name", "id"))
    rows = InterviewPool.objects.select_related("organisation").prefetch_related(members)
    found = rows.filter(pk=pool_id).first()
    if found is None:
        raise Missing(gettext("There is no such pool."))
    return found


def organisations() -> list[tuple[int, str]]:
    return list(HiringOrganisation.objects.filter(is_active=True).order_by("name").values_list("pk", "name"))


def colleagues(*, without: InterviewPool) -> list[tuple[int, str]]:
    """Who could be taken into a pool."""
    rows = User.objects.filter(is_active=True).working_for(without.organisation_id)
    rows = rows.exclude(pool_memberships__pool=without)
    return [(user.pk, str(user)) for user in rows.order_by("name", "id")]
