"""Signals: what several people share, or somebody's file hides, for a person to look at. They decide nothing."""

from typing import Self

from django.db import models
from django.db.models import Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.people.models import Candidate

LONGEST_REASON = 500


class SignalKind(models.TextChoices):
    FILE = "file", gettext_lazy("The same file from several people")
    PHONE = "phone", gettext_lazy("The same telephone number for several people")
    EMAIL = "email", gettext_lazy("The same e-mail address for several people")
    ANSWERS = "answers", gettext_lazy("The same answer, to the letter, from several people")
    DISPOSABLE = "disposable", gettext_lazy("An e-mail address made to be thrown away")
    UNSEEN = "unseen", gettext_lazy("Text in a file that nobody can see")


class SignalState(models.TextChoices):
    OPEN = "open", gettext_lazy("To be looked at")
    OK = "ok", gettext_lazy("All right")
    NOT_OK = "not_ok", gettext_lazy("Not all right")


class SignalQuerySet(GuardedQuerySet["Signal"]):
    """Who sees which of them is said in `access/signal.py`."""

    def open(self) -> Self:
        return self.filter(state=SignalState.OPEN)


class Signal(Stamped):
    """One thing to look at. `key` is a digest of what is shared: what it is, its people's own records say.

    A verdict says who, when and why, and is about these people; somebody new in it opens it again (`found_at`).
    """

    kind = models.CharField(max_length=10, choices=SignalKind)
    key = models.CharField(max_length=64)
    state = models.CharField(max_length=6, choices=SignalState, default=SignalState.OPEN)
    found_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)

    objects = SignalQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("signal_kind_known", "kind", SignalKind),
            one_of("signal_state_known", "state", SignalState),
            models.UniqueConstraint(
                fields=["kind", "key"], name="signal_once", violation_error_message="This is known already."
            ),
            goes_with(
                "signal_decided_by",
                state=Q(decided_at__isnull=False),
                field="decided_by",
                message="A verdict says whose it is.",
            ),
            models.CheckConstraint(
                name="signal_decided_with_reason",
                condition=Q(state="open") | (Q(decided_at__isnull=False) & ~Q(reason="")),
                violation_error_message="A verdict says who gave it, and why.",
            ),
        ]
        indexes = [models.Index(fields=["state", "-found_at", "-id"], name="signal_newest")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    def about(self) -> dict[str, int]:
        return {}


class SignalPerson(models.Model):
    """Somebody in a signal, since when; they go from it with their data."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="people")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="signals")
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signal", "candidate"],
                name="signal_person_once",
                violation_error_message="They stand in it already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.candidate_id} in {self.signal_id}"
