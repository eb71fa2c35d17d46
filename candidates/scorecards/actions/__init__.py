"""Writing down evidence: saved as one types, handed in once, corrected in the open."""

from candidates.scorecards.actions.write import (
    WRITE,
    OtherWindow,
    agree_hours,
    change_due,
    correct,
    hand_in,
    keep_notes,
    save_draft,
)

__all__ = [
    "WRITE",
    "OtherWindow",
    "agree_hours",
    "change_due",
    "correct",
    "hand_in",
    "keep_notes",
    "save_draft",
]
