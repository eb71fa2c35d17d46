"""Feedback to somebody about whom we decided otherwise: how much of it, what was sent, and what was asked for."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.messages.models import Message
from candidates.scorecards.models import ScorecardMark
from requisitions.models import Criterion

if TYPE_CHECKING:
    from requisitions.models import StageKind

LEAST_DAYS, MOST_DAYS = 1, 30


class Depth(models.TextChoices):
    """How much somebody is told, by how far they came: the same for everybody who came as far."""

    NONE = "none", gettext_lazy("The reason alone")
    ONE = "one", gettext_lazy("One point")
    EACH = "each", gettext_lazy("One point for each criterion")
    WHOLE = "whole", gettext_lazy("In detail, with the offer of a talk")


def _depth(default: Depth) -> models.CharField:
    return models.CharField(max_length=5, choices=Depth, default=default)


class FeedbackRules(Stamped):
    """How deep an organisation's feedback goes at each kind of stage. Without a row: as it ships."""

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="feedback_rules"
    )
    applied = _depth(Depth.NONE)
    review = _depth(Depth.ONE)
    interview = _depth(Depth.EACH)
    assessment = _depth(Depth.EACH)
    offer = _depth(Depth.WHOLE)
    answer_days = models.PositiveSmallIntegerField(
        default=5,
        validators=[MinValueValidator(LEAST_DAYS), MaxValueValidator(MOST_DAYS)],
        help_text="Working days within which somebody who asks for feedback is answered.",
    )

    class Meta:
        verbose_name_plural = "feedback rules"
        constraints = [
            *(
                models.CheckConstraint(
                    name=f"feedbackrules_{kind}",
                    condition=Q(**{f"{kind}__in": Depth.values}),
                    violation_error_message="Choose how deep feedback goes.",
                )
                for kind in ("applied", "review", "interview", "assessment", "offer")
            ),
            models.CheckConstraint(
                name="feedbackrules_answer_days",
                condition=Q(answer_days__range=(LEAST_DAYS, MOST_DAYS)),
                violation_error_message=f"From {LEAST_DAYS} to {MOST_DAYS} working days.",
            ),
        ]

    def __str__(self) -> str:
        return f"Feedback of {self.organisation}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}

    def at(self, kind: "StageKind | str") -> Depth:
        """The depth for somebody who came as far as a stage of this kind."""
        return Depth(getattr(self, str(kind), self.offer))


class ClientWord(Stamped):
    """What the client of an agency said of somebody on one criterion: evidence like an interviewer's, once noted."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="client_words")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200, help_text="The criterion in the words of that day.")
    words = models.TextField()
    said_by = models.CharField(max_length=200, help_text="Who at the client said it.")
    said_on = models.DateField()
    noted_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="client_word_is_whole",
                condition=~Q(words="") & ~Q(said_by="") & ~Q(name=""),
                violation_error_message="What a client said names who said it, of which criterion, in which words.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return self.application.about()


class FeedbackState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waits until they know the decision")
    SENT = "sent", gettext_lazy("Sent")
    CANCELLED = "cancelled", gettext_lazy("Taken back before it left")
    PAST = "past", gettext_lazy("Of a decision that was taken back")


class FeedbackQuerySet(GuardedQuerySet["Feedback"]):
    """Who sees which of them is said in `access/feedback.py`."""

    def standing(self) -> Self:
        return self.filter(state__in=[FeedbackState.WAITING, FeedbackState.SENT])

    def sent(self) -> Self:
        return self.filter(state=FeedbackState.SENT)


class Feedback(Stamped):
    """Feedback as a person reviewed and sent it. `message` is how it stands in the conversation.

    Where the candidate did not know the decision yet, it waits for that. `subject` and `body` are the words as they
    were sent; from which evidence stands in its points.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="feedback")
    author = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=FeedbackState, default=FeedbackState.WAITING)
    depth = models.CharField(max_length=5, choices=Depth)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    body = models.TextField()
    gaps_meant = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    message = models.OneToOneField(
        Message, on_delete=models.SET_NULL, null=True, blank=True, related_name="feedback"
    )

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "feedback"
        constraints = [
            one_of("feedback_state_known", "state", FeedbackState),
            one_of("feedback_depth_known", "depth", Depth),
            models.CheckConstraint(
                name="feedback_sent_says_when",
                condition=Q(state__in=["waiting", "cancelled"], sent_at__isnull=True)
                | Q(state__in=["sent", "past"], sent_at__isnull=False),
                violation_error_message="Feedback that was sent says since when, and no other does.",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["waiting", "sent"]),
                name="feedback_once",
                violation_error_message="Feedback has been given already.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def about(self) -> dict[str, int]:
        return self.application.about()


class FeedbackPoint(models.Model):
    """From which evidence a point of feedback was put together, in the words and the version of that moment."""

    feedback = models.ForeignKey(Feedback, on_delete=models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    criterion = models.CharField(max_length=200)
    evidence = models.TextField()
    mark = models.ForeignKey(
        ScorecardMark, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField(default=0, help_text="The version of the scorecard.")
    client_word = models.ForeignKey(
        ClientWord, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["feedback", "position"],
                name="feedback_point_position",
                violation_error_message="Two points cannot stand in the same place.",
            )
        ]

    def __str__(self) -> str:
        return self.criterion


class FeedbackDraft(Stamped):
    """Feedback that somebody has put aside, to go on with it later: one of each person for an application.

    `points`: the seals of the evidence that they chose. It goes with what is sent, or with the decision.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="feedback_drafts")
    author = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="+")
    subject = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    points = models.JSONField(default=list, blank=True)
    kept_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "author"],
                name="feedback_draft_once",
                violation_error_message="You have put feedback to them aside already.",
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def about(self) -> dict[str, int]:
        return self.application.about()


class RequestState(models.TextChoices):
    OPEN = "open", gettext_lazy("Asked for")
    GIVEN = "given", gettext_lazy("Given")
    DECLINED = "declined", gettext_lazy("Declined, with why")
    VOID = "void", gettext_lazy("Not owed any more")


class FeedbackRequestQuerySet(models.QuerySet["FeedbackRequest"]):
    def open(self) -> Self:
        return self.filter(state=RequestState.OPEN)

    def late(self, now: datetime) -> Self:
        """Past the day that the candidate was told, and the lead does not know yet."""
        return self.open().filter(Attempts.may_try(now), due_at__lte=now, lead_told_at__isnull=True)


class FeedbackRequest(Attempts, Stamped):
    """A candidate asked for feedback, once for an application: an answer is owed to them by the day they were told."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="feedback_request")
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.OPEN)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.OneToOneField(
        Message,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="In which words it was declined.",
    )
    lead_told_at = models.DateTimeField(null=True, blank=True, help_text="When a lead heard that it is late.")

    objects = FeedbackRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("feedback_request_state_known", "state", RequestState),
            goes_with(
                "feedback_request_settled_at",
                state=~Q(state="open"),
                field="settled_at",
                message="A request that is over says since when, and no other does.",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="feedback_request_due", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"Feedback asked for in application {self.application_id}"

    def about(self) -> dict[str, int]:
        return self.application.about()
