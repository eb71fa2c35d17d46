"""The door to every write on applications; each lies in the file named after what it does."""

from candidates.applications.bulk import BulkResult, bulk_move, bulk_reject, bulk_undo, sweep
from candidates.applications.deciding import hire, reject, tell, withdraw
from candidates.applications.mailing import send_again, settle_fate
from candidates.applications.moving import move, move_away
from candidates.applications.noting import add_note, change_note, remove_note, set_tags
from candidates.applications.receiving import Applied, Submission, add_application, apply
from candidates.applications.skipping import skip_follow_up
from candidates.applications.undoing import undo_decision

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
    "skip_follow_up",
    "sweep",
    "tell",
    "undo_decision",
    "withdraw",
]
