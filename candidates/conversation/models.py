"""Messages between candidates and the people who hire, both ways."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from ats.common.models import Stamped, one_of
from ats.mail.models import OutgoingMail
from candidates.people.models import Candidate

if TYPE_CHECKING:
    from ats.accounts.models import User


class Direction(models.TextChoices):
    OUT = "out", "To the candidate"
    IN = "in", "From the candidate"


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: "User") -> Self:
        """What the team of a role and its candidates wrote each other: not for who is only asked about one."""
        from candidates.applications.models import Application

        if user.is_authenticated and user.oversees:
            return self
        return self.filter(application__in=Application.objects.followed_by(user))

    def unanswered(self) -> Self:
        return self.filter(direction=Direction.IN, answered_at__isnull=True)


class Message(Stamped):
    """One message of the conversation on an application; going out, it travels as `mail`."""

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

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("message_direction_known", "direction", Direction),
            models.CheckConstraint(
                name="message_from_one_side",
                condition=Q(direction="out", answered_at__isnull=True)
                | Q(direction="in", author__isnull=True, mail__isnull=True),
            ),
        ]
        indexes = [
            models.Index(fields=["application", "said_at"], name="message_of_application"),
            models.Index(
                fields=["said_at"],
                name="message_unanswered",
                condition=Q(direction="in", answered_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.body[:60]

    def about(self) -> dict[str, int]:
        places = {"candidate_id": self.candidate_id}
        if self.application_id:
            places["application_id"] = self.application_id
        return places
