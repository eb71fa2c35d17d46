"""The door to every write on applications; each lies in the file named after what it does."""

from candidates.applications.actions.bulk import BulkResult, bulk_move, bulk_reject, bulk_undo, sweep
from candidates.applications.actions.decide import hire, reject, tell, withdraw
from candidates.applications.actions.move import move, move_away
from candidates.applications.actions.note import add_note, change_note, remove_note, set_tags
from candidates.applications.actions.receive import Applied, Submission, add_application, apply
from candidates.applications.actions.resend import send_again, settle_fate
from candidates.applications.actions.undo import undo_decision

__all__ = [
    "Applied",
    "BulkResult",
    "Submission",
    "add_application",
    "add_note",
    "apply",
    "bulk_move",
    "bulk_reject",
    "bulk_undo",
    "change_note",
    "hire",
    "move",
    "move_away",
    "reject",
    "remove_note",
    "send_again",
    "set_tags",
    "settle_fate",
    "sweep",
    "tell",
    "undo_decision",
    "withdraw",
]
