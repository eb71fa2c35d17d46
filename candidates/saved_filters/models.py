"""Filters of the list of people under a name, and who follows them."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped

LONGEST = 2000
"""Characters of what a filter asks for, as the query of an address."""


class SavedFilterQuerySet(GuardedQuerySet["SavedFilter"]):
    """Who sees which of them is said in `access/saved_filter.py`."""


class SavedFilter(Stamped):
    """What the list of people is asked for: `asked` is the query of its address.

    Whom it finds hangs on whoever opens it. `shared`: colleagues see it and may follow it, its owner alone changes it.
    """

    owner = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=80)
    asked = models.CharField(max_length=LONGEST)
    shared = models.BooleanField(default=False)

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "owner",
                Lower("name"),
                name="saved_filter_name_once",
                violation_error_message="You have a filter of this name already.",
            ),
        ]
        indexes = [
            models.Index(fields=["shared"], name="saved_filter_shared", condition=models.Q(shared=True))
        ]

    def __str__(self) -> str:
        return self.name


class FollowedFilterQuerySet(models.QuerySet["FollowedFilter"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(FollowedFilter.may_try(now), due_at__lte=now)


class FollowedFilter(Stamped, Attempts):
    """Somebody wants to hear once a day of whom a filter finds anew.

    `known` are the people whom it found when it was last looked at, by number, and `fresh` those whom it had not
    found the time before; `problem` says why it is not looked at any more.
    """

    filter = models.ForeignKey(SavedFilter, on_delete=models.CASCADE, related_name="followed")
    user = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="followed_filters")
    due_at = models.DateTimeField()
    known = ArrayField(models.BigIntegerField(), default=list, blank=True)
    fresh = ArrayField(models.BigIntegerField(), default=list, blank=True)
    looked_at = models.DateTimeField()
    problem = models.CharField(max_length=200, blank=True)

    objects = FollowedFilterQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["filter", "user"],
                name="followed_filter_once",
                violation_error_message="You follow this filter already.",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="followed_filter_due")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.filter_id}"
