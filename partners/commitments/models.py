"""Commitments as they come due and are measured: from recorded activities alone."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from partners.partnerships.models import Partnership, PartnerSide, Term

if TYPE_CHECKING:
    from ats.accounts.models import User


class CommitmentState(models.TextChoices):
    """`due`: time is left; `kept`/`late`: done in or after its time; `missed`: not done, time is over;
    `waiting`: the clock stands still because it is the other side's or the candidate's move;
    `excused`: the other side let it pass; `released`: it fell away."""

    DUE = "due", gettext_lazy("Due")
    KEPT = "kept", gettext_lazy("Kept")
    LATE = "late", gettext_lazy("Late")
    MISSED = "missed", gettext_lazy("Missed")
    WAITING = "waiting", gettext_lazy("Waiting for the other side")
    EXCUSED = "excused", gettext_lazy("Excused by the other side")
    RELEASED = "released", gettext_lazy("Fell away")


TALLIED = (CommitmentState.KEPT, CommitmentState.LATE, CommitmentState.MISSED)
"""What both sides' bars count: what came due and was not let pass."""


class Court(models.TextChoices):
    """With whom the next move is; with nobody of the two while the brief is signed, or the role is on hold."""

    RECRUITER = "recruiter", gettext_lazy("with the recruiter")
    MANAGER = "manager", gettext_lazy("with the hiring manager")
    CANDIDATE = "candidate", gettext_lazy("with the candidate")
    SIGNERS = "signers", gettext_lazy("with who signs the brief")
    HOLD = "hold", gettext_lazy("on hold")


OWED = (CommitmentState.DUE, CommitmentState.MISSED)


class CommitmentQuerySet(models.QuerySet["Commitment"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def owed(self, now: datetime) -> Self:
        """To be done now: there is time left, or it was missed and can still be made good."""
        return self.filter(state__in=OWED, over_at__isnull=True, started_at__lte=now)


class Commitment(Stamped):
    """One occasion on which one side owed something to the other or to a candidate.

    Nobody types a state: `domain/measuring.py` derives every field from the activity record, and doing it again
    gives the same rows. `key` says which occasion it is; `started_by` and `settled_by` are activity ids.
    """

    # Two indexes begin with it.
    partnership = models.ForeignKey(
        Partnership, on_delete=models.CASCADE, related_name="commitments", db_index=False
    )
    term = models.ForeignKey(
        Term, on_delete=models.SET_NULL, null=True, blank=True, related_name="commitments"
    )
    key = models.CharField(max_length=120)
    side = models.CharField(max_length=10, choices=PartnerSide)
    kind = models.CharField(max_length=40)
    application_id = models.BigIntegerField(null=True, blank=True)
    applications = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Whom it is about, or still waits for."
    )
    state = models.CharField(max_length=10, choices=CommitmentState)
    started_at = models.DateTimeField()
    started_by = models.BigIntegerField(help_text="The activity that set the clock going.")
    due_at = models.DateTimeField()
    until_at = models.DateTimeField(
        help_text="Up to when it counts as kept: its time, and the grace of the agreement."
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.BigIntegerField(null=True, blank=True, help_text="The activity that settled it.")
    hours_late = models.FloatField(default=0, help_text="Working hours after its time; 0 until it is done.")
    over_at = models.DateTimeField(
        null=True, blank=True, help_text="Missed, and since then past: what it was about is decided."
    )

    court = models.CharField(
        max_length=10, choices=Court, blank=True, help_text="With whom the move is; empty once it is over."
    )
    passes = models.JSONField(
        default=list, blank=True, help_text="With whom the move was, each from when on (domain/passes.py)."
    )
    excused_by = models.BigIntegerField(
        null=True, blank=True, help_text="The activity with which the other side excused it."
    )
    escalated_at = models.DateTimeField(
        null=True, blank=True, help_text="Since when whoever stands above that side knows of it."
    )
    nudged_at = models.DateTimeField(
        null=True, blank=True, help_text="When whoever owes it was last reminded of it."
    )

    objects = CommitmentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("commitment_state_known", "state", CommitmentState),
            one_of("commitment_side_known", "side", PartnerSide),
            models.UniqueConstraint(
                fields=["partnership", "key"],
                name="commitment_once",
                violation_error_message="This is noted in the partnership already.",
            ),
            models.CheckConstraint(
                name="commitment_over_once_missed",
                condition=Q(over_at__isnull=True) | Q(state="missed"),
                violation_error_message="Only what was missed is over without being kept.",
            ),
            goes_with(
                "commitment_excused_by",
                state=Q(state="excused"),
                field="excused_by",
                message="What is excused says by what, and no other does.",
            ),
            models.CheckConstraint(
                name="commitment_settled_at",
                condition=Q(state__in=["kept", "late", "excused", "released"], settled_at__isnull=False)
                | Q(state__in=["due", "missed", "waiting"], settled_at__isnull=True),
                violation_error_message="What is kept, late, excused or released says since when, and no other does.",
            ),
        ]
        indexes = [
            # All that the pages count of a partnership, so that they read nothing but this.
            models.Index(
                fields=["partnership", "side", "state", "kind"], include=["due_at"], name="commitment_counted"
            ),
            models.Index(
                fields=["partnership"],
                name="commitment_owed",
                condition=Q(state__in=["due", "missed"], over_at__isnull=True),
            ),
            models.Index(fields=["until_at"], name="commitment_running", condition=Q(state="due")),
            models.Index(
                fields=["partnership", "side"], name="commitment_missed", condition=Q(state="missed")
            ),
            models.Index(
                fields=["due_at"],
                name="commitment_to_remind",
                condition=Q(state="due", nudged_at__isnull=True),
            ),
            models.Index(
                fields=["until_at"],
                name="commitment_to_escalate",
                condition=Q(state="missed", over_at__isnull=True, escalated_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} ({self.side})"

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class Digest(models.Model):
    """Somebody was reminded on this day of what they owe; there is no second message that day."""

    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="commitment_digests")
    day = models.DateField(help_text="Where they are.")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "day"],
                name="digest_once_a_day",
                violation_error_message="This person was reminded on this day already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.day}"


class ToMeasureQuerySet(models.QuerySet["ToMeasure"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now))


class ToMeasure(Attempts):
    """Something happened that commitments of this requisition rest on; they are measured again.

    Written in the transaction of what happened, and gone once it was measured. Without an application, all
    commitments of the requisition are meant.
    """

    requisition_id = models.BigIntegerField()
    application_id = models.BigIntegerField(null=True, blank=True)

    objects = ToMeasureQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["requisition_id"], name="to_measure_requisition")]

    def __str__(self) -> str:
        return f"requisition {self.requisition_id}"
