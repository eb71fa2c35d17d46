"""Rows that come due."""

import uuid
from datetime import datetime
from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from ats.kernel.models import goes_with, one_of
from ats.kernel.staff_words import gettext_lazy

MAX_ATTEMPTS = 8


class Attempts(models.Model):
    """How often something due was tried, and why it did not work; mixed into every due row.

    A row that failed waits until `retry_at`; after `MAX_ATTEMPTS` it is set aside: it stays with its
    error for a person to see, and does not hold up the others.
    """

    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        abstract = True

    @staticmethod
    def may_try(now: datetime) -> Q:
        return Q(attempts__lt=MAX_ATTEMPTS) & (Q(retry_at__isnull=True) | Q(retry_at__lte=now))


class Leased(Attempts):
    """A due row whose work leaves the database: claimed with a lease, then settled by its holder alone."""

    lease_token = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True


class TaskState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting")
    RUNNING = "running", gettext_lazy("Running")
    DONE = "done", gettext_lazy("Done")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")
    FAILED = "failed", gettext_lazy("Set aside")


class DueTaskQuerySet(models.QuerySet["DueTask"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=TaskState.WAITING, due_at__lte=now)


class DueTask(Leased):
    """A small job of some kind for some row, to be done at `due_at`, once: `key` is its identity."""

    kind = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    payload = models.JSONField(default=dict)
    key = models.CharField(max_length=200, unique=True, default=uuid.uuid4)
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=TaskState, default=TaskState.WAITING)
    created_at = models.DateTimeField(auto_now_add=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = DueTaskQuerySet.as_manager()
    SETTLED: ClassVar[tuple[str, ...]] = (TaskState.DONE, TaskState.CANCELLED, TaskState.FAILED)

    class Meta:
        constraints = [
            one_of("duetask_state_known", "state", TaskState),
            goes_with(
                "duetask_settled_at",
                state=Q(state__in=["done", "cancelled", "failed"]),
                field="settled_at",
                message="Work that is over says since when, and no other does.",
            ),
            goes_with(
                "duetask_running_leased",
                state=Q(state="running"),
                field="lease_token",
                message="Work that runs is held by somebody, and no other is.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["kind", "due_at"], name="duetask_waiting", condition=Q(state=TaskState.WAITING)
            ),
            models.Index(fields=["lease_until"], name="duetask_leased", condition=Q(state=TaskState.RUNNING)),
            models.Index(fields=["kind", "subject_id"], name="duetask_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_id}"


class Standstill(models.Model):
    """Nothing that is due is done, and no mail leaves, from a restore until a person says that it may.

    The backup knows nothing of what was said and sent after it was made.
    """

    since = models.DateTimeField()
    backup_made_at = models.DateTimeField()
    erased_again = models.PositiveIntegerField(
        null=True, help_text="How many people were erased again; empty: nobody gave the list of whom."
    )
    reason = models.CharField(max_length=20, default="restored", editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["reason"],
                condition=Q(ended_at__isnull=True),
                name="standstill_one_at_a_time",
                violation_error_message="Everything stands still for this reason already.",
            ),
            goes_with(
                "standstill_ended_by",
                state=Q(ended_at__isnull=False),
                field="ended_by",
                message="Who ended a standstill is named once it has ended.",
            ),
        ]

    def __str__(self) -> str:
        return f"standing still since {self.since:%Y-%m-%d %H:%M}"
