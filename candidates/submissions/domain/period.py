"""Until when somebody counts as ours. Pure."""

from calendar import monthrange
from datetime import datetime

QUIET_MONTHS = 12
"""How long nobody is asked again after a no, where no ownership period is agreed."""


def months_after(moment: datetime, months: int) -> datetime:
    """The same day so many months later, or the last one of its month where that is shorter."""
    count = moment.year * 12 + moment.month - 1 + months
    year, month = divmod(count, 12)
    day = min(moment.day, monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def quiet_until(answered_at: datetime, months: int) -> datetime:
    return months_after(answered_at, months or QUIET_MONTHS)
