"""What happens below that concerns SMS: the house's keys change."""

from ats.sms.actions import seal

__all__ = ["seal"]
