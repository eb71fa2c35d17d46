"""Hires: what was agreed, handed over to the personnel system, until the first day."""

from typing import Self

from django.db import models
from django.db.models import Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application
from candidates.offers.models import Offer
from requisitions.models import Opening


class HireState(models.TextChoices):
    EXPECTED = "expected", gettext_lazy("Starts soon")
    STARTED = "started", gettext_lazy("Started")
    RENEGED = "reneged", gettext_lazy("Did not come")
    UNDONE = "undone", gettext_lazy("Undone")


class HireRecordQuerySet(GuardedQuerySet["HireRecord"]):
    def without_day(self) -> Self:
        """They come, and a first day is still to be agreed with them."""
        return self.filter(state=HireState.EXPECTED, starts_on__isnull=True)


class HireRecord(Stamped):
    """One hire into one seat; `facts` is what the personnel system gets, as it was agreed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="hire_records")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, null=True, blank=True, related_name="hires")
    opening = models.ForeignKey(Opening, on_delete=models.PROTECT, related_name="hires")
    state = models.CharField(max_length=10, choices=HireState, default=HireState.EXPECTED)
    starts_on = models.DateField(null=True, blank=True)
    day_by = models.DateTimeField(
        null=True, blank=True, help_text="By when a first day is to be agreed with them, while there is none."
    )
    facts = models.JSONField(default=dict)
    exported_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = models.TextField(blank=True)

    objects = HireRecordQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("hire_state_known", "state", HireState),
            goes_with(
                "hire_ended_at",
                state=Q(state__in=["reneged", "undone"]),
                field="ended_at",
                message="A hire that came to nothing says since when, and no other does.",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["expected", "started"]),
                name="hire_one_of_application",
                violation_error_message="This application led to a hire already.",
            ),
            models.UniqueConstraint(
                fields=["opening"],
                condition=Q(state__in=["expected", "started"]),
                name="hire_one_of_opening",
                violation_error_message="Somebody else fills this opening already.",
            ),
        ]

    @property
    def day_is_owed(self) -> bool:
        """They come, and nobody has told them when."""
        return self.state == HireState.EXPECTED and self.starts_on is None

    def __str__(self) -> str:
        return f"Hire of application {self.application_id}"

    def about(self) -> dict[str, int]:
        return self.application.about()
