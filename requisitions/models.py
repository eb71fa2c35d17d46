"""The face of the package's models."""

from requisitions.careers.models import ResponseRecord
from requisitions.interview_plan.models import (
    InterviewFormat,
    InterviewPool,
    KitQuestion,
    PlannedInterview,
    PlanTemplate,
    PoolMember,
    TemplateInterview,
)
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
from requisitions.wording.models import Severity, Use, WordingRule

__all__ = [
    "Criterion",
    "CriterionKind",
    "EmploymentType",
    "InterviewFormat",
    "InterviewPool",
    "JobPost",
    "KitQuestion",
    "Opening",
    "OpeningState",
    "PayPeriod",
    "PipelineTemplate",
    "PlanTemplate",
    "PlannedInterview",
    "PoolMember",
    "PostState",
    "Question",
    "QuestionKind",
    "RemoteMode",
    "Requisition",
    "RequisitionState",
    "ResponseRecord",
    "Severity",
    "Side",
    "Stage",
    "StageKind",
    "TeamMember",
    "TeamRole",
    "TemplateInterview",
    "TemplateStage",
    "Use",
    "WordingRule",
]
