"""What came of a hire: the outcomes that were agreed, and what manager and new hire say after 30, 90 and 180 days."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy

from ats.duework.models import Attempts
from ats.kernel import staff_words
from ats.kernel.models import Stamped, goes_with, one_of
from candidates.models import HireRecord
from partners.partnerships.models import Partnership
from requisitions.models import TeamMember, TeamRole

if TYPE_CHECKING:
    from ats.accounts.models import User

TALK, FIRST_LOOK = 30, 90
"""Days after the first one: the talk, and the first review that says how well somebody was chosen."""


class HireOutcomeState(models.TextChoices):
    AHEAD = "ahead", staff_words.gettext_lazy("Starts soon")
    RUNNING = "running", staff_words.gettext_lazy("Has started")
    TAKEN_BACK = "taken_back", staff_words.gettext_lazy("Did not come of it")


class HireOutcomeQuerySet(models.QuerySet["HireOutcome"]):
    def visible_to(self, user: "User") -> Self:
        """Who sees the hire, where they recruit or are on the manager's side of its role."""
        seen = self.filter(hire__in=HireRecord.objects.visible_to(user))
        if user.is_authenticated and user.is_active and not user.recruits:
            side = TeamMember.objects.filter(
                requisition=OuterRef("partnership__requisition"), user=user, role=TeamRole.MANAGER
            )
            return seen.filter(Exists(side))
        return seen


