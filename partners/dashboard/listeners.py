"""What the partners give to the floors below, once everything is loaded."""

from partners.dashboard import panels

__all__ = ["panels"]
