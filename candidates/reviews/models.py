"""A manager's look at candidates: slates, and the verdict on each."""

from typing import Self

from django.db import models
from django.db.models import Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application
from requisitions.models import Requisition


class Slate(models.Model):
    """Candidates that a recruiter puts before a manager together."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="slates")
    presented_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    presented_at = models.DateTimeField()
    note = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Slate of {self.presented_at:%d %B %Y}"

    def about(self) -> dict[str, int]:
        return self.requisition.about()


class ReviewState(models.TextChoices):
    OPEN = "open", gettext_lazy("Open")
    ANSWERED = "answered", gettext_lazy("Answered")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


class Verdict(models.TextChoices):
    YES = "yes", gettext_lazy("Yes")
    UNSURE = "unsure", gettext_lazy("Unsure")
    NO = "no", gettext_lazy("No")


class ReviewQuerySet(GuardedQuerySet["Review"]):
    def open(self) -> Self:
        return self.filter(state=ReviewState.OPEN)


class Review(Stamped):
    """One person's view on one candidate: yes, no or unsure, with the reason on the must-haves.

    `criteria` holds the verdict for each must-have that was judged: `{criterion id: {"met": ..., "text": ...}}`.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="reviews")
    slate = models.ForeignKey(Slate, on_delete=models.SET_NULL, null=True, blank=True, related_name="reviews")
    reviewer = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="reviews")
    requested_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.OPEN)
    verdict = models.CharField(max_length=10, choices=Verdict, blank=True)
    reason = models.TextField(blank=True)
    criteria = models.JSONField(default=dict, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("review_state_known", "state", ReviewState),
            goes_with(
                "review_settled_at",
                state=~Q(state="open"),
                field="settled_at",
                message="A review that is over says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="review_answered_with_reason",
                condition=Q(state="answered", verdict__in=Verdict.values) & ~Q(reason="")
                | (~Q(state="answered") & Q(verdict="")),
                violation_error_message="An answered review has a verdict and says why.",
            ),
            models.UniqueConstraint(
                fields=["application", "reviewer"],
                condition=Q(state="open"),
                name="review_one_open",
                violation_error_message="This person is asked to look at the application already.",
            ),
        ]
        indexes = [
            models.Index(fields=["reviewer", "due_at"], name="review_waiting", condition=Q(state="open"))
        ]

    def __str__(self) -> str:
        return f"{self.reviewer} on {self.application_id}"

    def about(self) -> dict[str, int]:
        return self.application.about()

    @property
    def owed(self) -> dict[str, object]:
        """An open review as the promise chip shows it."""
        return {"what": "Your view", "due_at": self.due_at, "state": "open", "owner_side": "manager"}
