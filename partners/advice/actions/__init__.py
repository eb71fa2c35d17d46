"""Every write about advice."""

from partners.advice.actions.look import look, look_due
from partners.advice.actions.settle import answer, bring_back, put_off, take_up

__all__ = ["answer", "bring_back", "look", "look_due", "put_off", "take_up"]
