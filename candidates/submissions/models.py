"""Who is put forward to which client: asked, with whose yes in which words, and how long they count as ours there."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.people.models import Candidate


class OwnershipQuerySet(models.QuerySet["Ownership"]):
    def in_force(self, now: datetime) -> Self:
        return self.filter(starts_at__lte=now, ends_at__gt=now)


class Ownership(Stamped):
    """From when to when a person counts as ours at a client, because we put them forward there.

    Not two at one time: the database refuses it, whoever comes second and how soon. What happens within the time (a
    further role, their applying there themselves) belongs to the one that there is.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="ownerships")
    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.PROTECT, related_name="ownerships")
    owner = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, related_name="+", help_text="Whose role it was."
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = OwnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="ownership_ends_later",
                condition=Q(ends_at__gte=F("starts_at")),
                violation_error_message="An ownership ends after it begins.",
            ),
            ExclusionConstraint(
                name="ownership_once_at_a_time",
                expressions=[
                    ("candidate", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="This person has been put forward to this client already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Person {self.candidate_id} at {self.organisation_id} until {self.ends_at:%Y-%m-%d}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id, "organisation_id": self.organisation_id}


class SubmissionState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Not put forward yet")
    ASKED = "asked", gettext_lazy("Asked for their yes")
    NO = "no", gettext_lazy("Said no")
    FORWARD = "forward", gettext_lazy("Put forward")
    BACK = "back", gettext_lazy("Took their yes back")


class Way(models.TextChoices):
    """How somebody said yes or no."""

    APPLIED = "applied", gettext_lazy("by applying for this client's role")
    PAGE = "page", gettext_lazy("on their own page")
    TELEPHONE = "telephone", gettext_lazy("by telephone")
    WRITING = "writing", gettext_lazy("in writing")
    SPOKEN = "spoken", gettext_lazy("face to face")
    STANDING = "standing", gettext_lazy("by the yes that they gave for this client before")


TOLD_WAYS = (Way.TELEPHONE, Way.WRITING, Way.SPOKEN)
"""Those that a recruiter notes."""


class SubmissionQuerySet(GuardedQuerySet["Submission"]):
    """Who sees which of them is said in `access/submission.py`."""

    def held(self) -> Self:
        """Those of which the client's people know nothing."""
        return self.exclude(state=SubmissionState.FORWARD)

    def forward(self) -> Self:
        return self.filter(state=SubmissionState.FORWARD)


class Submission(Stamped):
    """One application at a client, and whether its candidate is put forward there.

    A yes holds for the client: a further role there needs none, but they are told of it. `text` is what they read when
    they answered, letter by letter, and `version` the shape of that text; `words` what they said where a recruiter
    noted it.
    """

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="submission")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="submissions")
    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.PROTECT, related_name="submissions")
    state = models.CharField(max_length=8, choices=SubmissionState, default=SubmissionState.WAITING)
    asked_at = models.DateTimeField(null=True, blank=True)
    asked_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    way = models.CharField(max_length=10, choices=Way, blank=True)
    said_on = models.DateField(null=True, blank=True)
    words = models.TextField(blank=True)
    noted_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    text = models.TextField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    version = models.CharField(max_length=20, blank=True)
    forward_at = models.DateTimeField(null=True, blank=True)
    forward_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    back_at = models.DateTimeField(null=True, blank=True)
    ownership = models.ForeignKey(
        Ownership,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="submissions",
        help_text="Empty where nothing is agreed with the client.",
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("submission_state_known", "state", SubmissionState),
            models.CheckConstraint(
                name="submission_way_known",
                condition=Q(way__in=["", *Way.values]),
                violation_error_message="This is none of the choices of way.",
            ),
            goes_with(
                "submission_answered_at",
                state=Q(state__in=["no", "forward", "back"]),
                field="answered_at",
                message="An answer says when it was given, and there is none before.",
            ),
            models.CheckConstraint(
                name="submission_answer_says_how",
                condition=Q(answered_at__isnull=True, way="") | Q(answered_at__isnull=False) & ~Q(way=""),
                violation_error_message="An answer says how it was given.",
            ),
            goes_with(
                "submission_forward_at",
                state=Q(state__in=["forward", "back"]),
                field="forward_at",
                message="Who is put forward is so since some moment, and nobody else is.",
            ),
            goes_with(
                "submission_back_at",
                state=Q(state="back"),
                field="back_at",
                message="A yes that was taken back says since when.",
            ),
            models.CheckConstraint(
                name="submission_asked_by",
                condition=~Q(state="asked") | Q(asked_at__isnull=False, asked_by__isnull=False),
                violation_error_message="Who is asked was asked by somebody.",
            ),
            models.CheckConstraint(
                name="submission_noted_says_who",
                condition=~Q(way__in=[way.value for way in TOLD_WAYS])
                | Q(noted_by__isnull=False, said_on__isnull=False),
                violation_error_message="What was said elsewhere names who noted it, and the day.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-forward_at"], name="submission_of_client"),
            models.Index(fields=["candidate", "organisation"], name="submission_of_person"),
        ]

    def __str__(self) -> str:
        return f"Application {self.application_id} at {self.organisation_id}: {self.state}"

    def about(self) -> dict[str, int]:
        return self.application.about()
