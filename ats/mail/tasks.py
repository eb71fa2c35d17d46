"""The lanes of this slice, declared when Django is ready."""

from ats.mail import delivery, inbound, mailbox, readers

__all__ = ["delivery", "inbound", "mailbox", "readers"]
