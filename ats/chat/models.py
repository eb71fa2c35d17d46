"""Rooms of a team's chat that are written to beside mail, and what is written there."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.activity.models import About
from ats.duework.models import Attempts, Leased
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation


class Service(models.TextChoices):
    SLACK = "slack", "Slack"
    TEAMS = "teams", "Microsoft Teams"
    MATTERMOST = "mattermost", "Mattermost"


class What(models.TextChoices):
    """What a room may be told."""

    CELEBRATION = "celebration", gettext_lazy("What there is to celebrate")
    DIGEST = "digest", gettext_lazy("What comes due, once a day")
    TASK = "task", gettext_lazy("Tasks of a candidate's journey")
    LATE = "late", gettext_lazy("Answers that are late")


class ChatRoom(Stamped):
    """A room by its incoming address: a team's, for what concerns the organisation, or somebody's own.

    The address is the key to the room: it lies sealed, and pages show its host alone.
    """

    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, null=True, blank=True, related_name="chat_rooms"
    )
    user = models.ForeignKey(
        "ats.User", on_delete=models.CASCADE, null=True, blank=True, related_name="chat_rooms"
    )
    name = models.CharField(max_length=80)
    service = models.CharField(max_length=12, choices=Service)
    address = models.TextField(help_text="Sealed.")
    host = models.CharField(max_length=253)
    what = ArrayField(models.CharField(max_length=12, choices=What), default=list)
    problem = models.CharField(max_length=300, blank=True)
    problem_since = models.DateTimeField(null=True, blank=True)
    made_by = models.ForeignKey("ats.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            one_of("chatroom_service_known", "service", Service),
            models.CheckConstraint(
                name="chatroom_of_one",
                condition=Q(organisation__isnull=False, user__isnull=True)
                | Q(organisation__isnull=True, user__isnull=False),
                violation_error_message="A room is a team's, or somebody's own.",
            ),
            models.CheckConstraint(
                name="chatroom_what_known",
                condition=Q(what__contained_by=What.values),
                violation_error_message="Choose what the room is told.",
            ),
            goes_with(
                "chatroom_problem_since",
                state=~Q(problem=""),
                field="problem_since",
                message="A problem says since when.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id} if self.organisation_id else {}


class ChatState(models.TextChoices):
    QUEUED = "queued", gettext_lazy("Queued")
    SENDING = "sending", gettext_lazy("Sending")
    SENT = "sent", gettext_lazy("Sent")
    FAILED = "failed", gettext_lazy("Not sent")
    UNKNOWN = "unknown", gettext_lazy("Unknown")


class ChatMessageQuerySet(models.QuerySet["ChatMessage"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=ChatState.QUEUED)


class ChatMessage(Leased, About, Stamped):
    """A word to a room: handed over at most once. Where the line broke after that began, nobody says it again."""

    room = models.ForeignKey(ChatRoom, on_delete=models.CASCADE, related_name="messages")
    key = models.CharField(max_length=200)
    what = models.CharField(max_length=12, choices=What)
    text = models.CharField(max_length=500)
    link = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=ChatState, default=ChatState.QUEUED)
    begun_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = ChatMessageQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("chat_state_known", "state", ChatState),
            one_of("chat_what_known", "what", What),
            models.UniqueConstraint(
                fields=["room", "key"],
                name="chat_once",
                violation_error_message="This has been said in this room already.",
            ),
            goes_with(
                "chat_leased_while_sending",
                state=Q(state="sending"),
                field="lease_token",
                message="A message that is on its way is held by a worker, and no other is.",
            ),
            goes_with(
                "chat_sent_at_when_sent",
                state=Q(state="sent"),
                field="sent_at",
                message="A message that was sent says when, and no other does.",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], name="chat_queued", condition=Q(state="queued")),
            models.Index(fields=["lease_until"], name="chat_leased", condition=Q(state="sending")),
        ]

    def __str__(self) -> str:
        return f"{self.what} to {self.room_id}"
