"""When each term of the table is looked after next."""

from datetime import datetime
from typing import Self

from django.db import models

from ats.duework.models import Attempts


class RetentionRunQuerySet(models.QuerySet["RetentionRun"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), due_at__lte=now)


class RetentionRun(Attempts):
    """A term of the table by its name: due once a night, and again at once where there was too much."""

    name = models.CharField(max_length=60, unique=True)
    due_at = models.DateTimeField()
    ran_at = models.DateTimeField(null=True, blank=True)
    gone = models.BigIntegerField(default=0, help_text="How many rows went since the beginning.")

    objects = RetentionRunQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="retention_counts_up",
                condition=models.Q(gone__gte=0),
                violation_error_message="What was removed cannot be fewer than none.",
            )
        ]

    def __str__(self) -> str:
        return self.name
