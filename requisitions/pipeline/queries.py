"""Reading pipelines for their page."""

from typing import Any

from django.db.models import Prefetch

from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy
from requisitions.pipeline.models import PipelineTemplate, Stage, TemplateStage
from requisitions.roles.models import Requisition
from requisitions.roles.queries import get_requisition, known_applications


def pipeline(user: User, requisition_id: int, permission: str) -> tuple[Requisition, list[Stage]]:
    """The requisition and its stages in order, each with how many are in it (`inside`), or ended in it (`ever`)."""
    requisition = get_requisition(
        user, requisition_id, permission, ask=gettext_lazy("Ask %(recruiter)s to change its steps.")
    )
    inside = known_applications(user, applications__state="active")
    stages = requisition.stages.annotate(inside=inside, ever=known_applications(user))
    return requisition, list(stages.order_by("position"))


def templates() -> list[PipelineTemplate]:
    """The templates with their stages in order; two queries."""
    stages = Prefetch("stages", TemplateStage.objects.order_by("position"))
    return list(PipelineTemplate.objects.prefetch_related(stages).order_by("-is_default", "name"))


def stage_of(user: User, stage_id: int, permission: str) -> tuple[Requisition, Any]:
    """A stage with its requisition, for somebody who may; None as the stage where there is none."""
    requisition_id = Stage.objects.filter(pk=stage_id).values_list("requisition_id", flat=True).first() or 0
    requisition, stages = pipeline(user, requisition_id, permission)
    return requisition, next((stage for stage in stages if stage.pk == stage_id), None)
