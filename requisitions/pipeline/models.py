"""Pipelines: the stages of a requisition, and the templates that they come from."""

from django.db import models
from django.db.models import Q

from ats.kernel.models import one_of
from ats.kernel.staff_words import gettext_lazy
from requisitions.roles.models import Requisition


class StageKind(models.TextChoices):
    """What a stage is, whatever it is called: reports, promises and the portal go by this."""

    APPLIED = "applied", gettext_lazy("Applied")
    REVIEW = "review", gettext_lazy("Manager's review")
    INTERVIEW = "interview", gettext_lazy("Interview")
    ASSESSMENT = "assessment", gettext_lazy("Assessment")
    OFFER = "offer", gettext_lazy("Offer")
    HIRED = "hired", gettext_lazy("Hired")


class Side(models.TextChoices):
    """Whose move it is."""

    RECRUITER = "recruiter", gettext_lazy("Recruiter")
    MANAGER = "manager", gettext_lazy("Hiring manager")
    CANDIDATE = "candidate", gettext_lazy("Candidate")
    SCHEDULING = "scheduling", gettext_lazy("Scheduling")


class StageFacts(models.Model):
    """What a stage and a stage of a template have in common."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=12, choices=StageKind)
    position = models.PositiveSmallIntegerField()
    promise = models.CharField(
        max_length=120, blank=True, help_text="What is owed to a candidate here, such as First answer."
    )
    promise_days = models.PositiveSmallIntegerField(
        default=5, help_text="Within how many working days of entering the stage."
    )
    promise_side = models.CharField(max_length=12, choices=Side, default=Side.RECRUITER)
    candidate_name = models.CharField(
        max_length=120, blank=True, help_text="The stage in words a candidate understands."
    )

    class Meta:
        abstract = True


class PipelineTemplate(models.Model):
    """A ready-made row of stages."""

    name = models.CharField(max_length=100, unique=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_default"],
                condition=Q(is_default=True),
                name="pipeline_one_default",
                violation_error_message="Another pipeline is the usual one already.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class TemplateStage(StageFacts):
    template = models.ForeignKey(PipelineTemplate, on_delete=models.CASCADE, related_name="stages")

    class Meta:
        constraints = [
            one_of("template_stage_kind_known", "kind", StageKind),
            models.UniqueConstraint(
                fields=["template", "position"],
                name="template_stage_position_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Two stages cannot stand in the same place.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Stage(StageFacts):
    """A stage of a requisition's pipeline; every pipeline begins with applied and ends with hired."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="stages")

    class Meta:
        constraints = [
            one_of("stage_kind_known", "kind", StageKind),
            one_of("stage_side_known", "promise_side", Side),
            models.UniqueConstraint(
                fields=["requisition", "position"],
                name="stage_position_once",
                deferrable=models.Deferrable.DEFERRED,
                violation_error_message="Two stages cannot stand in the same place.",
            ),
            models.UniqueConstraint(
                fields=["requisition", "kind"],
                condition=Q(kind__in=["applied", "hired"]),
                name="stage_one_way_in_and_out",
                violation_error_message="A role has one stage to begin with, and one in which somebody is hired.",
            ),
            models.CheckConstraint(
                name="stage_promises_something",
                condition=Q(kind="hired") | (~Q(promise="") & Q(promise_days__gte=1)),
                violation_error_message="A stage promises the candidate something, within a day or more.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
