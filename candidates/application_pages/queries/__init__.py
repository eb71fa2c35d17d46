"""The page of one application: who it is, what is owed next, what they gave, and what happened."""

from candidates.application_pages.queries.page import (
    VIEW,
    Page,
    Preview,
    application_for,
    asked_of,
    decision_preview,
    mentionable,
    mentioned,
    neighbours,
    own_note,
    page,
    seats_left,
)

__all__ = [
    "VIEW",
    "Page",
    "Preview",
    "application_for",
    "asked_of",
    "decision_preview",
    "mentionable",
    "mentioned",
    "neighbours",
    "own_note",
    "page",
    "seats_left",
]
