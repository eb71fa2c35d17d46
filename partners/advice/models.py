"""Advice on a role: what its figures say, what the partners made of it, and whether it was right."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from partners.partnerships.models import Partnership

if TYPE_CHECKING:
    from ats.accounts.models import User


class AdviceState(models.TextChoices):
    STANDING = "standing", gettext_lazy("To be looked at")
    PUT_OFF = "put_off", gettext_lazy("Put off")
    TAKEN_UP = "taken_up", gettext_lazy("Taken up")
    ANSWERED = "answered", gettext_lazy("Answered")


class AdviceQuerySet(models.QuerySet["Advice"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def standing(self) -> Self:
        """What is to be looked at: the figures say so, and nobody has done anything about it."""
        return self.filter(state=AdviceState.STANDING, over_at__isnull=True)


class Advice(Stamped):
    """One piece, found once: `found` are the figures of that day and stay, `figures` those of the last look.

    `key` tells pieces of one rule apart: a stage, a source, a person (`person` then, whose name is in no text).
    From `over_at` on the figures say it no longer; if they say so once more, it is another piece.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="advice")
    rule = models.CharField(max_length=40, help_text="See domain/rules.py.")
    key = models.CharField(max_length=60, blank=True)
    person = models.ForeignKey("ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=AdviceState, default=AdviceState.STANDING)
    said = models.TextField(help_text="What the figures say, without anybody's name.")
    found = models.JSONField(help_text="The figures by which it was found.")
    figures = models.JSONField(help_text="The figures of the last look.")
    found_at = models.DateTimeField()
    looked_at = models.DateTimeField()
    over_at = models.DateTimeField(null=True, blank=True)
    until = models.DateField(null=True, blank=True, help_text="Until when it is put off.")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.TextField(blank=True, help_text="What the partners answered.")

    objects = AdviceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "advice"
        constraints = [
            one_of("advice_state_known", "state", AdviceState),
            models.UniqueConstraint(
                fields=["partnership", "rule", "key"],
                condition=Q(over_at__isnull=True),
                name="advice_once",
                violation_error_message="This is said already.",
            ),
            goes_with(
                "advice_settled_at",
                state=~Q(state="standing"),
                field="settled_at",
                message="What somebody did about advice says since when, and nothing else does.",
            ),
            goes_with(
                "advice_settled_by",
                state=~Q(state="standing"),
                field="settled_by",
                message="Who did something about advice is named.",
            ),
            goes_with(
                "advice_until",
                state=Q(state="put_off"),
                field="until",
                message="What is put off says until when.",
            ),
            models.CheckConstraint(
                name="advice_answered_in_words",
                condition=~Q(state="answered") | ~Q(words=""),
                violation_error_message="An answer says why.",
            ),
        ]
        indexes = [
            models.Index(fields=["until"], name="advice_put_off", condition=Q(state="put_off")),
        ]

    def __str__(self) -> str:
        return self.said

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class AdviceRunQuerySet(models.QuerySet["AdviceRun"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), due_at__lte=now)


class AdviceRun(Attempts):
    """A rule by its code: looked at once a night, over all roles at once."""

    rule = models.CharField(max_length=40, unique=True)
    due_at = models.DateTimeField()

    objects = AdviceRunQuerySet.as_manager()

    def __str__(self) -> str:
        return self.rule
