"""Whose data the package's fields hold."""

from ats.kernel.data_classes import Classes, Of

CLASSES: Classes = {
    "Term": {Of.NOBODY: ("kind",)},
    "Brief": {
        Of.NOBODY: (
            "outcomes_12_months", "pay_source", "deal_breakers", "sourcing", "decides", "agreed_words",
        )
    },
    "BriefField": {Of.NOBODY: ("code", "writers")},
    "OtherWords": {Of.NOBODY: ("code", "words")},
    "MustHave": {Of.NOBODY: ("how",)},
    "BriefVersion": {Of.NOBODY: ("content", "changed", "writers")},
    "Profile": {Of.NOBODY: ("sample",)},
    "CalibrationVerdict": {Of.CANDIDATE: ("why",)},
    "Signature": {Of.NOBODY: ("changed", "words", "last_error")},
    "ServedOutcome": {Of.NOBODY: ("outcome",)},
    "Contradiction": {Of.NOBODY: ("rule", "said", "key", "above", "reason", "last_error")},
    "Look": {Of.NOBODY: ("last_error",)},
    "CheckIn": {Of.CANDIDATE: ("agenda", "notes", "last_error"), Of.NOBODY: ("calendar_secret",)},
    "CourseCorrection": {
        Of.CANDIDATE: ("challenge", "words", "why"),
        Of.NOBODY: ("code", "causes", "measure", "scope", "start_figure", "end_figure", "result"),
    },
    "CorrectionStep": {Of.CANDIDATE: ("text",)},
    "CheckInReason": {Of.NOBODY: ("key", "said")},
    "CheckInAction": {Of.CANDIDATE: ("text",)},
    "Celebration": {Of.CANDIDATE: ("facts",), Of.STAFF: ("people",), Of.NOBODY: ("key", "last_error")},
    "Retrospective": {Of.NOBODY: ("last_error",)},
    "LookBack": {Of.STAFF: ("helped", "hindered", "change")},
    "Keepsake": {Of.NOBODY: ("code", "text")},
    "Commitment": {Of.NOBODY: ("key", "kind", "applications", "passes")},
    "Delegation": {Of.NOBODY: ("last_error",)},
    "HouseRules": {Of.NOBODY: ("times",)},
    # The candidate's name leaves it when they are erased (`declined/actions/forget.py`); the record stays.
    "DeclinedRequest": {
        Of.CANDIDATE: ("asked", "rule", "alternative", "candidate_name"),
        Of.STAFF: ("asked_by_name", "subject", "kept_from"),
    },
    "DeclinedAddition": {Of.CANDIDATE: ("text",)},
    "Advice": {Of.NOBODY: ("rule", "key", "said", "found", "figures", "words")},
    "AdviceRun": {Of.NOBODY: ("rule", "last_error")},
    "HireOutcome": {Of.NOBODY: ("expected", "points"), Of.CANDIDATE: ("their_words",)},
    "OutcomeReview": {Of.NOBODY: ("last_error",)},
    "ReviewAnswer": {Of.CANDIDATE: ("outcomes", "points", "words")},
    "OutcomeLink": {Of.CANDIDATE: ("token_hash",)},
    "ToMeasure": {Of.NOBODY: ("last_error",)},
}  # fmt: skip
