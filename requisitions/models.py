"""The face of the package's models."""

from requisitions.pipeline.models import PipelineTemplate, Side, Stage, StageKind, TemplateStage
from requisitions.posts.models import JobPost, PostState, Question, QuestionKind
from requisitions.roles.models import (
    Criterion,
    CriterionKind,
    EmploymentType,
    Opening,
    OpeningState,
    PayPeriod,
    RemoteMode,
    Requisition,
    RequisitionState,
    TeamMember,
    TeamRole,
)

__all__ = [
    "Criterion",
    "CriterionKind",
    "EmploymentType",
    "JobPost",
    "Opening",
    "OpeningState",
    "PayPeriod",
    "PipelineTemplate",
    "PostState",
    "Question",
    "QuestionKind",
    "RemoteMode",
    "Requisition",
    "RequisitionState",
    "Side",
    "Stage",
    "StageKind",
    "TeamMember",
    "TeamRole",
    "TemplateStage",
]
