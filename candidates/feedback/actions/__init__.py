"""Every write on feedback: given, taken back, asked for, declined; what a client said; how deep it goes."""

from candidates.feedback.actions.client import note_client, remove_client
from candidates.feedback.actions.configure import KINDS, set_rules
from candidates.feedback.actions.give import (
    LEAVES,
    Doubtful,
    decision_undone,
    give,
    leave,
    plan_to_leave,
    take_back,
)
from candidates.feedback.actions.put_aside import put_aside, throw_away
from candidates.feedback.actions.requests import ask, decline, tell_leads

__all__ = [
    "KINDS",
    "LEAVES",
    "Doubtful",
    "ask",
    "decision_undone",
    "decline",
    "give",
    "leave",
    "note_client",
    "plan_to_leave",
    "put_aside",
    "remove_client",
    "set_rules",
    "take_back",
    "tell_leads",
    "throw_away",
]
