"""What people ask of us about their data: a copy of it, that it is put right, and complaints about how we handle it.

Each is a row that comes due, has an answer, and is closed by a person or by having been done: never by a clock.
"""

import uuid
from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.organisation.models import HiringOrganisation
from candidates.people.models import Candidate

FOLDER = "copies"
"""Of the file storage. Its files go by their term (`ats.retention.terms.FILES`)."""
AGAIN = timedelta(hours=1)
"""How long after a download began the link opens once more: lines break."""
AGAIN_AFTER = timedelta(days=1)
"""How long after one copy another is made for the same person."""


def copy_path(copy: "DataCopy", filename: str) -> str:
    """A path that says nothing about the person."""
    return f"{FOLDER}/{uuid.uuid4().hex}"


class CopyState(models.TextChoices):
    MAKING = "making", gettext_lazy("Being made")
    READY = "ready", gettext_lazy("Ready")


class DataCopyQuerySet(GuardedQuerySet["DataCopy"]):
    """Who sees which of them is said in `access/data_copy.py`."""

    def making(self) -> Self:
        return self.filter(state=CopyState.MAKING)


class DataCopy(Stamped):
    """A copy of everything about one person, as a file behind a link that only they were sent (Art. 15 and 20 GDPR).

    Only the hash of the link's token is kept. `taken_at`: when they began to download it; an hour later the link is
    over.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="data_copies")
    state = models.CharField(max_length=6, choices=CopyState, default=CopyState.MAKING)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who asked for it in their place; empty: they themselves.",
    )
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=copy_path, max_length=200, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    token_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    taken_at = models.DateTimeField(null=True, blank=True)

    objects = DataCopyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "data copies"
        constraints = [
            one_of("data_copy_state_known", "state", CopyState),
            goes_with(
                "data_copy_settled_at",
                state=Q(state="ready"),
                field="settled_at",
                message="A copy that is ready says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="data_copy_ready_with_link",
                condition=Q(state="making") | Q(expires_at__isnull=False) & ~Q(token_hash=""),
                violation_error_message="A copy that is ready has a link that ends.",
            ),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(state="making"),
                name="data_copy_one_at_a_time",
                violation_error_message="A copy is being made already.",
            ),
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="data_copy_of_token",
                violation_error_message="This link is there already.",
            ),
        ]
        indexes = [models.Index(fields=["candidate", "-asked_at"], name="data_copy_newest")]

    def __str__(self) -> str:
        return f"Copy for {self.candidate}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}

    def is_there(self, now: datetime) -> bool:
        """Whether its link opens it now."""
        if self.state != CopyState.READY or self.expires_at is None or self.expires_at <= now:
            return False
        return bool(self.file) and (self.taken_at is None or now < self.taken_at + AGAIN)


class Answerable(Attempts, Stamped):
    """What somebody asked and a person answers by a day: reminded of before, and again while it is late."""

    text = models.TextField()
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    nudge_at = models.DateTimeField(help_text="When whoever owes the answer is reminded next.")
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True


class CorrectionState(models.TextChoices):
    OPEN = "open", gettext_lazy("Waiting for our answer")
    DONE = "done", gettext_lazy("Put right")
    DECLINED = "declined", gettext_lazy("Left as it is")


class DataCorrectionQuerySet(GuardedQuerySet["DataCorrection"]):
    """Who sees which of them is said in `access/data_correction.py`."""

    def open(self) -> Self:
        return self.filter(state=CorrectionState.OPEN)

    def to_remind(self, now: datetime) -> Self:
        return self.open().filter(Attempts.may_try(now), nudge_at__lte=now)


class DataCorrection(Answerable):
    """Somebody asks that we put right what they cannot change themselves; answered within a month (Art. 12(3), 16)."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="data_corrections")
    state = models.CharField(max_length=8, choices=CorrectionState, default=CorrectionState.OPEN)

    objects = DataCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("data_correction_state_known", "state", CorrectionState),
            goes_with(
                "data_correction_settled_at",
                state=~Q(state="open"),
                field="settled_at",
                message="A request that is answered says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="data_correction_declined_says_why",
                condition=~Q(state="declined") | ~Q(answer=""),
                violation_error_message="Say why it stays as it is.",
            ),
        ]
        indexes = [
            models.Index(fields=["nudge_at"], name="data_correction_to_remind", condition=Q(state="open")),
            models.Index(fields=["candidate", "-asked_at"], name="data_correction_newest"),
        ]

    def __str__(self) -> str:
        return f"Correction for {self.candidate}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}


class ComplaintState(models.TextChoices):
    OPEN = "open", gettext_lazy("Waiting for our answer")
    ANSWERED = "answered", gettext_lazy("Answered")


class ComplaintOutcome(models.TextChoices):
    UPHELD = "upheld", gettext_lazy("We agree with you")
    PARTLY = "partly", gettext_lazy("We agree in part")
    REJECTED = "rejected", gettext_lazy("We see it differently")


class DataComplaintQuerySet(GuardedQuerySet["DataComplaint"]):
    """Who sees which of them is said in `access/data_complaint.py`."""

    def open(self) -> Self:
        return self.filter(state=ComplaintState.OPEN)

    def to_remind(self, now: datetime) -> Self:
        return self.open().filter(Attempts.may_try(now), nudge_at__lte=now)


class DataComplaint(Answerable):
    """Somebody complains about how we handle their data: acknowledged at once, answered within 30 days.

    The United Kingdom's Data (Use and Access) Act 2025, section 103 (in force since 19 June 2026), has every
    controller acknowledge a complaint within 30 days, look into it without undue delay and tell what came of it. It
    is no promise to a candidate: whoever complains need have no application, and need not be known here.

    Who complains on their own page is `candidate`; who writes on the public page is known by what they typed alone,
    which proves nothing. The row is proof of what we answered, and outlives the candidate.
    """

    candidate = models.ForeignKey(
        Candidate, on_delete=models.SET_NULL, null=True, blank=True, related_name="data_complaints"
    )
    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    email = models.EmailField(blank=True, help_text="Empty: there was none on their page.")
    language = models.CharField(max_length=10)
    state = models.CharField(max_length=8, choices=ComplaintState, default=ComplaintState.OPEN)
    outcome = models.CharField(max_length=8, choices=ComplaintOutcome, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)

    objects = DataComplaintQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("data_complaint_state_known", "state", ComplaintState),
            goes_with(
                "data_complaint_settled_at",
                state=Q(state="answered"),
                field="settled_at",
                message="A complaint that is answered says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="data_complaint_answered_in_words",
                condition=Q(state="open", outcome="")
                | Q(state="answered", outcome__in=ComplaintOutcome.values) & ~Q(answer=""),
                violation_error_message="A complaint is answered in words, and with what came of it.",
            ),
            models.CheckConstraint(
                name="data_complaint_due_later",
                condition=Q(due_at__gt=F("asked_at")),
                violation_error_message="A complaint is due after it was made.",
            ),
        ]
        indexes = [
            models.Index(fields=["nudge_at"], name="data_complaint_to_remind", condition=Q(state="open")),
            models.Index(fields=["-asked_at"], name="data_complaint_newest"),
            models.Index(
                fields=["candidate", "-asked_at"],
                name="data_complaint_of_candidate",
                condition=Q(candidate__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Complaint of {self.name}"

    def about(self) -> dict[str, int]:
        places = {"candidate_id": self.candidate_id, "organisation_id": self.organisation_id}
        return {name: value for name, value in places.items() if value is not None}
