"""Interviews: when who meets a candidate."""

import uuid
from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from ats.calendars.domain.answers import new_secret
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.applications.models import Application, ApplicationState
from candidates.people.models import Candidate
from requisitions.models import InterviewFormat, PlannedInterview, PoolMember

if TYPE_CHECKING:
    from ats.accounts.models import User


class InterviewState(models.TextChoices):
    BOOKED = "booked", gettext_lazy("Booked")
    HELD = "held", gettext_lazy("Held")
    CANCELLED = "cancelled", gettext_lazy("Cancelled")
    NO_SHOW = "no_show", gettext_lazy("Candidate did not come")


class Reply(models.TextChoices):
    """What somebody who is invited answered; values in lower case of RFC 5545's PARTSTAT."""

    NEEDS_ACTION = "needs-action", gettext_lazy("No answer yet")
    ACCEPTED = "accepted", gettext_lazy("Accepted")
    DECLINED = "declined", gettext_lazy("Declined")
    TENTATIVE = "tentative", gettext_lazy("Perhaps")


class InterviewQuerySet(GuardedQuerySet["Interview"]):
    def ahead(self) -> Self:
        return self.filter(state=InterviewState.BOOKED)


OF_WHOM = """
    NEW.candidate_id := (SELECT candidate_id FROM candidates_application WHERE id = NEW.application_id);
    RETURN NEW;
"""
"""Whoever writes an interview: it is its application's candidate who cannot be in two places."""


