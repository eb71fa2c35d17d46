"""A week full of interviews, for the calendar to show."""

from datetime import UTC, datetime, time, timedelta

from django.utils import timezone
from psycopg2.extras import DateTimeTZRange

from ats.accounts.models import User
from candidates.models import Application, Interview, InterviewSeat

AMOUNT = 500
DAYS, A_DAY = 5, 16
MINUTES = timedelta(minutes=30)


def full_week() -> str:
    """The Monday of a week ahead with 500 interviews of two people each, made where there is none yet."""
    today = timezone.now().date()
    monday = today + timedelta(days=7 * 20 - today.weekday())
    since = datetime.combine(monday, time(8), tzinfo=UTC)
    if Interview.objects.filter(starts_at__range=(since, since + timedelta(days=7))).count() < AMOUNT:
        _fill(since)
    return monday.isoformat()


def _fill(since: datetime) -> None:
    applications = (
        Application.objects.active().filter(requisition__confidential=False).order_by("pk")[:AMOUNT]
    )
    starts = [
        since + day * timedelta(days=1) + slot * MINUTES for day in range(DAYS) for slot in range(A_DAY)
    ]
    users = list(User.objects.filter(is_active=True).order_by("pk")[: 2 * (AMOUNT // len(starts) + 1)])
    interviews = Interview.objects.bulk_create(
        Interview(
            application=application,
            name="Technical conversation",
            format="video",
            starts_at=starts[number % len(starts)],
            ends_at=starts[number % len(starts)] + MINUTES,
            booked_at=timezone.now(),
        )
        for number, application in enumerate(applications)
    )
    InterviewSeat.objects.bulk_create(
        InterviewSeat(
            interview=interview,
            user=user,
            period=DateTimeTZRange(interview.starts_at, interview.ends_at),
            week=since.date(),
        )
        for number, interview in enumerate(interviews)
        for user in users[2 * (number // len(starts)) :][:2]
    )
