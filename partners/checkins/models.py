"""Check-ins: the partners' scheduled conversation, and what they agree to do."""

import uuid
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from ats.calendars.domain.answers import new_secret
from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from partners.partnerships.models import Partnership, PartnershipState, PartnerSide

if TYPE_CHECKING:
    from ats.accounts.models import User


class CheckInState(models.TextChoices):
    PLANNED = "planned", gettext_lazy("Planned")
    READY = "ready", gettext_lazy("Agenda sent")
    HELD = "held", gettext_lazy("Held")
    SKIPPED = "skipped", gettext_lazy("Skipped")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(partnership__in=Partnership.objects.visible_to(user))

    def agenda_due(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=CheckInState.PLANNED, agenda_at__lte=now)

    def look_due(self, now: datetime) -> Self:
        """Ahead, and to be looked at: is there a reason to meet sooner?"""
        return self.filter(
            Attempts.may_try(now), state__in=[CheckInState.PLANNED, CheckInState.READY], look_at__lte=now
        )

    def over(self, now: datetime) -> Self:
        """Nobody wrote down that it was held by the time it counts as skipped."""
        return self.filter(Attempts.may_try(now), state=CheckInState.READY, skipped_at__lte=now)


class CheckIn(Attempts, Stamped):
    """A scheduled conversation of the partners.

    Its agenda is written from the facts at `agenda_at`, sent to both, and kept as it was. `uid` and
    `sequence` make every calendar file about it update the same event. It counts as skipped when nobody
    has written down that it was held by `skipped_at`. While it is ahead, the facts are looked through at `look_at`
    for a reason to meet sooner; one that was brought forward keeps in `rhythm_at` where the rhythm had it.
    What a side has said of coming holds for the time of which it said it.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="check_ins")
    state = models.CharField(max_length=10, choices=CheckInState, default=CheckInState.PLANNED)
    number = models.PositiveSmallIntegerField()
    scheduled_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=20)
    agenda_at = models.DateTimeField()
    skipped_at = models.DateTimeField()
    look_at = models.DateTimeField(
        null=True, blank=True, help_text="When to see whether something speaks for meeting sooner."
    )
    rhythm_at = models.DateTimeField(
        null=True, blank=True, help_text="Where the rhythm had it; empty: it was not brought forward."
    )
    agenda = models.JSONField(default=dict, blank=True)
    agenda_written_at = models.DateTimeField(null=True, blank=True)
    notes = models.TextField(blank=True)
    notes_version = models.PositiveIntegerField(default=0)
    held_at = models.DateTimeField(null=True, blank=True)
    recruiter_confirmed_for = models.DateTimeField(
        null=True, blank=True, help_text="The time that the recruiter said yes to."
    )
    manager_confirmed_for = models.DateTimeField(
        null=True, blank=True, help_text="The time that the hiring manager said yes to."
    )
    recruiter_cannot_for = models.DateTimeField(
        null=True, blank=True, help_text="The time that the recruiter's calendar said no to."
    )
    manager_cannot_for = models.DateTimeField(
        null=True, blank=True, help_text="The time that the hiring manager's calendar said no to."
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_secret = models.CharField(
        max_length=43,
        default=new_secret,
        db_default="",
        blank=True,
        editable=False,
        help_text="What makes each partner's calendar file one of their own; empty: planned before they were.",
    )
    sequence = models.PositiveIntegerField(default=0)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("checkin_state_known", "state", CheckInState),
            models.UniqueConstraint(
                fields=["partnership", "number"],
                name="checkin_number_once",
                violation_error_message="The partnership has a check-in with this number already.",
            ),
            models.UniqueConstraint(
                fields=["partnership"],
                condition=Q(state__in=["planned", "ready"]),
                name="checkin_one_ahead",
                violation_error_message="A check-in is planned already.",
            ),
            goes_with(
                "checkin_held_at",
                state=Q(state="held"),
                field="held_at",
                message="A check-in that was held says when, and no other does.",
            ),
            models.CheckConstraint(
                name="checkin_agenda_written",
                condition=Q(state__in=["planned", "cancelled"]) | Q(agenda_written_at__isnull=False),
                violation_error_message="A check-in begins with its agenda.",
            ),
        ]
        indexes = [
            models.Index(fields=["agenda_at"], name="checkin_planned", condition=Q(state="planned")),
            models.Index(fields=["skipped_at"], name="checkin_ready", condition=Q(state="ready")),
            models.Index(
                fields=["look_at"], name="checkin_to_look", condition=Q(state__in=["planned", "ready"])
            ),
        ]

    def __str__(self) -> str:
        return f"Check-in {self.number}"

    def is_confirmed(self, side: str) -> bool:
        """Whether this side has said yes to the time that it has now."""
        confirmed: datetime | None = getattr(self, f"{PartnerSide(side).value}_confirmed_for")
        return confirmed == self.scheduled_at

    def cannot(self, side: str) -> bool:
        """Whether this side has said no to the time that it has now."""
        refused: datetime | None = getattr(self, f"{PartnerSide(side).value}_cannot_for")
        return refused == self.scheduled_at

    @property
    def refused_by_recruiter(self) -> bool:
        return self.cannot(PartnerSide.RECRUITER)

    @property
    def refused_by_manager(self) -> bool:
        return self.cannot(PartnerSide.MANAGER)

    @property
    def confirmed_by_recruiter(self) -> bool:
        return self.is_confirmed(PartnerSide.RECRUITER)

    @property
    def confirmed_by_manager(self) -> bool:
        return self.is_confirmed(PartnerSide.MANAGER)

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class Reason(models.TextChoices):
    """What has happened that speaks for meeting sooner."""

    MISSED = "missed", gettext_lazy("Commitments were missed")
    NO_CANDIDATES = "no_candidates", gettext_lazy("No new candidates")
    OFFER_DECLINED = "offer_declined", gettext_lazy("An offer was declined")
    BROKEN_AGAIN = "broken_again", gettext_lazy("A promise was broken again")


class CheckInReason(Stamped):
    """Why a check-in was raised, or what it is to speak about: by figures, and in nobody's name.

    `key` says which occasion it is; the same is never a reason twice.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="check_in_reasons")
    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="reasons")
    code = models.CharField(max_length=20, choices=Reason)
    key = models.CharField(max_length=60)
    said = models.CharField(max_length=300, help_text="With its figures.")
    raised_at = models.DateTimeField()

    class Meta:
        ordering = ("pk",)
        constraints = [
            one_of("checkin_reason_known", "code", Reason),
            models.UniqueConstraint(
                fields=["partnership", "key"],
                name="checkin_reason_once",
                violation_error_message="The partners met about this already.",
            ),
        ]

    def __str__(self) -> str:
        return self.said

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class CheckInActionQuerySet(models.QuerySet["CheckInAction"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(check_in__in=CheckIn.objects.visible_to(user))

    def ahead(self) -> Self:
        """Agreed, not done, in a partnership that goes on."""
        return self.filter(done_at__isnull=True, check_in__partnership__state=PartnershipState.ACTIVE)


class CheckInAction(Stamped):
    """What one side takes on in a check-in."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.CASCADE, related_name="actions")
    side = models.CharField(max_length=10, choices=PartnerSide)
    owner = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="check_in_actions")
    text = models.CharField(max_length=300)
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField(
        null=True, blank=True, help_text="When whoever took it on was reminded of it."
    )

    objects = CheckInActionQuerySet.as_manager()

    class Meta:
        constraints = [one_of("checkin_action_side_known", "side", PartnerSide)]
        indexes = [
            models.Index(
                fields=["owner", "due_on"], name="checkin_action_open", condition=Q(done_at__isnull=True)
            ),
            models.Index(
                fields=["due_on"],
                name="checkin_action_to_remind",
                condition=Q(done_at__isnull=True, nudged_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    def about(self) -> dict[str, int]:
        return self.check_in.about()
