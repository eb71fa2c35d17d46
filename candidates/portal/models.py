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
    token_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    objects = PortalLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            # Not `unique=True`: a second index for beginnings would be written with every letter, and never read.
            models.UniqueConstraint(
                fields=["token_hash"],
                name="portal_link_of_token",
                violation_error_message="This link is there already.",
            ),
            models.CheckConstraint(
                name="portal_link_expires_later",
                condition=Q(expires_at__gt=models.F("created_at")),
                violation_error_message="A link ends after it was made.",
            ),
        ]
        indexes = [models.Index(fields=["candidate", "-created_at"], name="portal_link_newest")]

    def __str__(self) -> str:
        return f"Link of {self.candidate}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}


class AddressChangeQuerySet(models.QuerySet["AddressChange"]):
    def open(self, now: datetime) -> Self:
        return self.filter(done_at=None, refused_at=None, expires_at__gt=now)


class AddressChange(models.Model):
    """Somebody on a candidate's page asks us to write to another address.

    Whoever holds a link to the page can ask; so it takes a yes at the new address, and one of those who know that
    it is the candidate who asks: who reads the mail at the address that we write to, or the team.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="address_changes")
    email = models.EmailField()
    instead_of = models.CharField(max_length=254, blank=True, help_text="The key of the address before.")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    new_said_at = models.DateTimeField(null=True, blank=True)
    old_said_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = AddressChangeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(done_at__isnull=True, refused_at__isnull=True),
                name="address_change_one_open",
                violation_error_message="Another address is being asked about already.",
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True)
                | Q(new_said_at__isnull=False) & (Q(old_said_at__isnull=False) | Q(agreed_by__isnull=False)),
                name="address_change_agreed_to",
                violation_error_message="An address is changed with a yes there, and one from who knows them.",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="address_change_over")]

    def __str__(self) -> str:
        return f"{self.candidate} at {self.email}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}

    @property
    def waits_for_team(self) -> bool:
        """Confirmed where it is to be, and not answered at the address that we write to."""
        return self.new_said_at is not None and self.old_said_at is None
