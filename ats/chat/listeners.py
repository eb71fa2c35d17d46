"""What happens below that concerns rooms: the house's keys change."""

from ats.chat.actions import seal

__all__ = ["seal"]
