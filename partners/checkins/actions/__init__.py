"""Every write to check-ins and what is agreed in them."""

from partners.checkins.actions.agree import LONGEST_ACTION, agree_action, set_action_done
from partners.checkins.actions.confirm import confirm, lies_ahead
from partners.checkins.actions.hold import LONGEST_NOTES, hold, save_notes, send_agenda, skip
from partners.checkins.actions.look import LOOK, look
from partners.checkins.actions.plan import (
    DAYS,
    WEEKS,
    cancel_ahead,
    change_rhythm,
    in_words,
    invite_successor,
    plan,
    reschedule,
    rhythm_of,
)
from partners.checkins.actions.remind import ACTIONS, note_near, pass_on
from partners.checkins.actions.take_answer import take

__all__ = [
    "ACTIONS",
    "DAYS",
    "LONGEST_ACTION",
    "LONGEST_NOTES",
    "LOOK",
    "WEEKS",
    "agree_action",
    "cancel_ahead",
    "change_rhythm",
    "confirm",
    "hold",
    "in_words",
    "invite_successor",
    "lies_ahead",
    "look",
    "note_near",
    "pass_on",
    "plan",
    "reschedule",
    "rhythm_of",
    "save_notes",
    "send_agenda",
    "set_action_done",
    "skip",
    "take",
]
