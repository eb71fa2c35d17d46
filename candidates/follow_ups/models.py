"""The messages that journeys schedule for candidates."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.mail.models import OutgoingMail
from candidates.follow_ups.domain.journeys import STEPS
from candidates.people.models import Candidate


class FollowUpState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Scheduled")
    DONE = "done", gettext_lazy("Done")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")
    SKIPPED = "skipped", gettext_lazy("Skipped")
    FAILED = "failed", gettext_lazy("Set aside")


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=FollowUpState.WAITING, due_at__lte=now)


class FollowUp(Attempts, Stamped):
    """A message that a journey schedules for a candidate.

    When it is due the world is looked at again: what is no longer true is skipped, with the reason.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="follow_ups")
    application = models.ForeignKey(
        "candidates.Application", on_delete=models.CASCADE, null=True, blank=True, related_name="follow_ups"
    )
    step = models.CharField(
        max_length=60,
        help_text="Of the house (follow_ups/domain/journeys.py), or of an organisation.",
    )
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=FollowUpState, default=FollowUpState.WAITING)
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was cancelled or skipped.")
    payload = models.JSONField(default=dict, blank=True)
    idempotency_key = models.CharField(max_length=200, db_collation="C")
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["idempotency_key"],
                name="followup_once",
                violation_error_message="This follow-up is planned already.",
            ),
            one_of("followup_state_known", "state", FollowUpState),
            goes_with(
                "followup_settled_at",
                state=~Q(state="waiting"),
                field="settled_at",
                message="A follow-up that is over says since when, and no other does.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="followup_waiting", condition=Q(state="waiting")),
            models.Index(fields=["application", "due_at"], name="followup_of_application"),
        ]

    def __str__(self) -> str:
        return self.step

    @property
    def label(self) -> str:
        """The step as people read it; of an organisation's own, as it was called when it was planned."""
        step = STEPS.get(self.step)
        return step.label if step else str(self.payload.get("label") or self.step)

    def about(self) -> dict[str, int]:
        places = {"candidate_id": self.candidate_id}
        if self.application_id:
            places["application_id"] = self.application_id
        return places
