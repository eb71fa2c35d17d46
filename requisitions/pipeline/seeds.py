"""The templates that the house ships; people may change them, add their own, or remove them."""

from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext_noop

from requisitions.pipeline.models import PipelineTemplate, Side, StageKind, TemplateStage


@dataclass(frozen=True, kw_only=True)
class Shipped:
    """One stage of a shipped template."""

    name: str
    kind: str
    promise: str = ""
    promise_days: int = 5
    promise_side: str = Side.RECRUITER
    candidate_name: str


APPLIED = Shipped(
    name="Applied",
    kind=StageKind.APPLIED,
    promise=gettext_noop("First answer"),
    promise_days=5,
    candidate_name=gettext_noop("We read your application"),
)
REVIEW = Shipped(
    name="Manager's review",
    kind=StageKind.REVIEW,
    promise=gettext_noop("Answer after the manager has looked"),
    promise_days=3,
    promise_side=Side.MANAGER,
    candidate_name=gettext_noop("The hiring manager looks at it"),
)
OFFER = Shipped(
    name="Offer",
    kind=StageKind.OFFER,
    promise=gettext_noop("Your offer in writing"),
    promise_days=3,
    candidate_name=gettext_noop("An offer"),
)
HIRED = Shipped(
    name="Hired", kind=StageKind.HIRED, promise_days=0, candidate_name=gettext_noop("Welcome to the team")
)

TEMPLATES: dict[str, list[Shipped]] = {
    "Standard": [
        APPLIED,
        REVIEW,
        Shipped(
            name="Phone interview",
            kind=StageKind.INTERVIEW,
            promise=gettext_noop("Answer after our call"),
            promise_days=3,
            candidate_name=gettext_noop("A first talk by phone"),
        ),
        Shipped(
            name="Interviews",
            kind=StageKind.INTERVIEW,
            promise=gettext_noop("Decision after the interviews"),
            promise_days=5,
            promise_side=Side.MANAGER,
            candidate_name=gettext_noop("Interviews with the team"),
        ),
        OFFER,
        HIRED,
    ],
    "Short": [
        APPLIED,
        Shipped(
            name="Interview",
            kind=StageKind.INTERVIEW,
            promise=gettext_noop("Decision after the interview"),
            promise_days=3,
            promise_side=Side.MANAGER,
            candidate_name=gettext_noop("An interview with the hiring manager"),
        ),
        OFFER,
        HIRED,
    ],
}
DEFAULT = "Standard"


def write(
    template_model: Any = PipelineTemplate, stage_model: Any = TemplateStage, *, using: str = "default"
) -> None:
    """Write the shipped templates that are not there; a migration gives its own model classes."""
    for name, stages in TEMPLATES.items():
        has_default = template_model.objects.using(using).filter(is_default=True).exists()
        template, created = template_model.objects.using(using).get_or_create(
            name=name, defaults={"is_default": name == DEFAULT and not has_default}
        )
        if created:
            stage_model.objects.using(using).bulk_create(
                stage_model(template=template, position=position, **asdict(stage))
                for position, stage in enumerate(stages)
            )
