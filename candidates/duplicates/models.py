"""Two people who may be one, and two records that were put together."""

from datetime import datetime, timedelta
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with
from ats.kernel.staff_words import gettext_lazy
from candidates.people.models import Candidate

UNDONE_WITHIN = timedelta(days=30)


class Reason(models.TextChoices):
    """Why two people may be one."""

    EMAIL = "email", gettext_lazy("the same e-mail address")
    PHONE = "phone", gettext_lazy("the same telephone number")
    LINK = "link", gettext_lazy("the same link")
    EMPLOYER = "employer", gettext_lazy("the same name at the same employer")
    FILE = "file", gettext_lazy("the same file")
    NAME = "name", gettext_lazy("the same name")


WEAK = frozenset({Reason.PHONE})
"""By itself it says little: a family, a flat, an office share a telephone."""


class LikenessQuerySet(models.QuerySet["Likeness"]):
    def open(self) -> Self:
        """Those of whom nobody has said yet that they are two."""
        return self.filter(apart_at=None)

    def between(self, one: int, other: int) -> Self:
        return self.filter(first=min(one, other), second=max(one, other))

    def of(self, candidate_id: int) -> Self:
        return self.filter(Q(first=candidate_id) | Q(second=candidate_id))


class Likeness(Stamped):
    """Two people who may be one: found by the clock, decided by a person. "Not the same" is remembered."""

    first = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    reasons = ArrayField(models.CharField(max_length=10, choices=Reason))
    found_at = models.DateTimeField()
    apart_at = models.DateTimeField(null=True, blank=True, help_text="When somebody said that they are two.")
    apart_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = LikenessQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"],
                name="likeness_once",
                violation_error_message="These two stand beside each other already.",
            ),
            models.CheckConstraint(
                name="likeness_of_two",
                condition=Q(first__lt=F("second")),
                violation_error_message="It takes two people to be alike.",
            ),
            models.CheckConstraint(
                name="likeness_reasons_known",
                condition=Q(reasons__contained_by=Reason.values),
                violation_error_message="This is none of the reasons.",
            ),
            goes_with(
                "likeness_apart_by",
                state=Q(apart_at__isnull=False),
                field="apart_by",
                message="Who says that they are two is named.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["-found_at", "-id"], name="likeness_open", condition=Q(apart_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}"

    def other_than(self, candidate_id: int) -> int:
        """The number of the other one of the two."""
        return self.first_id if self.second_id == candidate_id else self.second_id

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.first_id}


class LookedThrough(models.Model):
    """How far the clock has looked for people who may be one: one row.

    `walked_to`: everybody up to this number was looked at once; null: all. `heard_to`: the moment and the number of
    what was heard last.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    walked_to = models.BigIntegerField(null=True, default=0)
    heard_to = models.DateTimeField()
    heard_id = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="looked_through_once",
                condition=Q(id=1),
                violation_error_message="There is one such row.",
            )
        ]

    def __str__(self) -> str:
        return f"Up to {self.heard_to}"


class MergeQuerySet(models.QuerySet["Merge"]):
    def standing(self) -> Self:
        return self.filter(undone_at=None)

    def to_sweep(self, now: datetime) -> Self:
        """Those after which somebody may have written to the record that only leads on by now."""
        return self.filter(Attempts.may_try(now), sweep_at__lte=now, undone_at=None)


class Merge(Attempts, Stamped):
    """Two records of one person, put together: what came along, and how both were before.

    `came`: for each relation the numbers of the rows that came (`actions/relations.py`); `before`: the columns of both,
    what the survivor had afterwards, and what else was changed. Both are empty once it is undone, or the person is
    erased.
    """

    kept = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="merges")
    lost = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="merges_away")
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    merged_at = models.DateTimeField()
    why = models.CharField(max_length=300, blank=True)
    came = models.JSONField(default=dict, blank=True)
    before = models.JSONField(default=dict, blank=True)
    sweep_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MergeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="merge_of_two",
                condition=~Q(kept=F("lost")),
                violation_error_message="Nobody is put together with themselves.",
            ),
            models.UniqueConstraint(
                fields=["lost"],
                condition=Q(undone_at=None),
                name="merge_once",
                violation_error_message="This record was put together with another one already.",
            ),
            goes_with(
                "merge_undone_by",
                state=Q(undone_at__isnull=False),
                field="undone_by",
                message="What was undone says by whom.",
            ),
        ]
        indexes = [
            models.Index(fields=["sweep_at"], name="merge_to_sweep", condition=Q(sweep_at__isnull=False))
        ]

    def __str__(self) -> str:
        return f"{self.lost_id} into {self.kept_id}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.kept_id}

    @property
    def undone_until(self) -> datetime:
        return self.merged_at + UNDONE_WITHIN
