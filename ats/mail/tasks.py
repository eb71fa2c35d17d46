"""The lanes of this slice, declared when Django is ready."""

from ats.mail import delivery, inbound, readers

__all__ = ["delivery", "inbound", "readers"]
