"""Keys in mails: each lets one person do one thing once, without signing in."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from ats.kernel.models import Stamped


class MailKeyQuerySet(models.QuerySet["MailKey"]):
    def open(self, now: datetime) -> Self:
        """Those that still open something."""
        return self.filter(used_at__isnull=True, ended_at__isnull=True, expires_at__gt=now)


class MailKey(Stamped):
    """What its holder may do in the name of `user`: this `purpose`, about this one thing, once, until it expires.

    Only its hash is kept. It ends with access, roles and passwords, as all keys of a person do.
    """

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="mail_keys")
    purpose = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MailKeyQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose", "subject_id"],
                condition=Q(used_at__isnull=True, ended_at__isnull=True),
                name="mail_key_one_open",
                violation_error_message="There is a link for this already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject_id} for {self.user}"

    def about(self) -> dict[str, int]:
        return {}
