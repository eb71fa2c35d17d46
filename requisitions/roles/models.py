"""Requisitions: an approved need to hire, its openings, its criteria and its team."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy, pgettext_lazy

from ats.kernel import staff_words
from ats.kernel.models import Stamped, goes_with, one_of
from ats.organisation.models import Department, HiringOrganisation, Location, own_days

if TYPE_CHECKING:
    from ats.accounts.models import User


class RequisitionState(models.TextChoices):
    DRAFT = "draft", staff_words.gettext_lazy("Draft")
    OPEN = "open", staff_words.gettext_lazy("Open")
    ON_HOLD = "on_hold", staff_words.gettext_lazy("On hold")
    FILLED = "filled", staff_words.gettext_lazy("Filled")
    CLOSED = "closed", staff_words.gettext_lazy("Closed")
    CANCELLED = "cancelled", staff_words.gettext_lazy("Cancelled")


class EmploymentType(models.TextChoices):
    """Values as schema.org's JobPosting has them, in lower case."""

    FULL_TIME = "full_time", gettext_lazy("Full time")
    PART_TIME = "part_time", gettext_lazy("Part time")
    CONTRACTOR = "contractor", gettext_lazy("Contractor")
    TEMPORARY = "temporary", gettext_lazy("Temporary")
    INTERN = "intern", gettext_lazy("Intern")


class RemoteMode(models.TextChoices):
    ON_SITE = "on_site", gettext_lazy("On site")
    HYBRID = "hybrid", gettext_lazy("Hybrid")
    REMOTE = "remote", gettext_lazy("Remote")


class PayPeriod(models.TextChoices):
    YEAR = "year", pgettext_lazy("pay", "a year")
    MONTH = "month", pgettext_lazy("pay", "a month")
    DAY = "day", pgettext_lazy("pay", "a day")
    HOUR = "hour", pgettext_lazy("pay", "an hour")


class TeamRole(models.TextChoices):
    """What a person is on one requisition; it opens this requisition to them, whatever their role."""

    RECRUITER = "recruiter", staff_words.gettext_lazy("Recruiter")
    COORDINATOR = "coordinator", staff_words.gettext_lazy("Coordinator")
    MANAGER = "manager", staff_words.gettext_lazy("Hiring manager")
    INTERVIEWER = "interviewer", staff_words.gettext_lazy("Interviewer")
    STAKEHOLDER = "stakeholder", staff_words.gettext_lazy("Stakeholder")


