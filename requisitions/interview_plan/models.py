"""The interview plan: who finds out what, how, in how much of the candidate's time."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ats.kernel.models import Stamped, one_of
from ats.organisation.models import HiringOrganisation
from requisitions.pipeline.models import Stage, StageKind
from requisitions.roles.models import Criterion, Requisition


class InterviewFormat(models.TextChoices):
    VIDEO = "video", gettext_lazy("Video call")
    PHONE = "phone", gettext_lazy("Phone call")
    ON_SITE = "on_site", gettext_lazy("On site")


class InterviewPool(Stamped):
    """People of whom any may take an interview of some kind."""

    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, related_name="interview_pools"
    )
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                name="pool_name_once",
                violation_error_message="There is a pool of this name already.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class PoolMember(models.Model):
    """Somebody of a pool. They take part once trained, not while paused, and not above their limit."""

    pool = models.ForeignKey(InterviewPool, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="pool_memberships")
    trained_on = models.DateField(null=True, blank=True)
    weekly_limit = models.PositiveSmallIntegerField(default=4, help_text="Interviews a week, at most.")
    paused_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pool", "user"],
                name="pool_member_once",
                violation_error_message="This person is in the pool already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.pool}"


class InterviewFacts(models.Model):
    """What an interview of a plan and one of a template have in common."""

    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300, help_text="The one thing it is to find out.")
    minutes = models.PositiveSmallIntegerField(default=45)
    format = models.CharField(max_length=10, choices=InterviewFormat, default=InterviewFormat.VIDEO)
    interviewers_needed = models.PositiveSmallIntegerField(
        default=1, help_text="How many take part; more than one is a panel."
    )
    preparation = models.TextField(
        blank=True, help_text="What the candidate should know or bring; part of the invitation."
    )
    avoid = models.TextField(blank=True, help_text="What not to ask here, for the interviewers.")
    scorecard_hours = models.PositiveSmallIntegerField(
        default=8, help_text="Within how many working hours the scorecards are due."
    )
    same_day = models.BooleanField(
        default=False, help_text="May be booked for the day on which it is picked."
    )

    class Meta:
        abstract = True


class PlanTemplate(Stamped):
    """A ready-made interview plan."""

    name = models.CharField(max_length=100, unique=True)
    description = models.CharField(max_length=300, blank=True)
    is_shipped = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return {}


class TemplateInterview(InterviewFacts):
    """An interview of a template.

    `criteria` are names: where a role has a criterion of that name, the interview assesses it there.
    `questions` is a list of `{"criterion", "text", "good"}`, the criterion by its name or empty.
    """

    template = models.ForeignKey(PlanTemplate, on_delete=models.CASCADE, related_name="interviews")
    stage_kind = models.CharField(max_length=12, choices=StageKind, default=StageKind.INTERVIEW)
    position = models.PositiveSmallIntegerField()
    criteria = models.JSONField(default=list, blank=True)
    questions = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            one_of("template_interview_format_known", "format", InterviewFormat),
            one_of("template_interview_stage_known", "stage_kind", StageKind),
        ]

    def __str__(self) -> str:
        return self.name


class PlannedInterview(InterviewFacts, Stamped):
    """One interview of a requisition's plan, in a stage, with its kit.

    `retired` ones have taken place or are booked already and are not booked any more. What has been
    booked keeps a copy of the kit as it was, so a plan in use can change.
    """

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="planned_interviews")
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="planned_interviews")
    position = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=300, blank=True, help_text="The address, for an interview on site.")
    video_link = models.URLField(blank=True)
    pool = models.ForeignKey(
        InterviewPool, on_delete=models.PROTECT, null=True, blank=True, related_name="planned_interviews"
    )
    interviewers = models.ManyToManyField(
        "ats.User", related_name="planned_interviews", blank=True, help_text="Those who always take part."
    )
    criteria = models.ManyToManyField(
        Criterion, related_name="planned_interviews", blank=True, help_text="What it assesses."
    )
    retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            one_of("planned_interview_format_known", "format", InterviewFormat),
            models.CheckConstraint(
                name="planned_interview_length",
                condition=Q(minutes__gte=5) & Q(minutes__lte=480),
                violation_error_message="An interview takes between 5 minutes and 8 hours.",
            ),
            models.CheckConstraint(
                name="planned_interview_somebody",
                condition=Q(interviewers_needed__gte=1),
                violation_error_message="An interview needs at least one interviewer.",
            ),
        ]
        indexes = [models.Index(fields=["requisition", "position"], name="plan_of_requisition")]

    def __str__(self) -> str:
        return self.name

    @property
    def lacks_people(self) -> bool:
        """Whether fewer people are chosen than take part, and no pool makes up for them."""
        return self.pool_id is None and len(self.interviewers.all()) < self.interviewers_needed

    def about(self) -> dict[str, int]:
        return self.requisition.about()


class KitQuestion(models.Model):
    """A structured question of a kit, with what a good answer holds."""

    interview = models.ForeignKey(PlannedInterview, on_delete=models.CASCADE, related_name="questions")
    criterion = models.ForeignKey(
        Criterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="questions"
    )
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    good = models.TextField(blank=True, help_text="What good looks like.")

    def __str__(self) -> str:
        return self.text
