"""Journeys: the steps that an organisation has for the way of its candidates, in versions; tasks; the replanning."""

from datetime import datetime
from typing import Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation, Location
from candidates.applications.models import Application
from candidates.follow_ups.domain.journeys import OWED, STEPS
from candidates.follow_ups.models import FollowUp
from candidates.people.models import Source
from requisitions.models import StageKind


class Trigger(models.TextChoices):
    """What a step follows."""

    APPLIED = "applied", gettext_lazy("They applied")
    STAGE = "stage", gettext_lazy("They reached a stage")
    BOOKED = "booked", gettext_lazy("An interview was booked")
    BEFORE_INTERVIEW = "before_interview", gettext_lazy("An interview lies ahead")
    INTERVIEWED = "interviewed", gettext_lazy("An interview is over")
    NO_NEWS = "no_news", gettext_lazy("They have had no news")
    OFFERED = "offered", gettext_lazy("They have our offer")
    REJECTED = "rejected", gettext_lazy("They were told a no")
    WITHDREW = "withdrew", gettext_lazy("They withdrew")
    HIRED = "hired", gettext_lazy("They are hired")
    BEFORE_FIRST_DAY = "before_first_day", gettext_lazy("Their first day lies ahead")
    FIRST_DAY = "first_day", gettext_lazy("Their first day")
    PROMISE = "promise", gettext_lazy("What was promised runs late, or gets another date")
    DECIDED = "decided", gettext_lazy("It is decided")


class Way(models.TextChoices):
    """How it can go, for the time line of a made-up candidate."""

    REJECTED = "rejected", gettext_lazy("A no after screening")
    HIRED = "hired", gettext_lazy("Hired")
    WITHDREW = "withdrew", gettext_lazy("Withdrew")
    SILENCE = "silence", gettext_lazy("Hears nothing")


OF_THE_HOUSE = (Trigger.PROMISE, Trigger.DECIDED)
"""What only the house's own steps follow."""
BACKWARDS = (Trigger.BEFORE_INTERVIEW, Trigger.BEFORE_FIRST_DAY)
"""Steps that are counted back from what lies ahead."""


class Unit(models.TextChoices):
    HOURS = "hours", gettext_lazy("Working hours")
    DAYS = "days", gettext_lazy("Working days")
    CALENDAR = "calendar", gettext_lazy("Days")


class Hours(models.TextChoices):
    """When a message may come, where its reader is."""

    WORKING = "working", gettext_lazy("On working days, eight to eight")
    AWAKE = "awake", gettext_lazy("On any day, eight to eight")


class Act(models.TextChoices):
    MESSAGE = "message", gettext_lazy("A message to the candidate")
    TASK = "task", gettext_lazy("A task for a person")


class Sender(models.TextChoices):
    RECRUITER = "recruiter", gettext_lazy("The recruiter, by name")
    TEAM = "team", gettext_lazy("The team")


class Doer(models.TextChoices):
    RECRUITER = "recruiter", gettext_lazy("The recruiter")
    MANAGER = "manager", gettext_lazy("The hiring manager")


MOST_AMOUNT, LONGEST_WITHIN, MOST_STEPS = 260, 60, 60
LONGEST_NAME, LONGEST_TASK, LONGEST_FROM_US = 80, 500, 600

KEEPS_WHAT_IS_OWED = """
    IF EXISTS (SELECT FROM candidates_journey WHERE id = {journey}) AND (
        SELECT count(*) FROM candidates_journeystep WHERE journey_id = {journey} AND owed
    ) <> {number} THEN
        RAISE EXCEPTION 'a journey has every step that promises owe'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'journey_keeps_what_is_owed';
    END IF;
    RETURN NULL;
"""
"""At commit: no version of a journey is without what promises owe."""


