"""Every write to a requisition, its openings, its criteria and its team."""

from requisitions.roles.actions.change import LEADING, change_requisition, create_requisition, set_openings
from requisitions.roles.actions.end import end, hold, reopen, resume
from requisitions.roles.actions.hand_on import hand_on
from requisitions.roles.actions.join import MEMBERS, add_member, leave_teams_beyond, remove_member
from requisitions.roles.actions.open import open_as_approved, open_requisition
from requisitions.roles.actions.stand_in import let_stand_in

__all__ = [
    "LEADING",
    "MEMBERS",
    "add_member",
    "change_requisition",
    "create_requisition",
    "end",
    "hand_on",
    "hold",
    "leave_teams_beyond",
    "let_stand_in",
    "open_as_approved",
    "open_requisition",
    "remove_member",
    "reopen",
    "resume",
    "set_openings",
]
