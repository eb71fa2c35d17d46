"""Every write to declined requests."""

from partners.declined.actions.add import add, answer, ask_support, give_support
from partners.declined.actions.decline import Declined, decline
from partners.declined.actions.forget import forget
from partners.declined.actions.hand_out import hand_out
from partners.declined.actions.name_readers import name_readers

__all__ = [
    "Declined",
    "add",
    "answer",
    "ask_support",
    "decline",
    "forget",
    "give_support",
    "hand_out",
    "name_readers",
]
