"""What the careers site says of how we answer: measured, kept in a row for each organisation."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, QuerySet

from ats.organisation.models import HiringOrganisation
from requisitions.careers.domain.response_record import FEWEST
from requisitions.posts.models import JobPost


class ResponseRecordQuerySet(models.QuerySet["ResponseRecord"]):
    def newer_than(self, moment: datetime) -> Self:
        return self.filter(measured_at__gt=moment)


class ResponseRecord(models.Model):
    """How one organisation answered in the last 90 days, as `domain/response_record.py` defines it.

    Nobody writes it: the lane does (`tasks.py`). `median_days` is None where more than half still wait.
    """

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="response_record"
    )
    measured_at = models.DateTimeField()
    applicants = models.PositiveIntegerField(default=0)
    median_days = models.PositiveSmallIntegerField(null=True, blank=True)
    promises = models.PositiveIntegerField(default=0)
    kept = models.PositiveIntegerField(default=0)
    decided = models.PositiveIntegerField(default=0)
    told = models.PositiveIntegerField(default=0)

    objects = ResponseRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.organisation} {self.measured_at:%Y-%m-%d}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}

    @property
    def fewest(self) -> int:
        return FEWEST

    @property
    def says_days(self) -> bool:
        return self.applicants >= FEWEST

    @property
    def kept_share(self) -> int | None:
        """In percent, never rounded up to a hundred; None for too few."""
        return self.kept * 100 // self.promises if self.promises >= FEWEST else None

    @property
    def told_share(self) -> int | None:
        return self.told * 100 // self.decided if self.decided >= FEWEST else None


def to_measure(before: datetime) -> QuerySet[HiringOrganisation]:
    """Organisations with a job on the careers site whose record is older than this, or not there."""
    live = JobPost.objects.live().filter(requisition__organisation=OuterRef("pk"))
    fresh = ResponseRecord.objects.newer_than(before).filter(organisation=OuterRef("pk"))
    return HiringOrganisation.objects.filter(Exists(live), ~Exists(fresh), is_active=True)
