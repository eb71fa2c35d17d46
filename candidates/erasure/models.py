"""Erasures of people, what holds them up, and how long an organisation keeps whom."""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.mail.models import OutgoingMail
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.people.models import Candidate
from requisitions.models import Requisition

PATIENCE = timedelta(days=1)
"""So long it waits for messages that cannot leave: by then it is done."""


class Why(models.TextChoices):
    ASKED = "asked", gettext_lazy("They asked for it")
    COLLEAGUE = "colleague", gettext_lazy("A colleague did it for them")
    RETENTION = "retention", gettext_lazy("Their time was over")
    AGAIN = "again", gettext_lazy("Erased before, and back out of a backup")


TOLD = (Why.ASKED, Why.COLLEAGUE)
"""Whoever is sent a receipt."""


class ErasureState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting")
    ERASED = "erased", gettext_lazy("Files and receipt on their way")
    DONE = "done", gettext_lazy("Erased")
    CANCELLED = "cancelled", gettext_lazy("Called off")


class LegalHoldQuerySet(models.QuerySet["LegalHold"]):
    def standing(self) -> Self:
        return self.filter(lifted_at=None)

    def of(self, candidate: int) -> Self:
        """Those that hold this person: by themselves, or by a role that they applied for."""
        roles = Application.objects.filter(candidate=candidate).values("requisition")
        return self.standing().filter(Q(candidate=candidate) | Q(requisition__in=roles))


class LegalHold(Stamped):
    """Nobody of it is erased while it stands: a dispute, an audit, an order. Of one person, or of one role's people."""

    candidate = models.ForeignKey(
        Candidate, on_delete=models.CASCADE, null=True, blank=True, related_name="legal_holds"
    )
    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, null=True, blank=True, related_name="legal_holds"
    )
    reason = models.CharField(max_length=300)
    placed_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = LegalHoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="legal_hold_of_one",
                condition=Q(candidate__isnull=False, requisition__isnull=True)
                | Q(candidate__isnull=True, requisition__isnull=False),
                violation_error_message="A hold is of one person, or of one role.",
            ),
            models.CheckConstraint(
                name="legal_hold_says_why",
                condition=~Q(reason=""),
                violation_error_message="A hold says why.",
            ),
            goes_with(
                "legal_hold_lifted_by",
                state=Q(lifted_at__isnull=False),
                field="lifted_by",
                message="A hold that is lifted says by whom.",
            ),
            models.UniqueConstraint(
                fields=["candidate", "requisition"],
                condition=Q(lifted_at=None),
                nulls_distinct=False,
                name="legal_hold_once",
                violation_error_message="This is held already.",
            ),
        ]

    def __str__(self) -> str:
        return self.reason

    def about(self) -> dict[str, int]:
        if self.candidate_id:
            return {"candidate_id": self.candidate_id}
        return self.requisition.about() if self.requisition else {}


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def standing(self) -> Self:
        """Asked for, and not called off."""
        return self.exclude(state=ErasureState.CANCELLED)

    def waiting(self) -> Self:
        return self.filter(state=ErasureState.WAITING)

    def ready(self, now: datetime) -> Self:
        """Whose moment has come, and whom nobody holds; or whose files and receipt are left."""
        open_ones = self.filter(
            Attempts.may_try(now), state__in=[ErasureState.WAITING, ErasureState.ERASED], due_at__lte=now
        )
        by_name = LegalHold.objects.standing().filter(candidate=OuterRef("candidate"))
        held_roles = LegalHold.objects.standing().filter(requisition=OuterRef("requisition"))
        by_role = Application.objects.filter(Exists(held_roles), candidate=OuterRef("candidate"))
        return open_ones.filter(Q(state=ErasureState.ERASED) | (~Exists(by_name) & ~Exists(by_role)))

    def asked(self, now: datetime) -> Self:
        """Those that are ready, of whom a person asked for it: each is told what went of theirs."""
        return self.ready(now).filter(state=ErasureState.WAITING, why__in=TOLD)

    def others(self, now: datetime) -> Self:
        return self.ready(now).exclude(state=ErasureState.WAITING, why__in=TOLD)


class Erasure(Attempts, Stamped):
    """One person's data that go, or are gone: who asked, when, and what went by count.

    `because`: the rule (`domain/rules.py`) that says why it is not at once, by its code. `went`: how many rows, by
    what they were; `files`: names that the storage is still to let go of. The receipt is kept as long as it is on its
    way, and no longer.
    """

    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="erasures")
    why = models.CharField(max_length=10, choices=Why)
    state = models.CharField(max_length=10, choices=ErasureState, default=ErasureState.WAITING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(help_text="When it is done; once it is, when to look again.")
    because = models.CharField(max_length=40, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    went = models.JSONField(default=dict, blank=True)
    files = models.JSONField(default=list, blank=True)
    receipt = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("erasure_why_known", "why", Why),
            one_of("erasure_state_known", "state", ErasureState),
            goes_with(
                "erasure_erased_at",
                state=Q(state__in=["erased", "done"]),
                field="erased_at",
                message="An erasure that is done says since when, and no other does.",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=~Q(state="cancelled"),
                name="erasure_once",
                violation_error_message="This person's erasure is on its way already.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="erasure_open", condition=Q(state__in=["waiting", "erased"]))
        ]

    def __str__(self) -> str:
        return str(self.reference)

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}


class RetentionPolicy(Attempts, Stamped):
    """Whether people of this organisation go by themselves once their time is over. Without a row: they do not."""

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="retention_policy"
    )
    on_since = models.DateTimeField(null=True, blank=True)
    set_by = models.ForeignKey("ats.User", on_delete=models.SET_NULL, null=True, related_name="+")
    due_at = models.DateTimeField(help_text="When whoever is over is looked for next.")

    class Meta:
        verbose_name_plural = "retention policies"
        indexes = [models.Index(fields=["due_at"], name="retention_on", condition=Q(on_since__isnull=False))]

    def __str__(self) -> str:
        return f"Retention at {self.organisation}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class RetentionRule(Stamped):
    """An organisation's own number of months, in place of the one that ships (`domain/rules_table.py`)."""

    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, related_name="retention_rules"
    )
    place = models.CharField(max_length=6, blank=True, help_text="Such as DE or CA-ON; empty: everywhere.")
    outcome = models.CharField(max_length=10)
    months = models.PositiveSmallIntegerField()
    set_by = models.ForeignKey("ats.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "place", "outcome"],
                name="retention_rule_once",
                violation_error_message="There is a number for this already.",
            ),
            models.CheckConstraint(
                name="retention_rule_months",
                condition=Q(months__range=(1, 240)),
                violation_error_message="Between one month and twenty years.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place or 'everywhere'}, {self.outcome}: {self.months} months"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}
