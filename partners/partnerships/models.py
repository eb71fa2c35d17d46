"""Partnerships: recruiter and hiring manager on one requisition, under an agreement both accept."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from requisitions.models import Requisition, TeamMember, TeamRole

if TYPE_CHECKING:
    from ats.accounts.models import User


GRACE, MOST_GRACE = 1, 5
"""Working days after its time in which a thing still counts as kept: as a rule, and at most."""
NUDGE, MOST_NUDGE = 8, 40
"""Working hours ahead in which whoever owes something is reminded of it: as a rule, and at most."""
ESCALATE, MOST_ESCALATE = 2, 20
"""Working days after which what is missed goes up the line: as a rule, and at most."""


MISSED, MOST_MISSED = 2, 20
"""Commitments missed since the last check-in after which the partners meet sooner: as a rule, and at most."""
DRY, MOST_DRY = 10, 60
"""Working days without a new candidate after which the partners meet sooner: as a rule, and at most."""


class PartnershipState(models.TextChoices):
    ACTIVE = "active", gettext_lazy("Active")
    CLOSED = "closed", gettext_lazy("Closed")


class PartnershipQuerySet(models.QuerySet["Partnership"]):
    def visible_to(self, user: "User") -> Self:
        """Overseers see all; everybody else the partnerships that they are a partner of."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        rows = self if user.works_for is None else self.filter(requisition__organisation__in=user.works_for)
        if user.oversees:
            return rows
        partner = TeamMember.objects.filter(
            requisition=OuterRef("requisition"),
            user=user,
            role__in=(TeamRole.RECRUITER, TeamRole.COORDINATOR, TeamRole.MANAGER),
        )
        return rows.filter(Exists(partner))


class Partnership(Stamped):
    """The people of one requisition, bound to each other by what both promised."""

    requisition = models.OneToOneField(Requisition, on_delete=models.CASCADE, related_name="partnership")
    state = models.CharField(max_length=10, choices=PartnershipState, default=PartnershipState.ACTIVE)
    check_in_every_days = models.PositiveSmallIntegerField(default=7)
    check_in_weekday = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Monday is 0; empty: as the first one fell."
    )
    check_in_time = models.TimeField(null=True, blank=True, help_text="Where the organisation is.")
    started_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("partnership_state_known", "state", PartnershipState),
            goes_with(
                "partnership_closed_at",
                state=Q(state="closed"),
                field="closed_at",
                message="A partnership that is closed says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="partnership_rhythm",
                condition=Q(check_in_every_days__range=(1, 60)),
                violation_error_message="Check-ins are between 1 and 60 days apart.",
            ),
            models.CheckConstraint(
                name="partnership_rhythm_day",
                condition=Q(check_in_weekday__isnull=True, check_in_time__isnull=True)
                | Q(check_in_weekday__range=(0, 6), check_in_time__isnull=False),
                violation_error_message="A fixed day of check-ins has its time, and a time has its day.",
            ),
        ]

    def __str__(self) -> str:
        return f"Partnership for {self.requisition}"

    def about(self) -> dict[str, int]:
        return {
            "partnership_id": self.pk,
            "requisition_id": self.requisition_id,
            "organisation_id": self.requisition.organisation_id,
        }


class PartnerSide(models.TextChoices):
    RECRUITER = "recruiter", gettext_lazy("Recruiter")
    MANAGER = "manager", gettext_lazy("Hiring manager")


class AgreementState(models.TextChoices):
    PROPOSED = "proposed", gettext_lazy("Proposed")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    SUPERSEDED = "superseded", gettext_lazy("Superseded")


