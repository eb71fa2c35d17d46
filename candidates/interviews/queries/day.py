"""What a day holds of interviews for those who arrange them; each is one query, for lines of a page."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from candidates.interviews.models import Interview


def of_today(roles: Sequence[int], *, now: datetime, until: datetime) -> QuerySet[Interview]:
    """The interviews of these roles that are not over, up to the end of the day."""
    rows = Interview.objects.ahead().filter(
        application__requisition__in=roles, ends_at__gt=now, starts_at__lt=until
    )
    return rows.order_by("starts_at", "pk")
