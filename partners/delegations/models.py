"""Delegations: who is away from when to when, and which colleague does their part meanwhile."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy

if TYPE_CHECKING:
    from ats.accounts.models import User

LONGEST = 92
"""Days from the first to the last at most: who is away for longer hands their roles over."""


class DelegationState(models.TextChoices):
    PLANNED = "planned", gettext_lazy("Planned")
    ACTIVE = "active", gettext_lazy("In force")
    OVER = "over", gettext_lazy("Over")


class DelegationQuerySet(models.QuerySet["Delegation"]):
    def visible_to(self, user: "User") -> Self:
        """Of the two; overseers of the whole house see all."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        sees_all = user.oversees and user.works_for is None
        return self if sees_all else self.filter(Q(owner=user) | Q(delegate=user))

    def standing(self) -> Self:
        return self.exclude(state=DelegationState.OVER)

    def to_begin(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=DelegationState.PLANNED, begins_at__lte=now)

    def to_end(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=DelegationState.ACTIVE, ends_at__lte=now)

    def at_the_same_time(self, begins_at: datetime, ends_at: datetime) -> Self:
        return self.standing().filter(begins_at__lt=ends_at, ends_at__gt=begins_at)


class Delegation(Attempts, Stamped):
    """`owner` is away, and `delegate` does their part: what their roles ask of them, in their stead."""

    owner = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="delegations_given")
    delegate = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="delegations_taken")
    state = models.CharField(max_length=10, choices=DelegationState, default=DelegationState.PLANNED)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DelegationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("delegation_state_known", "state", DelegationState),
            models.CheckConstraint(
                name="delegation_to_another",
                condition=~Q(owner=F("delegate")),
                violation_error_message="Nobody stands in for themselves.",
            ),
            models.CheckConstraint(
                name="delegation_ends",
                condition=Q(ends_at__gt=F("begins_at")),
                violation_error_message="It ends after it has begun.",
            ),
            goes_with(
                "delegation_ended_at",
                state=Q(state="over"),
                field="ended_at",
                message="A delegation that is over says since when, and no other does.",
            ),
            models.UniqueConstraint(
                fields=["owner"],
                condition=Q(state="active"),
                name="delegation_one_active",
                violation_error_message="Somebody stands in for this person already.",
            ),
        ]
        indexes = [
            models.Index(fields=["begins_at"], name="delegation_planned", condition=Q(state="planned")),
            models.Index(fields=["ends_at"], name="delegation_active", condition=Q(state="active")),
        ]

    def __str__(self) -> str:
        return f"{self.delegate} for {self.owner}"

    def about(self) -> dict[str, int]:
        return {}
