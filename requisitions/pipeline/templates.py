"""Laying a template's stages out on a requisition."""

from requisitions.pipeline import shipped
from requisitions.pipeline.models import PipelineTemplate, Stage, StageFacts
from requisitions.roles.models import Requisition

FACTS = tuple(field.name for field in StageFacts._meta.local_fields)


def default() -> PipelineTemplate:
    """The template for whom nothing else was chosen; where none is left, the shipped ones come back."""
    found = PipelineTemplate.objects.order_by("-is_default", "id").first()
    if found is None:
        shipped.write()
        found = PipelineTemplate.objects.order_by("-is_default", "id")[0]
    return found


def lay(requisition: Requisition, *, template: PipelineTemplate | None) -> list[Stage]:
    """Give a requisition without stages those of the template (None: the default one)."""
    stages = (template or default()).stages.order_by("position")
    return Stage.objects.bulk_create(
        Stage(requisition=requisition, **{name: getattr(stage, name) for name in FACTS}) for stage in stages
    )
