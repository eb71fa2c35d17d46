"""Another way to reach somebody whom a message that is owed to them did not reach."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.mail.models import OutgoingMail
from candidates.applications.models import Application
from candidates.promises.models import UNSETTLED, Promise, PromiseKind


class Trouble(models.TextChoices):
    """Why a message did not reach them."""

    NO_ADDRESS = "no_address", gettext_lazy("There is no address to write to")
    CAME_BACK = "came_back", gettext_lazy("It came back")
    SUPPRESSED = "suppressed", gettext_lazy("Their address refuses our mail")
    FILTERED = "filtered", gettext_lazy("Their own filter refused it")
    NOT_SENT = "not_sent", gettext_lazy("It could not be sent")


class WayState(models.TextChoices):
    OPEN = "open", gettext_lazy("To be reached another way")
    TOLD = "told", gettext_lazy("Told in person")
    WRITTEN = "written", gettext_lazy("Written to again")
    ASIDE = "aside", gettext_lazy("Set aside")
    VOID = "void", gettext_lazy("Not owed any more")


class AnotherWayQuerySet(models.QuerySet["AnotherWay"]):
    def open(self) -> Self:
        return self.filter(state=WayState.OPEN)

    def by_the_clock(self) -> Self:
        """Those with no other clock: where this very duty is what is promised, the promise reminds and goes up."""
        promised = Promise.objects.filter(
            application=OuterRef("application"), kind=PromiseKind.REACH, state__in=UNSETTLED
        )
        return self.open().filter(~Exists(promised))

    def to_remind(self, *, now: datetime, until: datetime) -> Self:
        """What may come due soon; how soon is for each organisation's calendar to say."""
        return self.by_the_clock().filter(nudged_at__isnull=True, due_at__gt=now, due_at__lte=until)

    def late(self, *, now: datetime, oldest: datetime) -> Self:
        """What may go up the line; how long after its time is for each organisation to say."""
        return self.by_the_clock().filter(escalated_at__isnull=True, due_at__gt=oldest, due_at__lt=now)


class AnotherWay(Stamped):
    """A duty of whoever leads the role: this candidate does not know what we wrote, and has to hear it otherwise.

    One open for each application, about the message that matters most: a decision stays before everything else.
    `detail` is what the servers said.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="other_ways")
    mail = models.ForeignKey(
        OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="other_ways"
    )
    trouble = models.CharField(max_length=10, choices=Trouble)
    detail = models.CharField(max_length=500, blank=True)
    state = models.CharField(max_length=7, choices=WayState, default=WayState.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why somebody set it aside.")
    nudged_at = models.DateTimeField(null=True, blank=True, help_text="When its owner was reminded of it.")
    escalated_at = models.DateTimeField(
        null=True, blank=True, help_text="When the leads were told that it is late."
    )

    objects = AnotherWayQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("another_way_state_known", "state", WayState),
            one_of("another_way_trouble_known", "trouble", Trouble),
            goes_with(
                "another_way_settled_at",
                state=~Q(state="open"),
                field="settled_at",
                message="A duty that is over says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="another_way_aside_says_why",
                condition=~Q(state="aside") | ~Q(reason=""),
                violation_error_message="What was set aside says why.",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state="open"),
                name="another_way_one_open",
                violation_error_message="Another way to reach them is owed already.",
            ),
        ]
        indexes = [models.Index(fields=["due_at"], name="another_way_due", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"Another way to reach the candidate of application {self.application_id}"

    def about(self) -> dict[str, int]:
        return self.application.about()
