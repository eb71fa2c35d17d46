"""Whose data the package's fields hold."""

from ats.kernel.data_classes import Classes, Of

CLASSES: Classes = {
    "Term": {Of.NOBODY: ("kind",)},
    "CheckIn": {Of.CANDIDATE: ("agenda", "notes", "last_error")},
    "CheckInAction": {Of.CANDIDATE: ("text",)},
    "Commitment": {Of.NOBODY: ("key", "kind", "applications")},
    "ToMeasure": {Of.NOBODY: ("last_error",)},
}
