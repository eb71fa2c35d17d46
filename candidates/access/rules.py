"""Who may see what: a module for each model.

The one place that knows all models of the package; the models know nothing of each other's rules.
"""

from candidates.access import (
    application,
    availability_request,
    booking_request,
    candidate,
    data_complaint,
    data_copy,
    data_correction,
    debrief,
    document,
    feedback,
    hire_record,
    incoming_mail,
    interview,
    kept,
    message,
    note,
    offer,
    promise,
    review,
    scorecard,
    submission,
    walls,
)

__all__ = [
    "application",
    "availability_request",
    "booking_request",
    "candidate",
    "data_complaint",
    "data_copy",
    "data_correction",
    "debrief",
    "document",
    "feedback",
    "hire_record",
    "incoming_mail",
    "interview",
    "kept",
    "message",
    "note",
    "offer",
    "promise",
    "review",
    "scorecard",
    "submission",
    "walls",
]
