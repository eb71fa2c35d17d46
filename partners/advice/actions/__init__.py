"""Every write about advice."""

from partners.advice.actions.look import known, look, look_due, ready
from partners.advice.actions.settle import answer, bring_back, put_off, take_up, to_bring_back

__all__ = [
    "answer",
    "bring_back",
    "known",
    "look",
    "look_due",
    "put_off",
    "ready",
    "take_up",
    "to_bring_back",
]
