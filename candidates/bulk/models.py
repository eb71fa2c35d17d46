"""Bulk runs: what is done with many people, as a row for the whole and a row for each of them."""

import uuid
from datetime import datetime
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ats.duework.models import MAX_ATTEMPTS, Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application
from candidates.people.models import Candidate


class BulkKind(models.TextChoices):
    MOVE = "move", gettext_lazy("Move")
    REJECT = "reject", gettext_lazy("Reject")
    MESSAGE = "message", gettext_lazy("Write")
    REVIEW = "review", gettext_lazy("Ask the manager")
    TAG = "tag", gettext_lazy("Add tags")
    UNTAG = "untag", gettext_lazy("Take tags off")
    POOL = "pool", gettext_lazy("Add to a pool")
    SEQUENCE = "sequence", gettext_lazy("Begin a sequence")
    EXPORT = "export", gettext_lazy("Export")


OF_PEOPLE = frozenset({BulkKind.TAG, BulkKind.UNTAG, BulkKind.POOL, BulkKind.SEQUENCE, BulkKind.EXPORT})
"""What is done with a person, and not with one of their applications."""


class RunState(models.TextChoices):
    PREVIEW = "preview", gettext_lazy("Not begun")
    RUNNING = "running", gettext_lazy("Running")
    CANCELLED = "cancelled", gettext_lazy("Stopped")
    DONE = "done", gettext_lazy("Done")
    UNDOING = "undoing", gettext_lazy("Being taken back")
    UNDONE = "undone", gettext_lazy("Taken back")


class ItemState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("To be done")
    LEFT_OUT = "left_out", gettext_lazy("Left out")
    DONE = "done", gettext_lazy("Done")
    REFUSED = "refused", gettext_lazy("Not done")
    UNDONE = "undone", gettext_lazy("Taken back")
    STAYED = "stayed", gettext_lazy("Could not be taken back")


class BulkRunQuerySet(GuardedQuerySet["BulkRun"]):
    """Who sees which of them is said in `access/bulk_run.py`."""

    def at_work(self) -> Self:
        return self.filter(state__in=[RunState.RUNNING, RunState.UNDOING])

    def over(self) -> Self:
        """At work, and nothing is left that could still be done."""
        left = BulkItem.objects.filter(run=OuterRef("pk"), attempts__lt=MAX_ATTEMPTS)
        return self.filter(
            Q(state=RunState.RUNNING) & ~Exists(left.filter(state=ItemState.WAITING))
            | Q(state=RunState.UNDOING) & ~Exists(left.filter(state=ItemState.DONE))
        )


class BulkRun(Stamped):
    """One thing that somebody does with many people, as they looked at it before it began.

    `key` is that of the form: sent twice, it is one run. `parameters` is what is done, such as the stage; the words
    of messages go when the run has ended. `seen_at`: when its author has seen how it ended.
    """

    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="bulk_runs")
    kind = models.CharField(max_length=10, choices=BulkKind)
    key = models.UUIDField(default=uuid.uuid4)
    parameters = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=RunState, default=RunState.PREVIEW)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)

    objects = BulkRunQuerySet.as_manager()
    WORDS: ClassVar[tuple[str, ...]] = ("subject", "body", "note", "why")

    class Meta:
        constraints = [
            one_of("bulk_run_kind_known", "kind", BulkKind),
            one_of("bulk_run_state_known", "state", RunState),
            models.UniqueConstraint(
                fields=["by", "key"],
                name="bulk_run_once_for_a_form",
                violation_error_message="This was sent already.",
            ),
            goes_with(
                "bulk_run_ended_at",
                state=Q(state__in=["cancelled", "done", "undone"]),
                field="ended_at",
                message="A run that has ended says when, and no other does.",
            ),
        ]
        indexes = [
            models.Index(fields=["by", "-id"], name="bulk_run_of_author"),
            models.Index(
                fields=["id"], name="bulk_run_at_work", condition=Q(state__in=["running", "undoing"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    def about(self) -> dict[str, int]:
        return {}

    @property
    def is_at_work(self) -> bool:
        return self.state in {RunState.RUNNING, RunState.UNDOING}


class BulkItemQuerySet(models.QuerySet["BulkItem"]):
    def ready(self, now: datetime) -> Self:
        """To be done, or to be taken back."""
        to_do = Q(state=ItemState.WAITING, run__state=RunState.RUNNING)
        to_undo = Q(state=ItemState.DONE, run__state=RunState.UNDOING)
        return self.filter(Attempts.may_try(now), to_do | to_undo)


class BulkItem(Attempts):
    """One person in a run, and with which of their applications; `why` says what kept it from being done.

    `facts` is what is done with just this one, and what it needs to be taken back.
    """

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="items")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="+")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=ItemState, default=ItemState.WAITING)
    why = models.CharField(max_length=500, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    objects = BulkItemQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("bulk_item_state_known", "state", ItemState),
            models.UniqueConstraint(
                fields=["run", "candidate", "application"],
                nulls_distinct=False,
                name="bulk_item_once",
                violation_error_message="They stand in this run already.",
            ),
        ]
        indexes = [models.Index(fields=["run", "state", "id"], name="bulk_item_of_run")]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.run_id}"

    def about(self) -> dict[str, Any]:
        return {"candidate_id": self.candidate_id}
