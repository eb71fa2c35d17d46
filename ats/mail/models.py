"""The outbox, the templates that people edit, and the addresses that must not be written to."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.activity.models import About
from ats.duework.models import Attempts, Leased
from ats.kernel.access import without_kept
from ats.kernel.models import Stamped, goes_with, one_of
from ats.mail.claims import claims_field
from ats.organisation.models import HiringOrganisation


class MailState(models.TextChoices):
    DRAFT = "draft", "Draft"
    QUEUED = "queued", "Queued"
    SENDING = "sending", "Sending"
    SENT = "sent", "Sent"
    FAILED = "failed", "Not sent"
    UNKNOWN = "unknown", "Unknown"
    CANCELLED = "cancelled", "Cancelled"
    WITHHELD = "withheld", "Withheld"
    BOUNCED = "bounced", "Bounced"


class MailKind(models.TextChoices):
    """Transactional mail is owed to its reader; relationship mail only goes to those who asked for it."""

    TRANSACTIONAL = "transactional", "Transactional"
    RELATIONSHIP = "relationship", "Relationship"


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def visible_to(self, user: User) -> Self:
        """In the outbox itself; where a message belongs to an application, that page says who sees it."""
        rows: Self = without_kept(self, user) if user.oversees else self.none()
        return rows

    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=MailState.QUEUED, not_before__lte=now)


class OutgoingMail(Leased, About, Stamped):
    """A message as it will be, or was, handed to the mail server: the only way out.

    Rendered when it is written, so that what was previewed is what leaves. `role` says what it is for
    ("application.acknowledged"). If its hand-over is cut, `repeatable` decides: sent once more with the same
    Message-ID, or stopped at once as *unknown* for a person to settle. It never leaves after `not_after`.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    idempotency_key = models.CharField(max_length=200, unique=True)
    role = models.CharField(max_length=80)
    kind = models.CharField(max_length=20, choices=MailKind, default=MailKind.TRANSACTIONAL)
    state = models.CharField(max_length=10, choices=MailState, default=MailState.QUEUED)
    to = models.EmailField(blank=True, help_text="Empty: nobody to send it to; the message is withheld.")
    to_name = models.CharField(max_length=200, blank=True)
    from_name = models.CharField(max_length=200, blank=True)
    reply_to = models.EmailField(blank=True)
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    in_reply_to = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    repeatable = models.BooleanField(default=True)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField(null=True, blank=True)
    begun_at = models.DateTimeField(
        null=True, blank=True, help_text="When its hand-over began; kept where it must not be repeated."
    )
    cuts = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often the line broke when the mail server may have had it."
    )
    breaks = models.PositiveSmallIntegerField(
        default=0, db_default=0, help_text="How often the server was in trouble; it counts against nobody."
    )
    delayed_at = models.DateTimeField(
        null=True, blank=True, help_text="When people were told that it is late by days."
    )
    overtaken_by = models.CharField(
        max_length=60, blank=True, db_default="", help_text="The decision that it was taken back for."
    )
    sent_at = models.DateTimeField(null=True, blank=True)
    response = models.CharField(max_length=500, blank=True, help_text="What the mail server answered.")

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("mail_state_known", "state", MailState),
            one_of("mail_kind_known", "kind", MailKind),
            models.CheckConstraint(
                name="mail_sent_at_when_sent",
                condition=Q(state__in=["sent", "bounced"], sent_at__isnull=False)
                | (~Q(state__in=["sent", "bounced"]) & Q(sent_at__isnull=True)),
                violation_error_message="A message that was sent says when, and no other does.",
            ),
            goes_with(
                "mail_leased_while_sending",
                state=Q(state="sending"),
                field="lease_token",
                message="A message that is on its way is held by a worker, and no other is.",
            ),
            models.CheckConstraint(
                name="mail_nobody_is_withheld",
                condition=~Q(to="") | Q(state__in=["draft", "withheld", "cancelled"]),
                violation_error_message="A message needs somebody to go to.",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], name="mail_queued", condition=Q(state=MailState.QUEUED)),
            models.Index(fields=["lease_until"], name="mail_leased", condition=Q(state=MailState.SENDING)),
            # What a person may have to look at, among the many that are done.
            models.Index(
                fields=["state", "-id"], name="mail_open", condition=~Q(state__in=["sent", "cancelled"])
            ),
            models.Index(
                fields=["application_id", "-created_at"],
                name="mail_of_application",
                condition=Q(application_id__isnull=False),
            ),
            models.Index(
                fields=["candidate_id", "-created_at"],
                name="mail_of_candidate",
                condition=Q(candidate_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} to {self.to or 'nobody'}"

    def about(self) -> dict[str, int]:
        fields = ("organisation_id", "requisition_id", "application_id", "candidate_id", "partnership_id")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


class MailAttachment(models.Model):
    """A file that goes with a message, kept with it: small things such as calendar files."""

    mail = models.ForeignKey(OutgoingMail, on_delete=models.CASCADE, related_name="attachments")
    filename = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()
    method = models.CharField(max_length=20, blank=True, help_text="iCalendar method, such as REQUEST.")

    def __str__(self) -> str:
        return self.filename


class MailTemplate(Stamped):
    """An organisation's own words for a role of mail, in place of the ones that ship."""

    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, null=True, blank=True, related_name="mail_templates"
    )
    role = models.CharField(max_length=80)
    language = models.CharField(max_length=10, default="en")
    subject = models.CharField(max_length=300)
    body = models.TextField()
    claims = claims_field()
    updated_by = models.ForeignKey("ats.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "role", "language"],
                name="mail_template_once",
                nulls_distinct=False,
                violation_error_message="There is a message for this in this language already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} ({self.language})"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id} if self.organisation_id else {}


class SuppressionReason(models.TextChoices):
    BOUNCED = "bounced", "Bounced"
    COMPLAINED = "complained", "Complained"
    UNSUBSCRIBED = "unsubscribed", "Unsubscribed"


class SuppressedAddress(models.Model):
    """An address that refused mail for good, or complained: nothing is sent until a person lifts it."""

    address = models.EmailField()
    kind = models.CharField(max_length=20, choices=MailKind, blank=True, help_text="Empty: all mail.")
    reason = models.CharField(max_length=20, choices=SuppressionReason)
    detail = models.CharField(max_length=500, blank=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name_plural = "suppressed addresses"
        constraints = [
            models.UniqueConstraint(
                Lower("address"),
                "kind",
                name="suppressed_once",
                violation_error_message="This address is on the list already.",
            ),
            one_of("suppressed_reason_known", "reason", SuppressionReason),
        ]

    def __str__(self) -> str:
        return self.address
