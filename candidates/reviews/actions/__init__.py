"""Putting candidates before a manager, and the manager's answer."""

from candidates.reviews.actions.review import (
    MAX_TEXT,
    MET,
    answer,
    ask,
    ask_on_entering,
    cancel,
    cancel_of,
    change_due,
    hand_over,
)

__all__ = [
    "MAX_TEXT",
    "MET",
    "answer",
    "ask",
    "ask_on_entering",
    "cancel",
    "cancel_of",
    "change_due",
    "hand_over",
]
