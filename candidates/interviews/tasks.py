"""What the tick brings up in this slice."""

from candidates.interviews import reminders, subscriptions

__all__ = ["reminders", "subscriptions"]
