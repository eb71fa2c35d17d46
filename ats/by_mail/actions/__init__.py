"""Every write to the keys in mails."""

from ats.by_mail.actions.make import VALID_FOR, link
from ats.by_mail.actions.use import use

__all__ = ["VALID_FOR", "link", "use"]
