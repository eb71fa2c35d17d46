"""Providers of SMS, the outbox, and what comes back."""

from ats.sms.actions.account import remove_account, set_account, try_account
from ats.sms.actions.send import cancel, queue
from ats.sms.actions.suppress import suppress, take_back

__all__ = ["cancel", "queue", "remove_account", "set_account", "suppress", "take_back", "try_account"]
