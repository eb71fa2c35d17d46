"""The face of the package's models."""

from requisitions.pipeline.models import PipelineTemplate, Side, Stage, StageKind, TemplateStage
from requisitions.posts.models import JobPost, PostState, Question, QuestionKind
from requisitions.roles.models import (
    Criterion,
    EmploymentType,
    Opening,
    PayPeriod,
    RemoteMode,
    Requisition,
    RequisitionState,
    TeamMember,
    TeamRole,
)

__all__ = [
    "Criterion",
    "EmploymentType",
    "JobPost",
    "Opening",
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
