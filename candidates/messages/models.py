"""Messages between candidates and the people who hire, both ways."""

from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.kept import kept
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.kernel.text_search import Words
from ats.mail.models import IncomingMail, MailState, OutgoingMail
from candidates.documents.models import Document
from candidates.people.models import Candidate


class Direction(models.TextChoices):
    OUT = "out", gettext_lazy("To the candidate")
    IN = "in", gettext_lazy("From the candidate")


class Channel(models.TextChoices):
    """How something was said."""

    MAIL = "mail", gettext_lazy("By mail")
    CALL = "call", gettext_lazy("By telephone")
    IN_PERSON = "in_person", gettext_lazy("In person")
    SMS = "sms", gettext_lazy("By SMS")


class Substance(models.TextChoices):
    """What a message of ours holds, which decides what it settles (see `messages/queries/substance.py`)."""

    OWN = "own", gettext_lazy("Words of a person's own")
    TEMPLATE = "template", gettext_lazy("A complete template")
    GAP = "gap", gettext_lazy("A text with a gap, sent knowingly")


class MessageQuerySet(GuardedQuerySet["Message"]):
    def unanswered(self) -> Self:
        return self.filter(direction=Direction.IN, answered_at__isnull=True)


MESSAGE_WORDS = Words(F("subject"), F("body"))
"""What of a message is searched."""


class Message(Stamped):
    """One message of the conversation on an application; going out, it travels as `mail`.

    One without mail and with another `channel` is a person's note of what they told the candidate.
    `answered_by`: the message of ours that answered this one of theirs.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="messages")
    application = models.ForeignKey(
        "candidates.Application", on_delete=models.CASCADE, null=True, blank=True, related_name="messages"
    )
    direction = models.CharField(max_length=3, choices=Direction)
    author = models.ForeignKey(
        "ats.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who wrote it; empty for the candidate, and for Accord's own messages.",
    )
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField()
    said_at = models.DateTimeField()
    mail = models.OneToOneField(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="message"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="answers"
    )
    channel = models.CharField(
        max_length=10, choices=Channel, default=Channel.MAIL, db_default=Channel.MAIL.value
    )
    substance = models.CharField(
        max_length=10, choices=Substance, default=Substance.OWN, db_default=Substance.OWN.value
    )

    incoming = models.OneToOneField(
        IncomingMail,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="message",
        help_text="What it came in by, as long as that is kept.",
    )
    below = models.TextField(
        blank=True,
        db_default="",
        help_text="What stood below their words: a signature, what they answered to.",
    )
    sent_from = models.CharField(
        max_length=254, blank=True, db_default="", help_text="Where it is not the address that we write to."
    )
    by_sender = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Placed by its sender's address alone, which anybody can write.",
    )
    is_automatic = models.BooleanField(
        default=False, db_default=False, help_text="Their mail program answered, and waits for nothing."
    )
    files = models.ManyToManyField(Document, blank=True, related_name="messages")
    not_kept = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text="Files that could not be taken, each with the reason, a sentence each.",
    )

    objects = MessageQuerySet.as_manager()

    @property
    def doubt(self) -> str:
        """Why it may be somebody else's words; stands wherever somebody acts on them."""
        if self.sent_from:
            return kept(f"Sent from another address: {self.sent_from}")
        return "Known by the address it names alone, which anybody can write" if self.by_sender else ""

    class Meta:
        constraints = [
            one_of("message_direction_known", "direction", Direction),
            one_of("message_channel_known", "channel", Channel),
            one_of("message_substance_known", "substance", Substance),
            models.CheckConstraint(
                name="message_from_one_side",
                condition=Q(direction="out", answered_at__isnull=True)
                | Q(direction="in", author__isnull=True, mail__isnull=True),
                violation_error_message="A message comes from the team or from the candidate, not from both.",
            ),
            models.CheckConstraint(
                name="message_automatic_waits_for_nothing",
                condition=Q(is_automatic=False) | Q(direction="in", answered_at__isnull=False),
                violation_error_message="What a program answered waits for no answer.",
            ),
        ]
        indexes = [
            models.Index(fields=["application", "said_at"], name="message_of_application"),
            GinIndex(MESSAGE_WORDS, name="message_words"),
            models.Index(
                fields=["said_at"],
                name="message_unanswered",
                condition=Q(direction="in", answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.body[:60]

    @property
    def leaves(self) -> bool:
        """Whether it is on its way, or has left: not one without an address, or to one that refuses mail."""
        return self.mail is not None and self.mail.state != MailState.WITHHELD

    @property
    def to_share(self) -> "Praise | None":
        """The question whether these words may be shared, where it was put to the candidate."""
        return getattr(self, "praise", None)

    def about(self) -> dict[str, int]:
        places = {"candidate_id": self.candidate_id}
        if self.application_id:
            places["application_id"] = self.application_id
        return places


class PraiseQuerySet(models.QuerySet["Praise"]):
    def asked_of(self, candidate: Candidate) -> Self:
        """What this candidate was asked, answered or not."""
        return self.filter(message__candidate=candidate)


class Praise(Stamped):
    """A candidate was asked whether kind words of theirs may be shared; until their yes nobody shows them."""

    message = models.OneToOneField(Message, on_delete=models.CASCADE, related_name="praise")
    asked_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed = models.BooleanField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = PraiseQuerySet.as_manager()

    class Meta:
        constraints = [
            goes_with(
                "praise_answered_at",
                state=Q(agreed__isnull=False),
                field="answered_at",
                message="A yes or a no says since when.",
            ),
        ]

    def __str__(self) -> str:
        return f"Asked to share message {self.message_id}"

    def about(self) -> dict[str, int]:
        return self.message.about()