class Journey(Stamped):
    """One version of the steps of an organisation. One that has none has those that ship (`seeds.py`).

    A version is written whole and does not change; what is planned hangs on the steps' keys, which stay the same.
    """

    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="journeys")
    version = models.PositiveIntegerField()
    is_current = models.BooleanField(default=True)
    daily_cap = models.PositiveSmallIntegerField(
        default=2,
        help_text="Messages of steps to one candidate in one day, beside what is owed and interviews.",
    )
    made_by = models.ForeignKey("ats.User", on_delete=models.SET_NULL, null=True, related_name="+")
    change = models.CharField(max_length=300, blank=True, help_text="What was changed, in words.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "version"],
                name="journey_version_once",
                violation_error_message="Somebody else has changed this journey a moment ago.",
            ),
            models.UniqueConstraint(
                fields=["organisation"],
                condition=Q(is_current=True),
                name="journey_one_current",
                violation_error_message="Somebody else has changed this journey a moment ago.",
            ),
            models.CheckConstraint(
                name="journey_daily_cap",
                condition=Q(daily_cap__range=(1, 10)),
                violation_error_message="From 1 to 10 messages a day.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_what_is_owed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                timing=pgtrigger.Deferred,
                func=KEEPS_WHAT_IS_OWED.format(journey="NEW.id", number=len(OWED)),
            )
        ]

    def __str__(self) -> str:
        return f"Journey of {self.organisation}, version {self.version}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class JourneyStep(models.Model):
    """One step: what it follows, after how long, for whom, and what is sent or asked of whom then.

    `key` is its name through all versions. A step of the house (`key` in `follow_ups.domain.journeys.STEPS`) is
    planned where it happens, in the words of its role; the others are planned here (`domain/planning.py`).
    """

    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="steps")
    key = models.SlugField(max_length=40)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=LONGEST_NAME)
    is_active = models.BooleanField(default=True)
    owed = models.BooleanField(default=False, editable=False)
    trigger = models.CharField(max_length=20, choices=Trigger)
    amount = models.PositiveSmallIntegerField(default=0)
    unit = models.CharField(max_length=10, choices=Unit, default=Unit.DAYS)
    hours = models.CharField(max_length=10, choices=Hours, default=Hours.WORKING)
    stage_kind = models.CharField(max_length=12, choices=StageKind, blank=True)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=10, blank=True)
    act = models.CharField(max_length=10, choices=Act, default=Act.MESSAGE)
    role = models.CharField(
        max_length=80, blank=True, help_text="Of its message; its own words stand by `words`."
    )
    sender = models.CharField(max_length=10, choices=Sender, default=Sender.RECRUITER)
    doer = models.CharField(max_length=10, choices=Doer, default=Doer.RECRUITER)
    task = models.CharField(max_length=LONGEST_TASK, blank=True)
    within = models.PositiveSmallIntegerField(default=2, db_default=2, help_text="Working days for a task.")

    class Meta:
        ordering = ("position",)
        constraints = [
            one_of("journeystep_trigger_known", "trigger", Trigger),
            one_of("journeystep_unit_known", "unit", Unit),
            one_of("journeystep_hours_known", "hours", Hours),
            one_of("journeystep_act_known", "act", Act),
            one_of("journeystep_sender_known", "sender", Sender),
            one_of("journeystep_doer_known", "doer", Doer),
            models.UniqueConstraint(
                fields=["journey", "key"],
                name="journeystep_once",
                violation_error_message="This step is in the journey already.",
            ),
            models.CheckConstraint(
                name="journeystep_owed_by_key",
                condition=(Q(owed=True) & Q(key__in=OWED)) | (Q(owed=False) & ~Q(key__in=OWED)),
                violation_error_message="What promises owe is not for a journey to say.",
            ),
            models.CheckConstraint(
                name="journeystep_owed_as_it_is",
                condition=Q(owed=False)
                | Q(
                    is_active=True,
                    amount=0,
                    stage_kind="",
                    source__isnull=True,
                    location__isnull=True,
                    language="",
                    act="message",
                ),
                violation_error_message="What is owed is not switched off, delayed or given a condition.",
            ),
            models.CheckConstraint(
                name="journeystep_amount",
                condition=Q(amount__lte=MOST_AMOUNT),
                violation_error_message=f"At most {MOST_AMOUNT}.",
            ),
            models.CheckConstraint(
                name="journeystep_within",
                condition=Q(within__range=(1, LONGEST_WITHIN)),
                violation_error_message=f"From 1 to {LONGEST_WITHIN} working days.",
            ),
            models.CheckConstraint(
                name="journeystep_no_news_waits",
                condition=~Q(trigger="no_news") | Q(amount__gte=1),
                violation_error_message="Say after how long without news.",
            ),
            models.CheckConstraint(
                name="journeystep_stage_named",
                condition=~Q(trigger="stage") | ~Q(stage_kind=""),
                violation_error_message="Say which stage.",
            ),
            models.CheckConstraint(
                name="journeystep_task_says_what",
                condition=Q(act="message") | ~Q(task=""),
                violation_error_message="Say what is to be done.",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="keeps_what_is_owed",
                when=pgtrigger.After,
                operation=pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func=KEEPS_WHAT_IS_OWED.format(journey="OLD.journey_id", number=len(OWED)),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        return self.journey.about()

    @property
    def is_of_house(self) -> bool:
        """Whether it is planned where it happens, in rooms below."""
        return self.key in STEPS

    @property
    def words(self) -> str:
        """The name under which its own words stand among the mail templates; a house's step has its role's."""
        return self.role if self.is_of_house else f"journey.step:{self.key}"


class FromUs(Stamped):
    """What marketing says with a step, or with every one: of product, organisation and culture.

    `step` empty: below every message of a step but what is owed. A decision, and what says that something takes
    longer, bear only what was written for them.
    """

    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="from_us")
    step = models.SlugField(max_length=40, blank=True)
    language = models.CharField(max_length=10, default="en")
    text = models.CharField(max_length=LONGEST_FROM_US)
    link = models.URLField(max_length=500, blank=True)
    updated_by = models.ForeignKey("ats.User", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "from us"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "step", "language"],
                name="fromus_once",
                violation_error_message="Something is said with this step in this language already.",
            ),
            models.CheckConstraint(
                name="fromus_says_something",
                condition=~Q(text=""),
                violation_error_message="Write what is said.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}

    @property
    def said(self) -> str:
        """As it stands in a message: the words, and below them the address."""
        return "\n".join(filter(None, [self.text, self.link]))


class StepTaskQuerySet(models.QuerySet["StepTask"]):
    def open(self) -> Self:
        return self.filter(done_at=None, skipped_at=None)


class StepTask(Stamped):
    """What a step, once it is due, or a colleague asks of a person: to be done by a day, put off or skipped."""

    follow_up = models.OneToOneField(
        FollowUp, on_delete=models.CASCADE, null=True, blank=True, related_name="task"
    )
    asked_by = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Who asked for it by hand; empty: a step did.",
    )
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="step_tasks")
    owner = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="step_tasks")
    what = models.CharField(max_length=LONGEST_TASK)
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        "ats.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    due_at = models.DateTimeField(db_default=Now())
    skipped_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True, db_default="")
    nudged_at = models.DateTimeField(null=True, blank=True)

    objects = StepTaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="steptask_asked_by_one",
                condition=Q(follow_up=None) ^ Q(asked_by=None),
                violation_error_message="A task comes of a step, or of a colleague.",
            ),
            models.CheckConstraint(
                name="steptask_skipped_says_why",
                condition=Q(skipped_at=None) | (~Q(reason="") & Q(done_at=None)),
                violation_error_message="What was skipped says why, and was not done.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["owner", "due_at"],
                name="steptask_to_do",
                condition=Q(done_at__isnull=True, skipped_at__isnull=True),
            ),
            models.Index(fields=["application", "-asked_at"], name="steptask_of_application"),
        ]

    @property
    def key(self) -> str:
        """By which messages about it are known."""
        return f"step-task:{self.follow_up_id}" if self.follow_up_id else f"task:{self.pk}"

    def __str__(self) -> str:
        return self.what

    def about(self) -> dict[str, int]:
        return self.application.about()

    is_open = property(lambda self: self.done_at is None and self.skipped_at is None)


class ReplanState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Under way")
    DONE = "done", gettext_lazy("Done")
    OVERTAKEN = "overtaken", gettext_lazy("Overtaken by a later change")


class ReplanQuerySet(models.QuerySet["Replan"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state=ReplanState.WAITING)


class Replan(Attempts, Stamped):
    """The planned steps of all applications are being brought to a new version, in order of their numbers."""

    journey = models.OneToOneField(Journey, on_delete=models.CASCADE, related_name="replan")
    state = models.CharField(max_length=10, choices=ReplanState, default=ReplanState.WAITING)
    total = models.PositiveIntegerField(default=0)
    seen = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0, help_text="The last application that was looked at.")
    planned = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    cancelled = models.PositiveIntegerField(default=0)
    began_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = ReplanQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("replan_state_known", "state", ReplanState),
            goes_with(
                "replan_settled_at",
                state=~Q(state="waiting"),
                field="settled_at",
                message="What is done says since when.",
            ),
        ]
        indexes = [models.Index(fields=["id"], name="replan_waiting", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"Replanning of {self.journey_id}"

    def about(self) -> dict[str, int]:
        return self.journey.about()
