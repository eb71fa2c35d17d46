"""How long a no is respected. Pure."""

from datetime import datetime

from ats.kernel.moments import months_after

QUIET_MONTHS = 12
"""How long nobody is asked again after a no, where no ownership period is agreed."""


def quiet_until(answered_at: datetime, months: int) -> datetime:
    return months_after(answered_at, months or QUIET_MONTHS)
