"""Every write to delegations."""

from partners.delegations.actions.give import delegate, end
from partners.delegations.actions.in_force import begin_due, end_due, follow, forget

__all__ = ["begin_due", "delegate", "end", "end_due", "follow", "forget"]
