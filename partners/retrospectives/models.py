"""Retrospectives: both partners look back at a role, each in words of their own, and say what to keep."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from partners.intake.domain.fields import FIELDS
from partners.partnerships.models import Partnership, PartnerSide

if TYPE_CHECKING:
    from ats.accounts.models import User

SIDES = len(PartnerSide)


class RetrospectiveState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    DONE = "done", gettext_lazy("Both have written")
    SET_ASIDE = "set_aside", gettext_lazy("Set aside")


class RetrospectiveQuerySet(models.QuerySet["Retrospective"]):
    def visible_to(self, user: "User") -> Self:
        """That there is one, and what happened; the words are another thing (see `WordsQuerySet`)."""
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def owed_by(self, user: "User") -> Self:
        """Open, and this person leads a side that has written nothing yet."""
        role = "partnership__requisition__"
        leads = {PartnerSide.RECRUITER: f"{role}recruiter", PartnerSide.MANAGER: f"{role}hiring_manager"}
        mine = Q()
        for side, leader in leads.items():
            written = LookBack.objects.filter(side=side).values("retrospective")
            mine |= Q(**{leader: user}) & ~Q(pk__in=written)
        return self.filter(mine, state=RetrospectiveState.OPEN)

    def to_remind(self, now: datetime) -> Self:
        return self.filter(
            Attempts.may_try(now), state=RetrospectiveState.OPEN, remind_at__lte=now, reminded_at__isnull=True
        )


class Retrospective(Attempts, Stamped):
    """The look back at one role: due after its close, open until both sides have written."""

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="retrospective")
    state = models.CharField(max_length=10, choices=RetrospectiveState, default=RetrospectiveState.OPEN)
    due_at = models.DateTimeField()
    remind_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = RetrospectiveQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("retrospective_state_known", "state", RetrospectiveState),
            goes_with(
                "retrospective_done_at",
                state=Q(state="done"),
                field="done_at",
                message="Once both have written it says since when, and not before.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["remind_at"],
                name="retrospective_to_remind",
                condition=Q(state="open", reminded_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"Retrospective of {self.partnership}"

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class LookBackQuerySet(models.QuerySet["LookBack"]):
    def visible_to(self, user: "User") -> Self:
        """One's own; the other's once both have written, for these two alone. Who oversees sees none.

        It goes by who wrote, not by who leads: whoever takes a role over does not read what was said between two.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        wrote = LookBack.objects.filter(author=user).values("retrospective")
        whole = (
            LookBack.objects.filter(retrospective__in=wrote)
            .values("retrospective")
            .annotate(sides=Count("side"))
            .filter(sides=SIDES)
        )
        return self.filter(Q(author=user) | Q(retrospective__in=whole.values("retrospective")))


class LookBack(models.Model):
    """What one side says of the work together: words only. There is no scale here, and nobody is scored."""

    retrospective = models.ForeignKey(Retrospective, on_delete=models.CASCADE, related_name="words")
    side = models.CharField(max_length=10, choices=PartnerSide)
    author = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    helped = models.TextField(blank=True)
    hindered = models.TextField(blank=True)
    change = models.TextField(blank=True)
    written_at = models.DateTimeField()

    objects = LookBackQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("look_back_side_known", "side", PartnerSide),
            models.UniqueConstraint(
                fields=["retrospective", "side"],
                name="look_back_once",
                violation_error_message="This side has written already.",
            ),
            models.CheckConstraint(
                name="look_back_says_something",
                condition=~Q(helped="") | ~Q(hindered="") | ~Q(change=""),
                violation_error_message="Write a few words.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} on {self.retrospective}"

    def about(self) -> dict[str, int]:
        return self.retrospective.about()


class Keepsake(models.Model):
    """What the next brief of the same manager begins with: a field of it, and the words."""

    retrospective = models.ForeignKey(Retrospective, on_delete=models.CASCADE, related_name="keepsakes")
    code = models.CharField(max_length=30)
    text = models.TextField()
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["retrospective", "code", "text"],
                name="keepsake_once",
                violation_error_message="This is kept already.",
            ),
            models.CheckConstraint(
                name="keepsake_says_something",
                condition=~Q(text=""),
                violation_error_message="Write what is to be kept.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.text[:40]}"

    @property
    def label(self) -> str:
        """The field as the brief calls it."""
        return FIELDS[self.code].label

    def about(self) -> dict[str, int]:
        return self.retrospective.about()
