"""Writing to candidates and hearing from them."""

from candidates.messages.actions.write import (
    LONGEST_IN,
    PERMISSION,
    ROLE,
    TWICE,
    arrived_after_all,
    cancel_scheduled,
    did_not_arrive,
    mark_answered,
    note_told,
    receive,
    said,
    send,
)

__all__ = [
    "LONGEST_IN",
    "PERMISSION",
    "ROLE",
    "TWICE",
    "arrived_after_all",
    "cancel_scheduled",
    "did_not_arrive",
    "mark_answered",
    "note_told",
    "receive",
    "said",
    "send",
]
