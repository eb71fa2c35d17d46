"""Course corrections: a goal slips, both sides change something, and figures say later whether it worked."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide

if TYPE_CHECKING:
    from ats.accounts.models import User


class CorrectionState(models.TextChoices):
    OPEN = "open", gettext_lazy("Under way")
    LOOKED = "looked", gettext_lazy("Looked at again")
    STOPPED = "stopped", gettext_lazy("Stopped")


class Verdict(models.TextChoices):
    """What the figures of both days say; nobody types it."""

    WORKED = "worked", gettext_lazy("It worked")
    NOT = "not", gettext_lazy("It did not work")
    UNTOLD = "untold", gettext_lazy("Cannot be told")


class Lever(models.TextChoices):
    """What a side changes."""

    BRIEF = "brief", gettext_lazy("The brief")
    BAR = "bar", gettext_lazy("The bar")
    PAY = "pay", gettext_lazy("The pay")
    PROCESS = "process", gettext_lazy("The process")
    CHANNEL = "channel", gettext_lazy("Where we look")


class CourseCorrectionQuerySet(models.QuerySet["CourseCorrection"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def open(self) -> Self:
        return self.filter(state=CorrectionState.OPEN)


class CourseCorrection(Stamped):
    """One goal that slips, by `code` as it was found in the data, or named by a partner.

    `measure` is the figure that says whether it worked (domain/measures.py), `scope` narrows it. It is read at the
    start and on the day to look again, and both readings are kept; `verdict` and `result` follow from them alone.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="corrections")
    state = models.CharField(max_length=10, choices=CorrectionState, default=CorrectionState.OPEN)
    code = models.CharField(max_length=20, help_text="What slips (domain/challenges.py).")
    challenge = models.CharField(max_length=300)
    causes = models.JSONField(default=list, blank=True, help_text="Likely causes, each with its figures.")
    words = models.TextField(blank=True, help_text="What the partners add to that.")
    measure = models.CharField(max_length=20)
    scope = models.CharField(max_length=40, blank=True)
    started_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    start_figure = models.JSONField(default=dict)
    look_again_on = models.DateField()
    settled_at = models.DateTimeField(null=True, blank=True)
    end_figure = models.JSONField(default=dict, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    result = models.CharField(max_length=400, blank=True)
    stopped_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    why = models.CharField(max_length=300, blank=True, help_text="Why it was stopped.")

    objects = CourseCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("correction_state_known", "state", CorrectionState),
            goes_with(
                "correction_settled_at",
                state=Q(state__in=["looked", "stopped"]),
                field="settled_at",
                message="A correction that is over says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="correction_verdict_by_figures",
                condition=Q(state="looked", verdict__in=["worked", "not", "untold"])
                | (~Q(state="looked") & Q(verdict="")),
                violation_error_message="Whether it worked is said once it was looked at again.",
            ),
            models.CheckConstraint(
                name="correction_stopped_why",
                condition=(~Q(state="stopped") & Q(why="")) | (Q(state="stopped") & ~Q(why="")),
                violation_error_message="What is stopped says why.",
            ),
            models.UniqueConstraint(
                fields=["partnership", "code", "measure", "scope"],
                condition=Q(state="open") & ~Q(code="named"),
                name="correction_one_of_a_kind",
                violation_error_message="The course is being corrected for this already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["partnership", "look_again_on"], name="correction_open", condition=Q(state="open")
            )
        ]

    def __str__(self) -> str:
        return self.challenge

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class CorrectionStepQuerySet(models.QuerySet["CorrectionStep"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(correction__in=CourseCorrection.objects.visible_to(user))

    def ahead(self) -> Self:
        """Not done, of a correction under way in a partnership that goes on."""
        return self.filter(
            done_at__isnull=True,
            correction__state=CorrectionState.OPEN,
            correction__partnership__state=PartnershipState.ACTIVE,
        )


class CorrectionStep(Stamped):
    """What one side changes, by whom and by when."""

    correction = models.ForeignKey(CourseCorrection, on_delete=models.CASCADE, related_name="steps")
    lever = models.CharField(max_length=10, choices=Lever)
    side = models.CharField(max_length=10, choices=PartnerSide)
    owner = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="correction_steps")
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField(null=True, blank=True)

    objects = CorrectionStepQuerySet.as_manager()

    class Meta:
        ordering = ("due_on", "pk")
        constraints = [
            one_of("correction_lever_known", "lever", Lever),
            one_of("correction_step_side_known", "side", PartnerSide),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], name="correction_step_open", condition=Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.text

    def about(self) -> dict[str, int]:
        return self.correction.partnership.about()
