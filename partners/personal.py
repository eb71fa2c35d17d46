"""Whose data the package's fields hold."""

from ats.common.personal import Classes, Of

CLASSES: Classes = {
    "Term": {Of.NOBODY: ("kind",)},
    "CheckIn": {Of.CANDIDATE: ("agenda", "notes", "last_error")},
    "CheckInAction": {Of.CANDIDATE: ("text",)},
    "Commitment": {Of.NOBODY: ("key", "kind", "applications")},
    "ToMeasure": {Of.NOBODY: ("last_error",)},
}