class Agreement(Stamped):
    """One version of what both sides commit to; it binds once both have accepted it."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="agreements")
    version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=AgreementState, default=AgreementState.PROPOSED)
    grace_days = models.PositiveSmallIntegerField(
        default=0, help_text="Working days after its time in which a thing still counts as kept."
    )
    proposed_by = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: proposed from the organisation's defaults.",
    )
    recruiter_accepted_at = models.DateTimeField(null=True, blank=True)
    recruiter_accepted_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    manager_accepted_at = models.DateTimeField(null=True, blank=True)
    manager_accepted_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            one_of("agreement_state_known", "state", AgreementState),
            models.UniqueConstraint(
                fields=["partnership", "version"],
                name="agreement_version_once",
                violation_error_message="The agreement has a version with this number already.",
            ),
            models.CheckConstraint(
                name="agreement_grace",
                condition=Q(grace_days__lte=MOST_GRACE),
                violation_error_message=f"Days of grace are at most {MOST_GRACE}.",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(state="accepted"),
                name="agreement_one_in_force",
                violation_error_message="Another agreement is in force already.",
            ),
            models.CheckConstraint(
                name="agreement_accepted_by_both",
                condition=~Q(state="accepted")
                | Q(recruiter_accepted_at__isnull=False, manager_accepted_at__isnull=False),
                violation_error_message="An agreement is in force once both have accepted it.",
            ),
            goes_with(
                "agreement_recruiter_accepts",
                state=Q(recruiter_accepted_at__isnull=False),
                field="recruiter_accepted_by",
                message="Acceptance by the recruiter names who accepted.",
            ),
            goes_with(
                "agreement_manager_accepts",
                state=Q(manager_accepted_at__isnull=False),
                field="manager_accepted_by",
                message="Acceptance by the hiring manager names who accepted.",
            ),
        ]

    def __str__(self) -> str:
        return f"Agreement {self.version}"

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class HouseRules(Stamped):
    """What the agreements of an organisation propose where it has said so; those that are made stay as they are."""

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="partnership_rules"
    )
    grace_days = models.PositiveSmallIntegerField(default=GRACE)
    times = models.JSONField(
        default=dict,
        blank=True,
        help_text="By term, where it is another time than usual; null: it is not promised here.",
    )
    nudge_hours = models.PositiveSmallIntegerField(default=NUDGE, db_default=NUDGE)
    escalate_days = models.PositiveSmallIntegerField(default=ESCALATE, db_default=ESCALATE)
    meet_missed = models.PositiveSmallIntegerField(
        default=MISSED,
        db_default=MISSED,
        help_text="So many commitments missed since the last check-in bring the next forward; 0: never.",
    )
    meet_dry_days = models.PositiveSmallIntegerField(
        default=DRY,
        db_default=DRY,
        help_text="So many working days without a new candidate bring the next check-in forward; 0: never.",
    )

    class Meta:
        verbose_name_plural = "house rules"
        constraints = [
            models.CheckConstraint(
                name="house_rules_meet_missed",
                condition=Q(meet_missed__lte=MOST_MISSED),
                violation_error_message=f"Partners meet sooner after at most {MOST_MISSED} missed commitments.",
            ),
            models.CheckConstraint(
                name="house_rules_meet_dry",
                condition=Q(meet_dry_days__lte=MOST_DRY),
                violation_error_message=f"Partners meet sooner after at most {MOST_DRY} days without a candidate.",
            ),
            models.CheckConstraint(
                name="house_rules_nudge",
                condition=Q(nudge_hours__range=(1, MOST_NUDGE)),
                violation_error_message=f"Reminders come 1 to {MOST_NUDGE} working hours ahead.",
            ),
            models.CheckConstraint(
                name="house_rules_escalate",
                condition=Q(escalate_days__range=(1, MOST_ESCALATE)),
                violation_error_message=f"What is missed goes up the line after 1 to {MOST_ESCALATE} working days.",
            ),
            models.CheckConstraint(
                name="house_rules_grace",
                condition=Q(grace_days__lte=MOST_GRACE),
                violation_error_message=f"Days of grace are at most {MOST_GRACE}.",
            ),
        ]

    def __str__(self) -> str:
        return f"Rules of {self.organisation}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class Term(models.Model):
    """One commitment of an agreement: which side owes what (`kind`, see commitments/domain/kinds.py), in how long.

    `time` is in working days or hours, as its kind counts (see domain/terms.py).
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="terms")
    side = models.CharField(max_length=10, choices=PartnerSide)
    kind = models.CharField(max_length=40)
    time = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            one_of("term_side_known", "side", PartnerSide),
            models.UniqueConstraint(
                fields=["agreement", "kind"],
                name="term_once",
                violation_error_message="The agreement has this term already.",
            ),
            models.CheckConstraint(
                name="term_takes_time",
                condition=Q(time__range=(1, 60)),
                violation_error_message="A term is between 1 and 60.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} within {self.time}"
