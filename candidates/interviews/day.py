"""What a day holds of interviews for those who arrange them; each is one query, for lines of a page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from candidates.interviews.models import BookingRequest, BookingState, Interview

RUN_OUT_LASTS = timedelta(days=14)


def to_settle(roles: Sequence[int], *, now: datetime) -> QuerySet[BookingRequest]:
    """Candidates who said when they can, and those whose times ran out and who were not asked again."""
    again = BookingRequest.objects.filter(application=OuterRef("application"), pk__gt=OuterRef("pk"))
    booked = Interview.objects.ahead().filter(application=OuterRef("application"))
    run_out = (
        Q(state=BookingState.EXPIRED, settled_at__gte=now - RUN_OUT_LASTS) & ~Exists(again) & ~Exists(booked)
    )
    return BookingRequest.objects.filter(
        Q(state=BookingState.GIVEN) | run_out,
        application__requisition__in=roles,
        application__state="active",
    ).order_by("asked_at", "pk")


def of_today(roles: Sequence[int], *, now: datetime, until: datetime) -> QuerySet[Interview]:
    """The interviews of these roles that are not over, up to the end of the day."""
    rows = Interview.objects.ahead().filter(
        application__requisition__in=roles, ends_at__gt=now, starts_at__lt=until
    )
    return rows.order_by("starts_at", "pk")
