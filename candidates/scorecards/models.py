"""Scorecards: an interviewer's evidence and rating per criterion; and the debrief that decides on them."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Exists, OuterRef, Q

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application
from candidates.interviews.models import Interview, still_to_write
from requisitions.models import Criterion

if TYPE_CHECKING:
    from ats.accounts.models import User


class Rating(models.TextChoices):
    """No neutral: who cannot say yes has not seen enough, and says what is missing."""

    DEFINITELY_NOT = "definitely_not", gettext_lazy("Definitely not")
    NO = "no", gettext_lazy("No")
    YES = "yes", gettext_lazy("Yes")
    STRONG_YES = "strong_yes", gettext_lazy("Strong yes")


class ScorecardState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    SUBMITTED = "submitted", gettext_lazy("In")
    CANCELLED = "cancelled", gettext_lazy("Not needed")
    NEVER = "never", gettext_lazy("Never given")


class ScorecardQuerySet(GuardedQuerySet["Scorecard"]):
    def owed(self) -> Self:
        return self.filter(state=ScorecardState.DRAFT)

    def owed_now(self, now: datetime) -> Self:
        """Whose interview has begun: until then nobody owes anything."""
        return self.owed().filter(interview__starts_at__lte=now)

    def to_nudge(self, now: datetime) -> Self:
        return self.owed().filter(Attempts.may_try(now), nudge_at__lte=now)


class Scorecard(Attempts, Stamped):
    """One interviewer's evidence from one interview.

    `revision` rises with everything that is saved while typing, so that two windows do not overwrite each
    other; `number` is the last version that was handed in (see `ScorecardVersion`). `private_notes` are the
    interviewer's own and shown to nobody else.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="scorecards")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scorecards")
    interviewer = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="scorecards")
    state = models.CharField(max_length=10, choices=ScorecardState, default=ScorecardState.DRAFT)
    recommendation = models.CharField(max_length=20, choices=Rating, blank=True)
    reason = models.TextField(blank=True)
    private_notes = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=0)
    number = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    nudge_at = models.DateTimeField(null=True, blank=True, help_text="When to remind next.")
    nudges = models.PositiveSmallIntegerField(default=0)
    submitted_at = models.DateTimeField(null=True, blank=True, help_text="When it was first handed in.")
    why_never = models.CharField(
        max_length=200,
        blank=True,
        default="",
        db_default="",
        help_text="Why it was never given, if it was not.",
    )

    objects = ScorecardQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("scorecard_state_known", "state", ScorecardState),
            models.UniqueConstraint(
                fields=["interview", "interviewer"],
                name="scorecard_once",
                violation_error_message="There is a scorecard of this person for this interview already.",
            ),
            goes_with(
                "scorecard_submitted_at",
                state=Q(state="submitted"),
                field="submitted_at",
                message="A scorecard that is in says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="scorecard_never_says_why",
                condition=~Q(state="never") | ~Q(why_never=""),
                violation_error_message="Say why the scorecard never comes.",
            ),
            models.CheckConstraint(
                name="scorecard_in_with_reason",
                condition=~Q(state="submitted") | (Q(recommendation__in=Rating.values) & ~Q(reason="")),
                violation_error_message="A scorecard that is in has a recommendation and says why.",
            ),
        ]
        indexes = [
            models.Index(fields=["interviewer", "due_at"], name="scorecard_owed", condition=Q(state="draft")),
            models.Index(fields=["nudge_at"], name="scorecard_to_nudge", condition=Q(state="draft")),
            models.Index(
                fields=["application", "submitted_at"], name="scorecard_in", condition=Q(state="submitted")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.interviewer} on {self.interview}"

    def about(self) -> dict[str, int]:
        return self.application.about()

    @property
    def owed(self) -> dict[str, object]:
        """One that is not in as the promise chip shows it."""
        return {"what": "Evidence", "due_at": self.due_at, "state": "open", "side": "manager"}


class ScorecardMark(models.Model):
    """The rating of one criterion, with its evidence; the criterion's words as they were in the kit."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="marks"
    )
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    is_must = models.BooleanField(default=False)
    rating = models.CharField(max_length=20, choices=Rating, blank=True)
    evidence = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "position"],
                name="scorecard_mark_position",
                violation_error_message="Two marks cannot stand in the same place.",
            ),
            models.CheckConstraint(
                name="scorecard_mark_known",
                condition=Q(rating="") | Q(rating__in=Rating.values),
                violation_error_message="This is none of the ratings.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScorecardVersion(models.Model):
    """A scorecard as it was handed in; a correction is a new one. Never changed."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    handed_in_at = models.DateTimeField()
    content = models.JSONField()
    why = models.CharField(max_length=300, blank=True, help_text="Why it was corrected.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scorecard", "number"],
                name="scorecard_version_once",
                violation_error_message="The scorecard has a version with this number already.",
            ),
            models.CheckConstraint(
                name="scorecard_correction_says_why",
                condition=Q(number=1) | ~Q(why=""),
                violation_error_message="A correction says why.",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="scorecard_version_is_kept", operation=pgtrigger.Update),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"


class Outcome(models.TextChoices):
    OFFER = "offer", gettext_lazy("Make an offer")
    ADVANCE = "advance", gettext_lazy("Go on to the next step")
    ANOTHER = "another", gettext_lazy("Another interview")
    DECLINE = "decline", gettext_lazy("Do not go on")


def owes(user: "User") -> Q:
    """Whether `user` has still to write about the application that a row belongs to, having met them or sat in."""
    owed = Scorecard.objects.owed().filter(application=OuterRef("application"), interviewer=user)
    return Q(Exists(owed)) | Q(still_to_write(user))


class DebriefQuerySet(GuardedQuerySet["Debrief"]):
    """Who sees which of them is said in `access/debrief.py`."""


class Debrief(Stamped):
    """What was decided on the evidence, why, and by whom; `evidence` is what lay before them."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="debriefs")
    outcome = models.CharField(max_length=10, choices=Outcome)
    reason = models.TextField()
    decided_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()
    evidence = models.JSONField(default=dict, help_text="Numbers of scorecard versions; gaps known then.")

    objects = DebriefQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("debrief_outcome_known", "outcome", Outcome),
            models.CheckConstraint(
                name="debrief_says_why",
                condition=~Q(reason=""),
                violation_error_message="An outcome says why.",
            ),
        ]
        indexes = [models.Index(fields=["application", "-decided_at"], name="debrief_of_application")]

    def __str__(self) -> str:
        return self.get_outcome_display()

    def about(self) -> dict[str, int]:
        return self.application.about()
