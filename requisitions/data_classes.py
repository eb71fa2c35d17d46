"""Whose data the package's fields hold: a role is nobody's data."""

from ats.kernel.data_classes import Classes, Of

CLASSES: Classes = {
    "Requisition": {
        Of.NOBODY: (
            "title", "reference", "pay_currency", "why", "outcomes", "value_proposition", "hard_part", "end_reason",
        )
    },
    "Criterion": {Of.NOBODY: ("name", "why")},
    "PipelineTemplate": {Of.NOBODY: ("name",)},
    "TemplateStage": {Of.NOBODY: ("name", "promise", "candidate_name")},
    "Stage": {Of.NOBODY: ("name", "promise", "candidate_name")},
    "JobPost": {Of.NOBODY: ("slug", "title", "body", "language", "texts")},
    "WordingRule": {
        Of.NOBODY: (
            "code", "topic", "jurisdictions", "uses", "phrases", "except_phrases", "reason", "alternative", "source",
        )
    },
    "Misreading": {
        Of.CANDIDATE: ("what", "digest", "text", "words", "subject", "why"),
        Of.NOBODY: ("place", "topic", "reason"),
    },
    "InterviewPool": {Of.NOBODY: ("name",)},
    "PlanTemplate": {Of.NOBODY: ("name", "description")},
    "TemplateInterview": {Of.NOBODY: ("name", "purpose", "preparation", "avoid", "criteria", "questions")},
    "PlannedInterview": {Of.NOBODY: ("name", "purpose", "preparation", "avoid", "place", "video_link")},
    "KitQuestion": {Of.NOBODY: ("text", "good")},
    "Question": {Of.NOBODY: ("label", "help_text", "options")},
}  # fmt: skip
