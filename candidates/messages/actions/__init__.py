"""Writing to candidates and hearing from them."""

from candidates.messages.actions.praise import answer_sharing, ask_to_share
from candidates.messages.actions.take_mail import Gone, Letter, take_letter, take_letters
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
    "Gone",
    "Letter",
    "answer_sharing",
    "arrived_after_all",
    "ask_to_share",
    "cancel_scheduled",
    "did_not_arrive",
    "mark_answered",
    "note_told",
    "receive",
    "said",
    "send",
    "take_letter",
    "take_letters",
]