class Interview(Stamped):
    """A meeting with a candidate, booked for a time. The database keeps two that overlap from one candidate.

    It keeps what was planned as it was when it was booked: words, place, and the kit (see
    `requisitions.interview_plan.domain.kits.snapshot`). `uid` and `sequence` make every calendar file about it
    update the same event (RFC 5545, 3.8.7.4). `accessibility` is what the candidate said privately that they need;
    only the recruiting team reads it.
    """

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interviews")
    candidate = models.ForeignKey(
        Candidate,
        on_delete=models.CASCADE,
        related_name="+",
        editable=False,
        help_text="The application's, written by the database.",
    )
    planned = models.ForeignKey(
        PlannedInterview, on_delete=models.SET_NULL, null=True, blank=True, related_name="interviews"
    )
    request = models.ForeignKey(
        "candidates.BookingRequest",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="interviews",
    )
    state = models.CharField(max_length=10, choices=InterviewState, default=InterviewState.BOOKED)
    name = models.CharField(max_length=100)
    purpose = models.CharField(max_length=300, blank=True)
    format = models.CharField(max_length=10, choices=InterviewFormat)
    place = models.CharField(max_length=300, blank=True)
    video_link = models.URLField(blank=True)
    preparation = models.TextField(blank=True)
    kit = models.JSONField(default=dict, blank=True)
    scorecard_hours = models.PositiveSmallIntegerField(default=8)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty where the candidate picked the time.",
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=300, blank=True)
    cancelled_by_candidate = models.BooleanField(default=False)
    changes = models.PositiveSmallIntegerField(default=0, help_text="How often its time was changed.")
    doubled = models.BooleanField(
        default=False,
        db_default=False,
        help_text="Booked beside another one of the candidate's, before the database refused that.",
    )
    accessibility = models.TextField(blank=True)
    candidate_reply = models.CharField(
        max_length=12,
        choices=Reply,
        default=Reply.NEEDS_ACTION,
        db_default=Reply.NEEDS_ACTION,
        help_text="What the candidate's calendar answered to this time; who picks a time has accepted it.",
    )
    candidate_replied_at = models.DateTimeField(null=True, blank=True)
    candidate_comment = models.TextField(
        blank=True,
        default="",
        db_default="",
        help_text="What the candidate's calendar said beside that answer.",
    )
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    calendar_secret = models.CharField(
        max_length=43,
        default=new_secret,
        db_default="",
        blank=True,
        editable=False,
        help_text="What makes each reader's calendar file one of their own; empty: booked before they were.",
    )
    sequence = models.PositiveIntegerField(default=0)
    time_sequence = models.PositiveIntegerField(
        default=0,
        db_default=0,
        help_text="The version in which it got the time that it has: answers to earlier ones are to another time.",
    )

    objects = InterviewQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("interview_state_known", "state", InterviewState),
            one_of("interview_format_known", "format", InterviewFormat),
            one_of("interview_candidate_reply_known", "candidate_reply", Reply),
            models.CheckConstraint(
                name="interview_takes_time",
                condition=Q(ends_at__gt=F("starts_at")),
                violation_error_message="An interview ends after it begins.",
            ),
            goes_with(
                "interview_settled_at",
                state=~Q(state="booked"),
                field="settled_at",
                message="An interview that is over says since when, and no other does.",
            ),
            ExclusionConstraint(
                name="interview_candidate_once_at_a_time",
                expressions=[
                    ("candidate", RangeOperators.EQUAL),
                    (models.Func("starts_at", "ends_at", function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                condition=Q(state="booked", doubled=False),
                violation_error_message="The candidate has another interview at that time.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="interview_of_whom",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("application_id"),
                func=OF_WHOM,
            )
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="interview_by_time"),
            models.Index(fields=["starts_at"], name="interview_ahead", condition=Q(state="booked")),
            models.Index(fields=["application", "starts_at"], name="interview_of_application"),
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return self.application.about()


POOL_LIMIT = """
    IF NEW.pool_member_id IS NULL OR NEW.released THEN
        RETURN NULL;
    END IF;
    IF TG_OP = 'UPDATE' AND NOT OLD.released AND OLD.week = NEW.week
            AND OLD.pool_member_id IS NOT DISTINCT FROM NEW.pool_member_id THEN
        RETURN NULL;
    END IF;
    PERFORM 1 FROM requisitions_poolmember WHERE id = NEW.pool_member_id FOR NO KEY UPDATE;
    IF (
        SELECT count(*) FROM candidates_interviewseat s
        WHERE s.pool_member_id = NEW.pool_member_id AND s.week = NEW.week AND NOT s.released
    ) > (SELECT weekly_limit FROM requisitions_poolmember WHERE id = NEW.pool_member_id) THEN
        RAISE EXCEPTION 'pool member % is over the weekly limit', NEW.pool_member_id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'pool_weekly_limit';
    END IF;
    RETURN NULL;
"""
"""Nobody of a pool gets more interviews in a week than they agreed to; concurrent bookings wait in line.

What they have already stays theirs where they agree to fewer: only another one is refused.
"""


class SeatKind(models.TextChoices):
    """What somebody is there for."""

    INTERVIEWER = "interviewer", gettext_lazy("Interviews")
    SHADOW = "shadow", gettext_lazy("Sits in, to learn")


class InterviewSeat(Stamped):
    """An interviewer in an interview. The database keeps two that overlap from one person.

    Who only sits in has a seat of another `kind`: they are invited and see the interview, and owe, count and
    decide nothing.

    `period` is the interview's time and `week` the Monday of its week where the interviewer works, both
    written with it. `released`: they do not take part any more (cancelled, or somebody else does).
    """

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="seats")
    user = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="interview_seats")
    pool_member = models.ForeignKey(
        PoolMember, on_delete=models.SET_NULL, null=True, blank=True, related_name="seats"
    )
    kind = models.CharField(
        max_length=11, choices=SeatKind, default=SeatKind.INTERVIEWER, db_default=SeatKind.INTERVIEWER
    )
    period = DateTimeRangeField()
    week = models.DateField()
    released = models.BooleanField(default=False)
    reply = models.CharField(max_length=12, choices=Reply, default=Reply.NEEDS_ACTION)
    replied_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(
        blank=True, default="", db_default="", help_text="What they said beside their answer."
    )

    class Meta:
        constraints = [
            one_of("seat_reply_known", "reply", Reply),
            one_of("seat_kind_known", "kind", SeatKind),
            models.CheckConstraint(
                name="seat_of_a_shadow",
                condition=~Q(kind="shadow") | Q(pool_member__isnull=True),
                violation_error_message="Who sits in takes no place of a pool.",
            ),
            models.UniqueConstraint(
                fields=["interview", "user"],
                condition=Q(released=False),
                name="seat_once",
                violation_error_message="This person takes part already.",
            ),
            ExclusionConstraint(
                name="seat_no_two_at_a_time",
                expressions=[("user", RangeOperators.EQUAL), ("period", RangeOperators.OVERLAPS)],
                condition=Q(released=False),
                violation_error_message=(
                    "One of the interviewers has just been booked for another interview at that time."
                ),
            ),
        ]
        indexes = [models.Index(fields=["pool_member", "week"], name="seat_of_week")]
        triggers = [
            pgtrigger.Trigger(
                name="pool_weekly_limit",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=POOL_LIMIT,
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.interview}"

    def about(self) -> dict[str, int]:
        return self.interview.about()


class Shadowing(Stamped):
    """What somebody who sat in wrote down, and the one word of whom they sat beside for what they saw.

    It is no scorecard: no debrief, figure or date knows of it, and nothing waits for it.
    """

    seat = models.OneToOneField(InterviewSeat, on_delete=models.CASCADE, related_name="shadowing")
    evidence = models.TextField(blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    word = models.CharField(max_length=40, blank=True, help_text="What the one beside them saw.")
    confirmed_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            goes_with(
                "shadowing_written_at",
                state=~Q(evidence=""),
                field="written_at",
                message="What was written down says since when, and nothing else does.",
            ),
            goes_with(
                "shadowing_confirmed_at",
                state=~Q(word=""),
                field="confirmed_at",
                message="Who confirms says in a word what they saw.",
            ),
            goes_with(
                "shadowing_confirmed_by",
                state=~Q(word=""),
                field="confirmed_by",
                message="What is confirmed names who confirmed it.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.seat} (sits in)"

    def about(self) -> dict[str, int]:
        return self.seat.about()


def still_to_write(user: "User") -> Exists:
    """Whether `user` sits in, or sat in, for the application that a row belongs to, and has written nothing yet.

    Until then they read nothing of others', as whoever owes evidence; once it has ended there is nothing to spoil.
    """
    rows = Shadowing.objects.filter(
        seat__user=user,
        seat__released=False,
        seat__interview__application=OuterRef("application"),
        seat__interview__application__state=ApplicationState.ACTIVE,
        seat__interview__state__in=(InterviewState.BOOKED, InterviewState.HELD),
        evidence="",
    )
    return Exists(rows)
