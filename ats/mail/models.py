"""The outbox, what comes in, the templates that people edit, and the addresses that must not be written to."""

import uuid
from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ats.accounts.models import User
from ats.activity.models import About
from ats.duework.models import MAX_ATTEMPTS, Attempts, Leased
from ats.kernel.access import GuardedQuerySet, without_kept
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.mail.claims import claims_field
from ats.mail.incoming import Kind
from ats.organisation.models import HiringOrganisation


class MailState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    QUEUED = "queued", gettext_lazy("Queued")
    SENDING = "sending", gettext_lazy("Sending")
    SENT = "sent", gettext_lazy("Sent")
    FAILED = "failed", gettext_lazy("Not sent")
    UNKNOWN = "unknown", gettext_lazy("Unknown")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")
    WITHHELD = "withheld", gettext_lazy("Withheld")
    BOUNCED = "bounced", gettext_lazy("Bounced")


class MailKind(models.TextChoices):
    """Transactional mail is owed to its reader; relationship mail only goes to those who asked for it."""

    TRANSACTIONAL = "transactional", gettext_lazy("Transactional")
    RELATIONSHIP = "relationship", gettext_lazy("Relationship")


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
    idempotency_key = models.CharField(max_length=200, db_collation="C")
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
            # Not `unique=True`, which makes a second index for beginnings: by bytes one serves both.
            models.UniqueConstraint(
                fields=["idempotency_key"],
                name="mail_once",
                violation_error_message="This message has been written already.",
            ),
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
            # Few beside those of candidates; looked through for the name of who is erased.
            models.Index(
                fields=["created_at"], name="mail_to_colleagues", condition=Q(candidate_id__isnull=True)
            ),
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


class IncomingState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("To be read")
    SETTLED = "settled", gettext_lazy("Dealt with")
    OPEN = "open", gettext_lazy("In the inbox")
    ASIDE = "aside", gettext_lazy("Set aside")


class Why(models.TextChoices):
    """Why a message lies in the inbox: no reader could say what it belongs to."""

    UNKNOWN = "unknown", gettext_lazy("Nobody is known by this address")
    SEVERAL = "several", gettext_lazy("They have several applications")
    NO_ROLE = "no_role", gettext_lazy("They have no application yet")
    WHO = "who", gettext_lazy("It does not say whom it passes on")
    FORGED = "forged", gettext_lazy("Sent to an address that we never gave out")
    GONE = "gone", gettext_lazy("What it was sent to is no longer kept")
    NOT_OURS = "not_ours", gettext_lazy("It is about no message of ours")
    ANSWER = "answer", gettext_lazy("A calendar's answer that could not be kept")
    COLLEAGUE = "colleague", gettext_lazy("A colleague wrote it")
    UNREADABLE = "unreadable", gettext_lazy("No mail program writes like this")
    NO_READER = "no_reader", gettext_lazy("Nobody reads messages of its kind")


class FoundBy(models.TextChoices):
    """How it was found out where a message belongs."""

    TAG = "tag", gettext_lazy("The address that it was sent to")
    IDS = "ids", gettext_lazy("The message that it answers")
    SENDER = "sender", gettext_lazy("Its sender's address")
    HAND = "hand", gettext_lazy("A person")


class IncomingMailQuerySet(GuardedQuerySet["IncomingMail"]):
    """Who sees which of them is said above: it hangs on the application that they are about."""

    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=IncomingState.WAITING)

    def in_inbox(self) -> Self:
        """What a person has to look at; also what its reader stumbled over for good."""
        stuck = Q(state=IncomingState.WAITING, attempts__gte=MAX_ATTEMPTS)
        return self.filter(Q(state=IncomingState.OPEN) | stuck)


class IncomingMail(About, Attempts, Stamped):
    """A message that came in: kept before anything is marked in the mailbox, and then read by whoever reads its kind.

    `key` is the same for one message however often and by which way it comes (`arrivals.key_of`). What it is about
    (`application_id` and the like) is known once it is placed.
    """

    key = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=40, help_text="The way by which it came in.")
    message_id = models.CharField(max_length=255, blank=True)
    kind = models.CharField(max_length=10, blank=True, choices=[(kind.value, kind.name) for kind in Kind])
    sender = models.CharField(max_length=254, blank=True, help_text="As it says itself; not proven.")
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.CharField(max_length=300, blank=True)
    size = models.PositiveBigIntegerField()
    is_whole = models.BooleanField(
        default=True, help_text="No: it was too large, and only its beginning is kept."
    )
    received_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=IncomingState, default=IncomingState.WAITING)
    why = models.CharField(max_length=12, choices=Why, blank=True)
    found_by = models.CharField(max_length=6, choices=FoundBy, blank=True)
    mail = models.ForeignKey(
        OutgoingMail,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="heard",
        help_text="The message of ours that it answers or speaks of.",
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why somebody set it aside.")

    objects = IncomingMailQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("incoming_state_known", "state", IncomingState),
            models.CheckConstraint(
                name="incoming_settled_at",
                condition=Q(state__in=["settled", "aside"], settled_at__isnull=False)
                | (~Q(state__in=["settled", "aside"]) & Q(settled_at__isnull=True)),
                violation_error_message="A message that is dealt with says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="incoming_open_says_why",
                condition=~Q(state="open") | ~Q(why=""),
                violation_error_message="What lies in the inbox says why.",
            ),
            models.CheckConstraint(
                name="incoming_aside_says_why",
                condition=~Q(state="aside") | ~Q(reason=""),
                violation_error_message="What was set aside says why.",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="incoming_waiting", condition=Q(state=IncomingState.WAITING)),
            models.Index(
                fields=["-received_at"],
                name="incoming_open",
                condition=Q(state__in=[IncomingState.OPEN, IncomingState.WAITING]),
            ),
            models.Index(Lower("sender"), name="incoming_by_sender"),
            models.Index(fields=["message_id"], name="incoming_by_id", condition=~Q(message_id="")),
            models.Index(
                fields=["application_id", "received_at"],
                name="incoming_of_application",
                condition=Q(application_id__isnull=False),
            ),
            models.Index(
                fields=["candidate_id"],
                name="incoming_of_candidate",
                condition=Q(candidate_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or f"{self.kind or 'message'} of {self.received_at:%Y-%m-%d %H:%M}"

    def about(self) -> dict[str, int]:
        fields = ("organisation_id", "requisition_id", "application_id", "candidate_id", "partnership_id")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


class IncomingContent(models.Model):
    """The bytes of a message that came in, apart from its row: lists never load them, and they go first."""

    mail = models.OneToOneField(IncomingMail, on_delete=models.CASCADE, primary_key=True, related_name="raw")
    content = models.BinaryField()

    def __str__(self) -> str:
        return f"The bytes of message {self.mail_id}"


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
    BOUNCED = "bounced", gettext_lazy("Bounced")
    COMPLAINED = "complained", gettext_lazy("Complained")
    UNSUBSCRIBED = "unsubscribed", gettext_lazy("Unsubscribed")


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
