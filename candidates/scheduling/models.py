"""Who is asked for times: a candidate for one of an interview, and those who are to sit in it for when they can.

And other times that they propose themselves, for what is booked.
"""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import F, Q

from ats.calendars.domain.spans import Span
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application
from candidates.interviews.models import Interview, InterviewSeat
from candidates.scheduling.domain import given
from requisitions.models import PlannedInterview


class BookingWay(models.TextChoices):
    PICK = "pick", gettext_lazy("The candidate picks a time")
    GIVE = "give", gettext_lazy("The candidate says when they can")


class BookingState(models.TextChoices):
    OPEN = "open", gettext_lazy("Waiting for the candidate")
    GIVEN = "given", gettext_lazy("The candidate said when they can")
    BOOKED = "booked", gettext_lazy("Booked")
    EXPIRED = "expired", gettext_lazy("Run out")
    CANCELLED = "cancelled", gettext_lazy("Taken back")


class BookingRequestQuerySet(GuardedQuerySet["BookingRequest"]):
    def live(self) -> Self:
        return self.filter(state__in=[BookingState.OPEN, BookingState.GIVEN])


class BookingRequest(Stamped):
    """The question to a candidate for a time: for one interview, or several in a row on one day.

    `wanted` holds what is asked for, in order. `times` are the candidate's own, with way "give": pairs of
    ISO 8601 moments. Times are offered between `earliest` and `latest`, both days of the office; a booked
    time can be changed or cancelled by the candidate until `change_hours` before.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="booking_requests")
    way = models.CharField(max_length=10, choices=BookingWay, default=BookingWay.PICK)
    state = models.CharField(max_length=10, choices=BookingState, default=BookingState.OPEN)
    asked_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    earliest = models.DateField()
    latest = models.DateField()
    notice_hours = models.PositiveSmallIntegerField(
        default=12, help_text="How long before its start a time may still be picked."
    )
    change_hours = models.PositiveSmallIntegerField(default=24)
    shortest_break = models.PositiveSmallIntegerField(
        default=0, help_text="Minutes between two interviews in a row, at least."
    )
    longest_break = models.PositiveSmallIntegerField(
        default=30, help_text="Minutes between two interviews in a row, at most."
    )
    expires_at = models.DateTimeField()
    times = models.JSONField(default=list, blank=True)
    note = models.TextField(blank=True, help_text="A word of the candidate's to the coordinator.")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = BookingRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("booking_way_known", "way", BookingWay),
            one_of("booking_state_known", "state", BookingState),
            models.CheckConstraint(
                name="booking_days_in_order",
                condition=Q(latest__gte=F("earliest")),
                violation_error_message="The last day cannot be before the first.",
            ),
            models.CheckConstraint(
                name="booking_breaks_in_order",
                condition=Q(longest_break__gte=F("shortest_break")),
                violation_error_message="The longest break cannot be shorter than the shortest.",
            ),
            goes_with(
                "booking_settled_at",
                state=Q(state__in=["booked", "expired", "cancelled"]),
                field="settled_at",
                message="A request for a time that is over says since when, and no other does.",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=Q(state__in=["open", "given"]),
                name="booking_one_open",
                violation_error_message="A request for a time is open already.",
            ),
        ]
        indexes = [models.Index(fields=["expires_at"], name="booking_to_expire", condition=Q(state="open"))]

    def __str__(self) -> str:
        return f"Times for application {self.application_id}"

    @property
    def last_moment(self) -> datetime:
        """The end of the last day on which they are offered: `expires_at` is the midnight after it."""
        return self.expires_at - timedelta(minutes=1)

    def about(self) -> dict[str, int]:
        return self.application.about()


class RequestedInterview(models.Model):
    """One interview of a request, in its place in the row."""

    request = models.ForeignKey(BookingRequest, on_delete=models.CASCADE, related_name="wanted")
    planned = models.ForeignKey(PlannedInterview, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["request", "position"],
                name="requested_interview_position",
                violation_error_message="Two interviews cannot stand in the same place.",
            )
        ]

    def __str__(self) -> str:
        return str(self.planned)


class AvailabilityState(models.TextChoices):
    OPEN = "open", gettext_lazy("Waiting for their times")
    GIVEN = "given", gettext_lazy("They said when they can")
    CLOSED = "closed", gettext_lazy("Not needed any more")


class AvailabilityRequestQuerySet(GuardedQuerySet["AvailabilityRequest"]):
    def live(self) -> Self:
        return self.filter(state__in=[AvailabilityState.OPEN, AvailabilityState.GIVEN])

    def whole(self) -> Self:
        """With everything that asking, giving and their pages need, in one query."""
        return self.select_related(
            "planned",
            "interviewer",
            "asked_by",
            "application__candidate",
            "application__stage",
            "application__requisition__organisation__calendar",
            "application__requisition__recruiter",
        ).defer("application__candidate__search")


class AvailabilityRequest(Stamped):
    """The question to somebody who is to sit in an interview: when can you?

    `times` are theirs, pairs of ISO 8601 moments, given at `given_at`. While it is live and they gave some, a time for
    this application is looked for within these alone where they are needed.
    """

    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, related_name="availability_requests"
    )
    planned = models.ForeignKey(PlannedInterview, on_delete=models.PROTECT, related_name="+")
    interviewer = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=AvailabilityState, default=AvailabilityState.OPEN)
    times = models.JSONField(default=list, blank=True)
    given_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    nudged_at = models.DateTimeField(
        null=True, blank=True, help_text="When the hiring manager was reminded of it."
    )

    objects = AvailabilityRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("availability_state_known", "state", AvailabilityState),
            goes_with(
                "availability_settled_at",
                state=Q(state="closed"),
                field="settled_at",
                message="A question that is over says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="availability_given_at",
                condition=~Q(state="given") | Q(given_at__isnull=False),
                violation_error_message="Times that were given say since when.",
            ),
            models.UniqueConstraint(
                fields=["application", "interviewer"],
                condition=Q(state__in=["open", "given"]),
                name="availability_one_live",
                violation_error_message="This person is asked for times already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["interviewer"], name="availability_live", condition=Q(state__in=["open", "given"])
            ),
            models.Index(
                fields=["due_at"],
                name="availability_to_remind",
                condition=Q(state="open", nudged_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"Times of {self.interviewer} for application {self.application_id}"

    @property
    def owed(self) -> dict[str, object]:
        """An open question as the promise chip shows it."""
        return {"what": "Your times", "due_at": self.due_at, "state": "open", "owner_side": "manager"}

    @property
    def spans(self) -> list[Span]:
        """When they can."""
        return given.read(self.times)

    def about(self) -> dict[str, int]:
        return self.application.about()


class ProposalState(models.TextChoices):
    OPEN = "open", gettext_lazy("Waiting for who arranges it")
    TAKEN = "taken", gettext_lazy("Taken")
    REFUSED = "refused", gettext_lazy("The time stays")
    VOID = "void", gettext_lazy("Overtaken")


class ProposedTimeQuerySet(GuardedQuerySet["ProposedTime"]):
    def open(self) -> Self:
        return self.filter(state=ProposalState.OPEN)


class ProposedTime(Stamped):
    """Another time for an interview that is booked, proposed by somebody of it (RFC 5546, COUNTER).

    `seat`: whose proposal it is; without one, the candidate's. `sequence`: the version of the interview that it
    answers. It moves nothing by itself, and is void once the interview has got another time or is over.
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="proposals")
    seat = models.ForeignKey(
        InterviewSeat, on_delete=models.CASCADE, null=True, blank=True, related_name="proposals"
    )
    state = models.CharField(max_length=8, choices=ProposalState, default=ProposalState.OPEN)
    sequence = models.PositiveIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    comment = models.TextField(blank=True)
    proposed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why the time stays, for who proposed.")

    objects = ProposedTimeQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("proposal_state_known", "state", ProposalState),
            models.CheckConstraint(
                name="proposal_takes_time",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="A time that is proposed ends after it begins.",
            ),
            goes_with(
                "proposal_settled_at",
                state=~Q(state="open"),
                field="settled_at",
                message="A proposal that is over says since when, and no other does.",
            ),
            models.UniqueConstraint(
                fields=["interview", "seat"],
                condition=Q(state="open"),
                nulls_distinct=False,
                name="proposal_one_open",
                violation_error_message="They have proposed another time already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Another time for interview {self.interview_id}"

    def about(self) -> dict[str, int]:
        return self.interview.about()
