"""Sequences: a few mails with days between them, and where each person stands in one."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Case, CharField, Exists, OuterRef, Q, Value, When
from django.db.models.functions import Lower

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.mail.incoming import Kind
from ats.mail.models import IncomingMail, MailKind, MailState, OutgoingMail, SuppressedAddress
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from candidates.consents.models import Consent, Purpose
from candidates.messages.models import Direction, Message
from candidates.people.models import Candidate
from candidates.pools.models import TalentMember, TalentPool

LONGEST_NAME, LONGEST_SUBJECT, LONGEST_BODY = 80, 200, 5000
MOST_STEPS, MOST_DAYS = 6, 60
LOST = (MailState.BOUNCED, MailState.FAILED, MailState.WITHHELD, MailState.UNKNOWN)


class SequenceQuerySet(GuardedQuerySet["Sequence"]):
    """Who sees which of them is said in `access/sequence.py`."""

    def open(self) -> Self:
        return self.filter(closed_at=None)


class Sequence(Stamped):
    """What is written to people one after the other, until they answer.

    `needs`: what they must have agreed to; empty where the organisation writes to them on another ground.
    """

    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="sequences")
    name = models.CharField(max_length=LONGEST_NAME)
    needs = models.CharField(max_length=12, choices=Purpose, blank=True)
    made_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = SequenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(closed_at=None),
                name="sequence_name_once",
                violation_error_message="There is a sequence of this name already.",
            ),
            models.CheckConstraint(
                name="sequence_needs_known",
                condition=Q(needs="") | Q(needs__in=Purpose.values),
                violation_error_message="Choose what people must have agreed to.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class SequenceStep(models.Model):
    """One mail of a sequence; `wait_days`: working days after the one before, or after the beginning."""

    sequence = models.ForeignKey(Sequence, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    wait_days = models.PositiveSmallIntegerField(default=0)
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    body = models.TextField()

    class Meta:
        ordering = ("position",)
        constraints = [
            models.UniqueConstraint(
                fields=["sequence", "position"],
                name="sequence_step_once",
                violation_error_message="Two mails stand in one place.",
            ),
            models.CheckConstraint(
                name="sequence_step_waits",
                condition=Q(wait_days__lte=MOST_DAYS),
                violation_error_message=f"At most {MOST_DAYS} working days.",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class RunningState(models.TextChoices):
    RUNNING = "running", gettext_lazy("Running")
    DONE = "done", gettext_lazy("All sent")
    STOPPED = "stopped", gettext_lazy("Stopped")


class Stop(models.TextChoices):
    """Why nothing more of a sequence is sent to somebody."""

    ANSWERED = "answered", gettext_lazy("They answered")
    APPLIED = "applied", gettext_lazy("They are in play for a role")
    OPTED_OUT = "opted_out", gettext_lazy("They want no such messages")
    BOUNCED = "bounced", gettext_lazy("A message did not arrive")
    GONE = "gone", gettext_lazy("They are known here no longer")
    LEFT_POOL = "left_pool", gettext_lazy("They left the pool")
    OWNER = "owner", gettext_lazy("Who writes is here no longer")
    WORDS = "words", gettext_lazy("Something to fill in is missing")
    BY_HAND = "by_hand", gettext_lazy("Stopped by hand")


def _why(now: datetime) -> Case:
    """Of a running one why it stops, read from how things stand; empty where nothing speaks against it."""
    since = {"candidate": OuterRef("candidate")}
    mailed = IncomingMail.objects.filter(received_at__gte=OuterRef("began_at")).exclude(
        kind__in=[Kind.AUTOMATIC, Kind.FAILURE, Kind.DELAY, Kind.COMPLAINT]
    )
    secret = Application.objects.filter(pk=OuterRef("application_id"), requisition__confidential=True)
    mailed = mailed.filter(~Exists(secret))  # nobody is to read from this that there is such a role
    by_address = mailed.annotate(from_whom=Lower("sender")).filter(
        from_whom=Lower(OuterRef("candidate__email"))
    )
    wrote = Message.objects.filter(
        **since, direction=Direction.IN, is_automatic=False, said_at__gte=OuterRef("began_at")
    ).exclude(application__requisition__confidential=True)
    applied = Application.objects.filter(
        **since, applied_at__gte=OuterRef("began_at"), requisition__confidential=False
    )
    refused = SuppressedAddress.objects.filter(
        address=Lower(OuterRef("candidate__email")), kind__in=["", MailKind.RELATIONSHIP]
    )
    agreed = Consent.objects.valid(now).filter(**since, purpose=OuterRef("sequence__needs"))
    lost = SequenceMail.objects.filter(run=OuterRef("pk"), mail__state__in=LOST)
    inside = TalentMember.objects.inside().filter(**since, pool=OuterRef("pool"))
    known = Q(candidate__anonymised_at=None, candidate__merged_into=None)
    return Case(
        When(~known, then=Value(Stop.GONE.value)),
        When(
            Exists(mailed.filter(candidate_id=OuterRef("candidate"))) | Exists(by_address) | Exists(wrote),
            then=Value(Stop.ANSWERED.value),
        ),
        When(Exists(applied), then=Value(Stop.APPLIED.value)),
        When(Exists(lost), then=Value(Stop.BOUNCED.value)),
        When(Exists(refused) | (~Q(sequence__needs="") & ~Exists(agreed)), then=Value(Stop.OPTED_OUT.value)),
        When(Q(pool__isnull=False) & ~Exists(inside), then=Value(Stop.LEFT_POOL.value)),
        When(Q(owner__is_active=False), then=Value(Stop.OWNER.value)),
        default=Value(""),
        output_field=CharField(),
    )


class SequenceRunQuerySet(models.QuerySet["SequenceRun"]):
    def running(self) -> Self:
        return self.filter(state=RunningState.RUNNING)

    def with_why(self, now: datetime) -> Self:
        return self.annotate(stops=_why(now))

    def why_of(self, run_id: int, now: datetime) -> str:
        """Why this one stops, if it runs and does."""
        found = self.running().filter(pk=run_id).with_why(now).values_list("stops", flat=True)
        return str(found.first() or "")

    def to_stop(self, now: datetime) -> Self:
        """Running, and something speaks against it by now."""
        return self.running().filter(Attempts.may_try(now)).with_why(now).exclude(stops="")


class SequenceRun(Attempts, Stamped):
    """Somebody to whom a sequence is sent: in whose name, since when, and what ended it. One at a time for each."""

    sequence = models.ForeignKey(Sequence, on_delete=models.PROTECT, related_name="runs")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="sequence_runs")
    pool = models.ForeignKey(
        TalentPool, on_delete=models.SET_NULL, null=True, blank=True, related_name="sequence_runs"
    )
    owner = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    began_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=RunningState, default=RunningState.RUNNING)
    stop = models.CharField(max_length=10, choices=Stop, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = SequenceRunQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("sequence_run_state_known", "state", RunningState),
            models.UniqueConstraint(
                fields=["candidate"],
                condition=Q(state="running"),
                name="sequence_run_one_at_a_time",
                violation_error_message="Another sequence is being sent to them.",
            ),
            goes_with(
                "sequence_run_ended_at",
                state=~Q(state="running"),
                field="ended_at",
                message="What has ended says when.",
            ),
            models.CheckConstraint(
                name="sequence_run_stop_says_why",
                condition=(Q(state="stopped") & Q(stop__in=Stop.values)) | (~Q(state="stopped") & Q(stop="")),
                violation_error_message="What was stopped says why.",
            ),
        ]
        indexes = [
            models.Index(fields=["sequence", "-began_at"], name="sequence_run_of_sequence"),
            models.Index(fields=["id"], name="sequence_run_running", condition=Q(state="running")),
        ]

    def __str__(self) -> str:
        return f"{self.sequence_id} to {self.candidate_id}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}


class MailStep(models.TextChoices):
    WAITING = "waiting", gettext_lazy("To be sent")
    SENT = "sent", gettext_lazy("Sent")
    CANCELLED = "cancelled", gettext_lazy("Not sent")


class SequenceMailQuerySet(models.QuerySet["SequenceMail"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(
            Attempts.may_try(now),
            state=MailStep.WAITING,
            run__state=RunningState.RUNNING,
            due_at__lte=now,
        )


class SequenceMail(Attempts):
    """One mail of a run, with its words as they were when it began: later changes are for those who begin later."""

    run = models.ForeignKey(SequenceRun, on_delete=models.CASCADE, related_name="mails")
    position = models.PositiveSmallIntegerField()
    wait_days = models.PositiveSmallIntegerField()
    subject = models.CharField(max_length=LONGEST_SUBJECT)
    body = models.TextField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=MailStep, default=MailStep.WAITING)
    mail = models.ForeignKey(OutgoingMail, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)

    objects = SequenceMailQuerySet.as_manager()

    class Meta:
        ordering = ("position",)
        constraints = [
            one_of("sequence_mail_state_known", "state", MailStep),
            models.UniqueConstraint(
                fields=["run", "position"],
                name="sequence_mail_once",
                violation_error_message="Two mails stand in one place.",
            ),
            goes_with(
                "sequence_mail_sent_at",
                state=Q(state="sent"),
                field="sent_at",
                message="What was sent says when.",
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="sequence_mail_due", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return self.subject

    def about(self) -> dict[str, int]:
        return self.run.about()