class RequisitionQuerySet(models.QuerySet["Requisition"]):
    def visible_to(self, user: "User") -> Self:
        """Overseers see all, recruiters what is not confidential, everybody what they are on the team of.

        None of them anything of an organisation for which they do not work.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        rows = self if user.works_for is None else self.filter(organisation__in=user.works_for)
        if user.oversees:
            return rows
        on_team = Exists(TeamMember.objects.filter(requisition=OuterRef("pk"), user=user))
        return rows.filter(Q(confidential=False) | on_team) if user.recruits else rows.filter(on_team)

    def with_calendar(self) -> Self:
        """With the calendar of their organisation and its own holidays, for who counts working days."""
        days = own_days("organisation__calendar")
        return self.select_related("organisation__calendar").annotate(own_days=days)


class Requisition(Stamped):
    """An approved need to hire one or more people into a role."""

    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.PROTECT, related_name="requisitions"
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, null=True, blank=True, related_name="requisitions"
    )
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, blank=True, related_name="requisitions"
    )
    title = models.CharField(max_length=200)
    reference = models.CharField(
        max_length=40, unique=True, help_text="The number it goes by, such as R-0042."
    )
    state = models.CharField(max_length=10, choices=RequisitionState, default=RequisitionState.DRAFT)
    confidential = models.BooleanField(default=False)
    employment_type = models.CharField(
        max_length=20, choices=EmploymentType, default=EmploymentType.FULL_TIME
    )
    remote_mode = models.CharField(max_length=10, choices=RemoteMode, default=RemoteMode.ON_SITE)
    pay_min = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pay_max = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    pay_currency = models.CharField(max_length=3, default="EUR")
    pay_period = models.CharField(max_length=10, choices=PayPeriod, default=PayPeriod.YEAR)
    target_start = models.DateField(null=True, blank=True)
    why = models.TextField(blank=True, help_text="Why this role exists.")
    outcomes = models.TextField(blank=True, help_text="What this person will have done after 90 days.")
    value_proposition = models.TextField(
        blank=True, help_text="Why a great person would want this role, honestly."
    )
    hard_part = models.TextField(blank=True, help_text="What is hard about it, said openly.")
    recruiter = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, related_name="requisitions_recruited", help_text="Whose it is."
    )
    hiring_manager = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="requisitions_managed"
    )
    team = models.ManyToManyField(
        "ats.User", through="TeamMember", through_fields=("requisition", "user"), related_name="requisitions"
    )
    opened_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.CharField(max_length=200, blank=True)

    objects = RequisitionQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("requisition_state_known", "state", RequisitionState),
            one_of("requisition_employment_known", "employment_type", EmploymentType),
            one_of("requisition_remote_known", "remote_mode", RemoteMode),
            one_of("requisition_period_known", "pay_period", PayPeriod),
            models.CheckConstraint(
                name="requisition_pay_range",
                condition=Q(pay_min__isnull=True, pay_max__isnull=True)
                | Q(pay_min__gte=0, pay_max__gte=F("pay_min")),
                violation_error_message="Give both ends of the pay or none, the upper one not below the lower.",
            ),
            models.CheckConstraint(
                name="requisition_currency_code",
                condition=Q(pay_currency__regex=r"^[A-Z]{3}$"),
                violation_error_message="A currency is written as its three letters, such as EUR.",
            ),
            goes_with(
                "requisition_ended_at",
                state=Q(state__in=["filled", "closed", "cancelled"]),
                field="ended_at",
                message="A role that has ended says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="requisition_opened_at",
                condition=Q(state__in=["draft", "cancelled"]) | Q(opened_at__isnull=False),
                violation_error_message="A role that was opened says since when.",
            ),
            models.CheckConstraint(
                name="requisition_live_has_manager",
                condition=~Q(state__in=["open", "on_hold"]) | Q(hiring_manager__isnull=False),
                violation_error_message="An open role needs a hiring manager.",
            ),
        ]
        indexes = [models.Index(fields=["state", "-opened_at"], name="requisition_by_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def jurisdiction(self) -> str:
        """Whose law its words have to keep; empty where it has no place."""
        return self.location.jurisdiction if self.location else ""

    def about(self) -> dict[str, int]:
        return {"requisition_id": self.pk, "organisation_id": self.organisation_id}


class TeamMember(models.Model):
    """A person on a requisition's hiring team."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=TeamRole)
    stands_in_for = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who is away, and whose part this person does meanwhile.",
    )

    class Meta:
        constraints = [
            one_of("team_role_known", "role", TeamRole),
            models.UniqueConstraint(
                fields=["requisition", "user", "role"],
                name="team_member_once",
                violation_error_message="This person has this part in the team already.",
            ),
        ]
        indexes = [models.Index(fields=["user", "requisition"], name="team_of_user")]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"


class OpeningState(models.TextChoices):
    OPEN = "open", staff_words.gettext_lazy("Open")
    FILLED = "filled", staff_words.gettext_lazy("Filled")
    CANCELLED = "cancelled", staff_words.gettext_lazy("Cancelled")


class Opening(models.Model):
    """One seat of a requisition, filled by one hire (`Application.opening`)."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="openings")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=OpeningState, default=OpeningState.OPEN)
    filled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("opening_state_known", "state", OpeningState),
            models.UniqueConstraint(
                fields=["requisition", "number"],
                name="opening_number_once",
                violation_error_message="The role has an opening with this number already.",
            ),
            goes_with(
                "opening_filled_at",
                state=Q(state="filled"),
                field="filled_at",
                message="An opening that is filled says since when, and no other does.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.requisition} no. {self.number}"


class CriterionKind(models.TextChoices):
    MUST = "must", staff_words.gettext_lazy("Must-have")
    NICE = "nice", staff_words.gettext_lazy("Nice to have")


class Criterion(models.Model):
    """What the role asks of a person: a must-have, or nice to have."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="criteria")
    kind = models.CharField(max_length=10, choices=CriterionKind, default=CriterionKind.MUST)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=200)
    why = models.TextField(blank=True, help_text="Why a great person without it would still be turned down.")

    class Meta:
        verbose_name_plural = "criteria"
        constraints = [
            one_of("criterion_kind_known", "kind", CriterionKind),
            models.CheckConstraint(
                name="must_have_says_why",
                condition=~Q(kind="must") | ~Q(why=""),
                violation_error_message="A must-have says why the work cannot be done without it.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
