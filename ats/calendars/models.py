"""When people are free, as they and their calendars say it. The tables keep the names that they were made with."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts, Leased
from ats.kernel.models import Stamped


class WorkingHours(Stamped):
    """When somebody can be asked to interview, in their own time zone.

    `days` maps a weekday ("0" is Monday) to pairs of "HH:MM". Who has none works the hours of the hiring
    organisation's calendar.
    """

    user = models.OneToOneField("ats.User", on_delete=models.CASCADE, related_name="working_hours")
    days = models.JSONField(default=dict)
    buffer_minutes = models.PositiveSmallIntegerField(
        default=0, help_text="Kept free before and after each interview."
    )

    class Meta:
        db_table = "candidates_workinghours"

    def __str__(self) -> str:
        return f"Hours of {self.user}"

    def about(self) -> dict[str, int]:
        return {}


class CalendarSubscription(Leased, Stamped):
    """A calendar that is read for busy times: a read-only iCalendar address, fetched by a worker."""

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="calendar_subscriptions")
    url = models.CharField(max_length=2000, help_text="A secret: whoever has it reads the calendar.")
    due_at = models.DateTimeField(help_text="When it is read next.")
    read_at = models.DateTimeField(null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    problem = models.CharField(
        max_length=300, blank=True, help_text="Why it could not be read, for its owner."
    )

    class Meta:
        db_table = "candidates_calendarsubscription"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "url"],
                name="subscription_once",
                violation_error_message="You subscribe to this calendar already.",
            )
        ]
        indexes = [models.Index(fields=["due_at"], name="subscription_due")]

    def __str__(self) -> str:
        return f"A calendar of {self.user}"

    def about(self) -> dict[str, int]:
        return {}


class BusyTime(models.Model):
    """A time at which somebody is not free: from a subscription, or blocked by hand."""

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="busy_times")
    subscription = models.ForeignKey(
        CalendarSubscription, on_delete=models.CASCADE, null=True, blank=True, related_name="busy_times"
    )
    period = DateTimeRangeField()
    label = models.CharField(max_length=100, blank=True, help_text="For its owner alone.")

    class Meta:
        db_table = "candidates_busytime"
        constraints = [
            models.CheckConstraint(
                name="busy_time_is_some",
                condition=Q(period__isempty=False),
                violation_error_message="A busy time ends after it begins.",
            )
        ]
        indexes = [GistIndex(fields=["user", "period"], name="busy_of_user")]

    def __str__(self) -> str:
        return self.label or "Busy"


class CalendarLinkQuerySet(models.QuerySet["CalendarLink"]):
    def open(self) -> Self:
        return self.filter(revoked_at__isnull=True)


class CalendarLink(Stamped):
    """The private address of somebody's own interviews as a calendar, kept as a hash."""

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="calendar_links")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(null=True, blank=True, help_text="Empty: made before they ended.")
    revoked_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)

    objects = CalendarLinkQuerySet.as_manager()

    class Meta:
        db_table = "candidates_calendarlink"
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(revoked_at__isnull=True),
                name="calendar_link_one_open",
                violation_error_message="There is a calendar link already; withdraw it to make a new one.",
            )
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.user}"

    def about(self) -> dict[str, int]:
        return {}


def due_before(now: datetime) -> Q:
    """Subscriptions that are to be read."""
    return Q(due_at__lte=now) & Attempts.may_try(now)
