"""What a day holds of questions for a time, for those who arrange them; one query, for lines of a page."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from candidates.interviews.models import Interview
from candidates.scheduling.models import BookingRequest, BookingState

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
