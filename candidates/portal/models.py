"""The keys to the status portal."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from candidates.people.models import Candidate


class PortalLinkQuerySet(models.QuerySet["PortalLink"]):
    def valid(self, now: datetime) -> Self:
        return self.filter(Q(expires_at__gt=now), revoked_at__isnull=True)


class PortalLink(models.Model):
    """A link that opens one candidate's portal; only the hash of its token is kept."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="portal_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PortalLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="portal_link_expires_later",
                condition=Q(expires_at__gt=models.F("created_at")),
                violation_error_message="A link ends after it was made.",
            )
        ]
        indexes = [models.Index(fields=["candidate", "-created_at"], name="portal_link_newest")]

    def __str__(self) -> str:
        return f"Link of {self.candidate}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}
