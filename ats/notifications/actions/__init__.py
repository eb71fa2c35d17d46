"""Every write to notifications."""

from ats.notifications.actions.choose import choose
from ats.notifications.actions.digest import DIGEST, send_digest
from ats.notifications.actions.read import read, read_all
from ats.notifications.actions.tell import tell

__all__ = ["DIGEST", "choose", "read", "read_all", "send_digest", "tell"]
