"""Celebrations: one warm line about what people brought about together, raised from the record."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.models import Application
from partners.partnerships.models import Partnership

if TYPE_CHECKING:
    from ats.accounts.models import User


class CelebrationKind(models.TextChoices):
    HIRE = "hire", gettext_lazy("A hire")
    GOAL = "goal", gettext_lazy("A goal met")
    PRAISE = "praise", gettext_lazy("A candidate's praise")


class CelebrationState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting")
    TOLD = "told", gettext_lazy("Told")
    TAKEN_BACK = "taken_back", gettext_lazy("Taken back")


class CelebrationQuerySet(models.QuerySet["Celebration"]):
    def visible_to(self, user: "User") -> Self:
        """The partners', and whoever took part sees those that were told."""
        of_partners = Q(partnership__in=Partnership.objects.visible_to(user))
        took_part = Q(people__contains=[user.pk], state=CelebrationState.TOLD)
        return self.filter(of_partners | took_part) if user.is_active else self.none()

    def told(self) -> Self:
        return self.filter(state=CelebrationState.TOLD)

    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=CelebrationState.WAITING, due_at__lte=now)


class Celebration(Attempts, Stamped):
    """What is worth a warm line, told once to those who took part.

    `key` says what it is about, so that nothing is celebrated twice. It waits until its morning (`due_at`), and what
    it is about is looked at again then; `facts` and `people` are kept as they were when it was told, and `told_at`
    stays where it is taken back later.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="celebrations")
    kind = models.CharField(max_length=10, choices=CelebrationKind)
    key = models.CharField(max_length=60)
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, null=True, blank=True, related_name="celebrations"
    )
    state = models.CharField(max_length=10, choices=CelebrationState, default=CelebrationState.WAITING)
    due_at = models.DateTimeField()
    facts = models.JSONField(default=dict, blank=True)
    people = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Who took part, by number."
    )
    told_at = models.DateTimeField(null=True, blank=True)

    objects = CelebrationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("celebration_kind_known", "kind", CelebrationKind),
            one_of("celebration_state_known", "state", CelebrationState),
            models.UniqueConstraint(
                fields=["partnership", "key"],
                name="celebration_once",
                violation_error_message="This is celebrated already.",
            ),
            models.CheckConstraint(
                name="celebration_told_at",
                condition=~Q(state="told") | Q(told_at__isnull=False),
                violation_error_message="What was told says when.",
            ),
            goes_with(
                "celebration_about_somebody",
                state=~Q(kind="goal"),
                field="application",
                message="A hire and a candidate's praise say whose, and a goal is the role's.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="celebration_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.partnership}"

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class QuietUser(models.Model):
    """Somebody who wants no celebration: they get none, and are not named in those of others."""

    user = models.OneToOneField("ats.User", on_delete=models.CASCADE, related_name="celebrations_off")
    since = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.user)

    def about(self) -> dict[str, int]:
        return {}
