"""What colleagues are told in the app, and how each wants to hear of which kind."""

from typing import Self

from django.db import models
from django.db.models import Q

from ats.kernel.models import Stamped, one_of
from ats.kernel.staff_words import gettext_lazy


class Kind(models.TextChoices):
    """What somebody can be told."""

    MENTION = "mention", gettext_lazy("Somebody mentions me in a note")
    TASK = "task", gettext_lazy("A colleague asks me to do something")
    BULK = "bulk", gettext_lazy("What I do with many at once is done")
    FILTER = "filter", gettext_lazy("A filter that I follow finds somebody new")
    RULE = "rule", gettext_lazy("A rule tells me something")


class Way(models.TextChoices):
    MAIL = "mail", gettext_lazy("In the app, and by mail at once")
    DIGEST = "digest", gettext_lazy("In the app, and in one mail a day")
    APP = "app", gettext_lazy("In the app")
    OFF = "off", gettext_lazy("Not at all")


USUAL = {
    Kind.MENTION: Way.MAIL,
    Kind.TASK: Way.MAIL,
    Kind.BULK: Way.APP,
    Kind.FILTER: Way.DIGEST,
    Kind.RULE: Way.APP,
}
_NOT_AT_ONCE = (Way.DIGEST, Way.APP, Way.OFF)
OFFERED = {
    Kind.MENTION: tuple(Way),
    Kind.TASK: tuple(Way),
    Kind.BULK: _NOT_AT_ONCE,
    Kind.FILTER: _NOT_AT_ONCE,
    Kind.RULE: _NOT_AT_ONCE,
}
"""The ways in which one may hear of a kind: what has no mail of its own is not sent at once."""


class NotificationQuerySet(models.QuerySet["Notification"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def for_digest(self) -> Self:
        """Wanted in the daily mail, not read meanwhile, and in none yet."""
        return self.unread().filter(in_digest=True, digested_at=None)


class Notification(Stamped):
    """Something that somebody is told; `text` is in the house's language, and names no candidate.

    What it is about stands behind `link`, for whoever may see it then. `key` is its identity.
    """

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="notifications")
    kind = models.CharField(max_length=10, choices=Kind)
    key = models.CharField(max_length=100)
    text = models.CharField(max_length=300)
    link = models.CharField(max_length=200)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    in_digest = models.BooleanField(default=False)
    digested_at = models.DateTimeField(null=True, blank=True)

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("notification_kind_known", "kind", Kind),
            models.UniqueConstraint(
                fields=["user", "key"],
                name="notification_once",
                violation_error_message="They have been told already.",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "-at", "-id"], name="notification_newest"),
            models.Index(fields=["user"], name="notification_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return self.text


class NotificationChoice(Stamped):
    """How somebody wants to hear of a kind, where it is not the usual way."""

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="notification_choices")
    kind = models.CharField(max_length=10, choices=Kind)
    way = models.CharField(max_length=10, choices=Way)

    class Meta:
        constraints = [
            one_of("notification_choice_kind_known", "kind", Kind),
            one_of("notification_choice_way_known", "way", Way),
            models.UniqueConstraint(
                fields=["user", "kind"],
                name="notification_choice_once",
                violation_error_message="This is chosen already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.way}"
