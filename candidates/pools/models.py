"""Pools: people who are kept for later, for a purpose, each with a day by which somebody is in touch."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Lower

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from candidates.consents.models import Consent, Purpose
from candidates.people.models import Candidate

LONGEST_NAME, LONGEST_PURPOSE, LONGEST_WHY = 80, 300, 300
SHORTEST_GRACE, LONGEST_GRACE = 1, 90


class TalentPoolQuerySet(GuardedQuerySet["TalentPool"]):
    """Who sees which of them is said in `access/pool.py`."""

    def open(self) -> Self:
        return self.filter(closed_at=None)


class TalentPool(Stamped):
    """Why people are kept, who looks after them, and what they must have agreed to.

    `purpose` is read by those in it, when they are asked for their consent. `needs` is empty where the organisation
    keeps them on another ground. Who has no valid consent is in it for `grace_days` at most.
    """

    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="pools")
    name = models.CharField(max_length=LONGEST_NAME)
    purpose = models.CharField(max_length=LONGEST_PURPOSE)
    owner = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="pools")
    needs = models.CharField(max_length=12, choices=Purpose, blank=True)
    grace_days = models.PositiveSmallIntegerField(default=30)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TalentPoolQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(closed_at=None),
                name="talent_pool_name_once",
                violation_error_message="There is a pool of this name already.",
            ),
            models.CheckConstraint(
                name="talent_pool_needs_known",
                condition=Q(needs="") | Q(needs__in=Purpose.values),
                violation_error_message="Choose what people must have agreed to.",
            ),
            models.CheckConstraint(
                name="talent_pool_grace",
                condition=Q(grace_days__range=(SHORTEST_GRACE, LONGEST_GRACE)),
                violation_error_message=f"From {SHORTEST_GRACE} to {LONGEST_GRACE} days.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class Left(models.TextChoices):
    """Why somebody is in a pool no longer."""

    BY_HAND = "by_hand", gettext_lazy("Taken out")
    NO_CONSENT = "no_consent", gettext_lazy("No consent by the day")
    REFUSED = "refused", gettext_lazy("They took their consent back")
    CLOSED = "closed", gettext_lazy("The pool was closed")


class TalentMemberQuerySet(models.QuerySet["TalentMember"]):
    def inside(self) -> Self:
        return self.filter(left_at=None)

    def run_out(self, now: datetime) -> Self:
        """Whose day has come: they agree anew, or leave."""
        return self.inside().filter(Attempts.may_try(now), ends_at__lte=now)

    def to_touch(self, now: datetime) -> Self:
        return self.inside().filter(touch_at__lte=now)

    def with_consent(self, now: datetime) -> Self:
        """With `agreed`: whether they have agreed to what their pool needs."""
        valid = Consent.objects.valid(now).filter(
            candidate=OuterRef("candidate"), purpose=OuterRef("pool__needs")
        )
        return self.annotate(agreed=Exists(valid))


class TalentMember(Attempts, Stamped):
    """Somebody in a pool: who put them there and why, until when without another yes, and who is in touch by when.

    `touch_at` is softer than a promise: the person does not know of it, and it breaks nothing. It is shown when it is
    due, and moved on with a reason.
    """

    pool = models.ForeignKey(TalentPool, on_delete=models.CASCADE, related_name="members")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="pool_memberships")
    added_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    why = models.CharField(max_length=LONGEST_WHY, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True, help_text="When they leave without another yes.")
    asked_at = models.DateTimeField(
        null=True, blank=True, help_text="When they were asked for their consent."
    )
    touch_at = models.DateTimeField(null=True, blank=True)
    touch_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    touch_why = models.CharField(max_length=LONGEST_WHY, blank=True, help_text="Why the day was moved.")
    touched_at = models.DateTimeField(null=True, blank=True, help_text="When somebody was in touch last.")
    left_at = models.DateTimeField(null=True, blank=True)
    left = models.CharField(max_length=10, choices=Left, blank=True)

    objects = TalentMemberQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "candidate"],
                condition=Q(left_at=None),
                name="talent_member_once",
                violation_error_message="They are in this pool already.",
            ),
            models.CheckConstraint(
                name="talent_member_left_known",
                condition=Q(left="") | Q(left__in=Left.values),
                violation_error_message="This is none of the choices of left.",
            ),
            goes_with(
                "talent_member_left_says_why",
                state=~Q(left=""),
                field="left_at",
                message="Who left says when and why.",
            ),
            goes_with(
                "talent_member_touch_by_somebody",
                state=Q(touch_by__isnull=False),
                field="touch_at",
                message="A next touch has a day and somebody who does it.",
            ),
        ]
        indexes = [
            models.Index(fields=["pool", "-added_at", "-id"], name="talent_member_of_pool"),
            models.Index(fields=["candidate"], name="talent_member_of_candidate"),
            models.Index(
                fields=["ends_at"],
                name="talent_member_runs_out",
                condition=Q(left_at=None, ends_at__isnull=False),
            ),
            models.Index(
                fields=["touch_by", "touch_at"],
                name="talent_member_touch",
                condition=Q(left_at=None, touch_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.pool_id}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}