class HireOutcome(Stamped):
    """What is expected of one hire and of their role, and what came of it (`reviews`).

    `expected` is a list of `{"text", "by"}`, the outcomes of the brief as the manager has adjusted them; `points`
    are those of the value proposition. Both are as the brief says while nobody has agreed or been asked.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="hire_outcomes")
    hire = models.OneToOneField(HireRecord, on_delete=models.CASCADE, related_name="outcome")
    state = models.CharField(max_length=10, choices=HireOutcomeState, default=HireOutcomeState.AHEAD)
    starts_on = models.DateField(null=True, blank=True)
    expected = models.JSONField(default=list, blank=True)
    points = models.JSONField(default=list, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When the new hire said they had read it."
    )
    their_words = models.TextField(blank=True, help_text="What the new hire says of what was agreed.")

    objects = HireOutcomeQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("hire_outcome_state_known", "state", HireOutcomeState),
            goes_with(
                "hire_outcome_agreed_by",
                state=Q(agreed_at__isnull=False),
                field="agreed_by",
                message="Who agreed the outcomes is named.",
            ),
            models.CheckConstraint(
                name="hire_outcome_agreed_on_something",
                condition=Q(agreed_at__isnull=True) | ~Q(expected=[]),
                violation_error_message="Agree on one outcome at least.",
            ),
        ]

    def __str__(self) -> str:
        return f"Outcomes of hire {self.hire_id}"

    def about(self) -> dict[str, int]:
        return self.hire.about() | {"partnership_id": self.partnership_id}


class ReviewState(models.TextChoices):
    PLANNED = "planned", staff_words.gettext_lazy("Planned")
    OPEN = "open", staff_words.gettext_lazy("Asked")
    DONE = "done", staff_words.gettext_lazy("Both have answered")
    TAKEN_BACK = "taken_back", staff_words.gettext_lazy("Not asked any more")


class OutcomeReviewQuerySet(models.QuerySet["OutcomeReview"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(outcome__in=HireOutcome.objects.visible_to(user))

    def to_open(self, now: datetime) -> Self:
        """Their day has come, and the one whom it is about has begun."""
        ready = self.filter(Attempts.may_try(now), state=ReviewState.PLANNED, opens_at__lte=now)
        return ready.filter(outcome__state=HireOutcomeState.RUNNING)

    def to_remind(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=ReviewState.OPEN, remind_at__lte=now)


class OutcomeReview(Attempts, Stamped):
    """What manager and new hire are asked so many days after the first one; planned with it, and moved with it."""

    outcome = models.ForeignKey(HireOutcome, on_delete=models.CASCADE, related_name="reviews")
    day = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ReviewState, default=ReviewState.PLANNED)
    opens_at = models.DateTimeField(null=True, blank=True, help_text="Empty while there is no first day.")
    remind_at = models.DateTimeField(null=True, blank=True)
    reminders = models.PositiveSmallIntegerField(default=0)

    objects = OutcomeReviewQuerySet.as_manager()

    class Meta:
        ordering = [F("day")]
        constraints = [
            one_of("outcome_review_state_known", "state", ReviewState),
            models.UniqueConstraint(
                fields=["outcome", "day"],
                name="outcome_review_once",
                violation_error_message="This review is planned already.",
            ),
        ]
        indexes = [
            models.Index(fields=["opens_at"], name="outcome_review_opens", condition=Q(state="planned")),
            models.Index(fields=["remind_at"], name="outcome_review_remind", condition=Q(state="open")),
        ]

    def __str__(self) -> str:
        return f"After {self.day} days"

    def about(self) -> dict[str, int]:
        return self.outcome.about()


class AnswerSide(models.TextChoices):
    MANAGER = "manager", staff_words.gettext_lazy("Hiring manager")
    NEW_HIRE = "new_hire", staff_words.gettext_lazy("New hire")


class Verdict(models.TextChoices):
    YES = "yes", gettext_lazy("Yes")
    PART = "part", gettext_lazy("In part")
    NOT_YET = "not_yet", gettext_lazy("Not yet")


class Again(models.TextChoices):
    YES = "yes", gettext_lazy("Yes")
    UNSURE = "unsure", gettext_lazy("Not sure")
    NO = "no", gettext_lazy("No")


class ReviewAnswer(Stamped):
    """What one of the two answered, once.

    `outcomes` is a list of `{"text", "verdict", "words"}`, `points` of `{"text", "verdict"}`; `met` and `as_said` are
    the shares of them, a half for each that is so in part. What a new hire answers is read by the role's recruiter
    and by who oversees, and by the manager's side only where it is `shared`.
    """

    review = models.ForeignKey(OutcomeReview, on_delete=models.CASCADE, related_name="answers")
    side = models.CharField(max_length=10, choices=AnswerSide)
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    given_at = models.DateTimeField()
    talked_on = models.DateField(null=True, blank=True, help_text="When the two spoke with each other.")
    outcomes = models.JSONField(default=list, blank=True)
    points = models.JSONField(default=list, blank=True)
    met = models.FloatField(null=True, blank=True)
    as_said = models.FloatField(null=True, blank=True)
    well_used = models.CharField(max_length=10, choices=Verdict)
    again = models.CharField(max_length=10, choices=Again)
    words = models.TextField(blank=True)
    shared = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("review_answer_side_known", "side", AnswerSide),
            one_of("review_answer_used_known", "well_used", Verdict),
            one_of("review_answer_again_known", "again", Again),
            models.UniqueConstraint(
                fields=["review", "side"],
                name="review_answer_once",
                violation_error_message="This has been answered already.",
            ),
            goes_with(
                "review_answer_by",
                state=Q(side="manager"),
                field="by",
                message="A manager's answer names who gave it; the new hire's needs no name.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()} on review {self.review_id}"

    def about(self) -> dict[str, int]:
        return self.review.about()


class OutcomeLinkQuerySet(models.QuerySet["OutcomeLink"]):
    def valid(self, now: datetime) -> Self:
        open_ones = self.filter(expires_at__gt=now, outcome__state=HireOutcomeState.RUNNING)
        return open_ones.filter(outcome__hire__application__candidate__anonymised_at__isnull=True)


class OutcomeLink(models.Model):
    """A link that opens a new hire's page of their first months, and nothing else; only its hash is kept."""

    outcome = models.ForeignKey(HireOutcome, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    objects = OutcomeLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outcome_link_expires_later",
                condition=Q(expires_at__gt=F("created_at")),
                violation_error_message="A link ends after it was made.",
            )
        ]

    def __str__(self) -> str:
        return f"Link of {self.outcome}"

    def about(self) -> dict[str, int]:
        return self.outcome.about()
