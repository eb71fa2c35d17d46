"""Every write to a brief."""

from partners.intake.actions.note import begin, hear_of
from partners.intake.actions.settle import say_yes

__all__ = ["begin", "hear_of", "say_yes"]
