"""What the partners give to the floors below, once everything is loaded."""

from partners.dashboard import cards

__all__ = ["cards"]
