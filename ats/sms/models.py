"""Who carries an organisation's SMS, the outbox of SMS, and the numbers that want none."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from ats.activity.models import About
from ats.duework.models import Attempts, Leased
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.mail.models import OutgoingMail
from ats.organisation.models import HiringOrganisation


class Provider(models.TextChoices):
    TWILIO = "twilio", "Twilio"
    VONAGE = "vonage", "Vonage"
    SINCH = "sinch", "Sinch"
    SEVEN = "seven", "seven"
    ELKS = "46elks", "46elks"


class SmsAccount(Stamped):
    """How an organisation sends SMS: its address at a provider is a key, and lies sealed.

    `hears`: the provider hands answers on to us. Without it each SMS says that answers are not read.
    """

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="sms_account"
    )
    provider = models.CharField(max_length=10, choices=Provider)
    address = models.TextField(help_text="Sealed.")
    sender = models.CharField(max_length=40, blank=True, help_text="What a telephone shows as sender.")
    hears = models.BooleanField(default=False)
    problem = models.CharField(max_length=300, blank=True)
    problem_since = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("ats.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("smsaccount_provider_known", "provider", Provider),
            goes_with(
                "smsaccount_problem_since",
                state=~Q(problem=""),
                field="problem_since",
                message="A problem says since when.",
            ),
            models.CheckConstraint(
                name="smsaccount_hears_through",
                condition=Q(hears=False) | Q(provider="twilio"),
                violation_error_message="Answers come in through Twilio alone.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_provider_display()} of {self.organisation_id}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class SmsKind(models.TextChoices):
    """What an SMS is for."""

    TEST = "test", gettext_lazy("A test")
    CODE = "code", gettext_lazy("A code that confirms a number")
    NOTICE = "notice", gettext_lazy("A notice beside a message")


class SmsState(models.TextChoices):
    QUEUED = "queued", gettext_lazy("Queued")
    SENDING = "sending", gettext_lazy("Sending")
    SENT = "sent", gettext_lazy("Sent")
    FAILED = "failed", gettext_lazy("Not sent")
    UNKNOWN = "unknown", gettext_lazy("Unknown")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


class SmsMessageQuerySet(models.QuerySet["SmsMessage"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=SmsState.QUEUED, not_before__lte=now)


class SmsMessage(Leased, About, Stamped):
    """An SMS: handed over at most once. Where the line broke after that began, nobody sends it again.

    `mail` is the message that it stands beside, which is the record of what was said.
    """

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=10, choices=SmsKind)
    to = models.CharField(max_length=20, help_text="E.164.")
    text = models.CharField(max_length=700)
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="sms"
    )
    state = models.CharField(max_length=10, choices=SmsState, default=SmsState.QUEUED)
    not_before = models.DateTimeField()
    not_after = models.DateTimeField()
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = SmsMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("sms_kind_known", "kind", SmsKind),
            one_of("sms_state_known", "state", SmsState),
            goes_with(
                "sms_leased_while_sending",
                state=Q(state="sending"),
                field="lease_token",
                message="An SMS that is on its way is held by a worker, and no other is.",
            ),
            goes_with(
                "sms_sent_at_when_sent",
                state=Q(state="sent"),
                field="sent_at",
                message="An SMS that was sent says when, and no other does.",
            ),
        ]
        indexes = [
            models.Index(fields=["not_before"], name="sms_queued", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="sms_leased", condition=Q(state="sending")),
            models.Index(fields=["to", "-created_at"], name="sms_to"),
            models.Index(
                fields=["application_id", "-created_at"],
                name="sms_of_application",
                condition=Q(application_id__isnull=False),
            ),
            models.Index(
                fields=["candidate_id", "-created_at"],
                name="sms_of_candidate",
                condition=Q(candidate_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def about(self) -> dict[str, int]:
        fields = ("organisation_id", "requisition_id", "application_id", "candidate_id")
        return {name: value for name in fields if (value := getattr(self, name)) is not None}


class SuppressedNumber(models.Model):
    """Whoever has this telephone answered that they want no SMS: nothing is sent there, no code either."""

    number = models.CharField(max_length=20, unique=True)
    since = models.DateTimeField()

    def __str__(self) -> str:
        return f"No SMS since {self.since:%Y-%m-%d}"


class HeardSms(models.Model):
    """The number that a provider gave to what came in: what is called twice is heard once."""

    key = models.CharField(max_length=100, unique=True)
    heard_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
