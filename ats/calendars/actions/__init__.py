"""What people do about when they are free: hours, blocked times, calendars that are read, one that is published."""

from ats.calendars.actions.change import block, change_hours, unblock, use_office_hours
from ats.calendars.actions.publish import make, publishes, revoke
from ats.calendars.actions.read_calendars import read_again, subscribe, unsubscribe

__all__ = [
    "block",
    "change_hours",
    "make",
    "publishes",
    "read_again",
    "revoke",
    "subscribe",
    "unblock",
    "unsubscribe",
    "use_office_hours",
]
