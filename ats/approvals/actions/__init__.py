"""Asking for approval, and what each of those who are asked does about it."""

from ats.approvals.actions.answer import MAX_TEXT, approve, approve_by_link, send_back, send_back_by_link
from ats.approvals.actions.ask import ask, chain_for, take_back
from ats.approvals.actions.delegate import delegate
from ats.approvals.actions.hand_on import hand_on
from ats.approvals.actions.lay_chain import lay
from ats.approvals.actions.remind import remind

__all__ = [
    "MAX_TEXT",
    "approve",
    "approve_by_link",
    "ask",
    "chain_for",
    "delegate",
    "hand_on",
    "lay",
    "remind",
    "send_back",
    "send_back_by_link",
    "take_back",
]
