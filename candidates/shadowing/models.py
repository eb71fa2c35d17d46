"""Sitting in: who has still to learn sits beside somebody who interviews, before they interview alone."""

from django.db import models
from django.db.models import Q

from ats.kernel.models import Stamped, goes_with
from ats.organisation.models import HiringOrganisation
from candidates.interviews.models import InterviewSeat
from requisitions.models import PlannedInterview

MOST_NEEDED = 10


class ShadowingRules(Stamped):
    """In how many interviews somebody sits in before they interview alone, where an organisation has said so."""

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="shadowing_rules"
    )
    needed = models.PositiveSmallIntegerField(default=0, help_text="0: nobody is asked to.")
    since = models.DateTimeField(
        null=True, blank=True, help_text="Who had interviewed there by then is not asked to."
    )

    class Meta:
        verbose_name_plural = "shadowing rules"
        constraints = [
            models.CheckConstraint(
                name="shadowing_needed",
                condition=Q(needed__lte=MOST_NEEDED),
                violation_error_message=f"Somebody sits in on at most {MOST_NEEDED} interviews first.",
            ),
            goes_with(
                "shadowing_since",
                state=~Q(needed=0),
                field="since",
                message="A number says since when it holds.",
            ),
        ]

    def __str__(self) -> str:
        return f"Sitting in at {self.organisation}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class Confirmed(models.Model):
    """Somebody who has not sat in often enough interviews alone: who confirmed that, and why."""

    reason = models.CharField(max_length=300)
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_says_why",
                condition=~Q(reason=""),
                violation_error_message="Say why they can interview alone.",
            )
        ]


class AloneConfirmed(Confirmed):
    """In one interview that is booked."""

    seat = models.OneToOneField(InterviewSeat, on_delete=models.CASCADE, related_name="alone")

    def __str__(self) -> str:
        return f"{self.seat} (alone)"

    def about(self) -> dict[str, int]:
        return self.seat.about()


class AlonePlanned(Confirmed):
    """In every interview of a role's plan that names them alone."""

    planned = models.ForeignKey(PlannedInterview, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")

    class Meta(Confirmed.Meta):
        constraints = [
            *Confirmed.Meta.constraints,
            models.UniqueConstraint(
                fields=["planned", "user"],
                name="alone_planned_once",
                violation_error_message="This is confirmed already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.planned} (alone)"

    def about(self) -> dict[str, int]:
        return self.planned.about()
