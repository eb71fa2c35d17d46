"""Rules that people can read: when, if, then; what each tried, and what it did with whom."""

from datetime import datetime
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts
from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application
from requisitions.models import Requisition, StageKind

LONGEST_NAME, MOST_DAYS, LONGEST_DELAY = 80, 60, 30 * 24


class When(models.TextChoices):
    """What sets a rule off."""

    ARRIVES = "arrives", gettext_lazy("An application arrives")
    ENTERS = "enters", gettext_lazy("Somebody enters a stage")
    WAITED = "waited", gettext_lazy("Somebody has waited in a stage")
    FEEDBACK = "feedback", gettext_lazy("The evidence of an interview is complete")
    ACCEPTED = "accepted", gettext_lazy("An offer is accepted")
    DECLINED = "declined", gettext_lazy("An offer is declined")


OF_A_STAGE = (When.ENTERS, When.WAITED)


class RuleState(models.TextChoices):
    OFF = "off", gettext_lazy("Off")
    ON = "on", gettext_lazy("On")
    BROKEN = "broken", gettext_lazy("Switched off: it no longer fits")


class RuleQuerySet(GuardedQuerySet["Rule"]):
    """Who sees which of them is said in `access/rule.py`."""

    def on(self) -> Self:
        return self.filter(state=RuleState.ON)


class Rule(Stamped):
    """One rule of an organisation, for one of its roles or for all.

    `stage` is a number and no key: that a stage is removed is not for a rule to prevent. `conditions` and `actions`
    keep with each thing that they name what it was called, so that the sentence can be read when it is gone.
    `version` rises with every change of what it does; a dry run is of one version.
    """

    organisation = models.ForeignKey(HiringOrganisation, on_delete=models.CASCADE, related_name="rules")
    requisition = models.ForeignKey(
        Requisition, on_delete=models.CASCADE, null=True, blank=True, related_name="rules"
    )
    name = models.CharField(max_length=LONGEST_NAME)
    when = models.CharField(max_length=10, choices=When)
    stage = models.BigIntegerField(null=True, blank=True)
    stage_kind = models.CharField(max_length=12, choices=StageKind, blank=True)
    stage_said = models.CharField(max_length=80, blank=True)
    days = models.PositiveSmallIntegerField(default=0, help_text="Working days that somebody has waited.")
    any_of = models.BooleanField(default=False, help_text="One of the conditions is enough.")
    conditions = models.JSONField(default=list, blank=True)
    actions = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=10, choices=RuleState, default=RuleState.OFF)
    on_since = models.DateTimeField(null=True, blank=True)
    why_broken = models.CharField(max_length=300, blank=True)
    owner = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, related_name="+", help_text="In whose name it acts."
    )

    objects = RuleQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("rule_when_known", "when", When),
            one_of("rule_state_known", "state", RuleState),
            goes_with(
                "rule_on_since",
                state=Q(state="on"),
                field="on_since",
                message="A rule that is on says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="rule_stage_named",
                condition=~Q(when__in=["enters", "waited"]) | Q(stage__isnull=False) | ~Q(stage_kind=""),
                violation_error_message="Say which stage.",
            ),
            models.CheckConstraint(
                name="rule_waits_some_days",
                condition=~Q(when="waited") | Q(days__range=(1, MOST_DAYS)),
                violation_error_message=f"From 1 to {MOST_DAYS} working days.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "name"], name="rule_of_organisation"),
            models.Index(fields=["when"], name="rule_on", condition=Q(state="on")),
        ]

    def __str__(self) -> str:
        return self.name

    def about(self) -> dict[str, int]:
        places = {"organisation_id": self.organisation_id}
        if self.requisition_id:
            places["requisition_id"] = self.requisition_id
        return places

    @property
    def is_on(self) -> bool:
        return self.state == RuleState.ON

    @property
    def says_no(self) -> bool:
        return any(each["act"] == "reject" for each in self.actions)


class DryRun(models.Model):
    """What one version of a rule would have done in the last 90 days: looked at, and nothing else written.

    `people`: the numbers of the applications it would have touched, newest first, as many as a page shows.
    """

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="dry_runs")
    version = models.PositiveIntegerField()
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    occasions = models.PositiveIntegerField()
    matched = models.PositiveIntegerField()
    not_now = models.PositiveIntegerField(default=0, help_text="Who has left play since.")
    is_cut = models.BooleanField(default=False, help_text="There was more than is looked through.")
    people = ArrayField(models.BigIntegerField(), default=list)

    class Meta:
        indexes = [models.Index(fields=["rule", "-at"], name="dryrun_newest")]

    def __str__(self) -> str:
        return f"{self.rule_id}, version {self.version}"


class ActState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("To be looked at")
    NOT_MET = "not_met", gettext_lazy("Did not fit")
    DONE = "done", gettext_lazy("Done")
    DELAYED = "delayed", gettext_lazy("A no waits")
    SET_ASIDE = "set_aside", gettext_lazy("Set aside for people")
    CANCELLED = "cancelled", gettext_lazy("Stopped")
    FAILED = "failed", gettext_lazy("Could not be done")


class RuleActQuerySet(models.QuerySet["RuleAct"]):
    def ready(self, now: datetime) -> Self:
        return self.filter(Attempts.may_try(now), state__in=["waiting", "delayed"], due_at__lte=now)


class RuleAct(Attempts):
    """A rule and one application, on one occasion: once, however many workers look.

    `entered_at` is when the stay began that it is about; `chain` the rules by whose doing it came to this;
    `seen` the version of the application for which a delayed no was meant.
    """

    rule = models.ForeignKey(Rule, on_delete=models.CASCADE, related_name="acts")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="rule_acts")
    occasion = models.CharField(max_length=80)
    entered_at = models.DateTimeField(null=True, blank=True)
    chain = ArrayField(models.BigIntegerField(), default=list, blank=True)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=ActState, default=ActState.WAITING)
    why = models.CharField(max_length=300, blank=True)
    noticed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    seen = models.PositiveIntegerField(null=True, blank=True)
    said_no = models.BooleanField(default=False)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = RuleActQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("ruleact_state_known", "state", ActState),
            models.UniqueConstraint(
                fields=["rule", "application", "occasion"],
                name="ruleact_once",
                violation_error_message="This rule has dealt with this already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at", "id"], name="ruleact_ready", condition=Q(state__in=["waiting", "delayed"])
            ),
            models.Index(fields=["rule", "state", "-id"], name="ruleact_of_rule"),
            models.Index(fields=["application", "state"], name="ruleact_of_application"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} and {self.application_id}: {self.occasion}"

    def about(self) -> dict[str, int]:
        return self.application.about()


class KnockOutChoice(Stamped):
    """Whether an organisation lets rules say no, who chose that and when; none: it does not."""

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="knock_outs"
    )
    is_allowed = models.BooleanField(default=False)
    delay_hours = models.PositiveSmallIntegerField(default=48)
    share = models.PositiveSmallIntegerField(default=10, help_text="Of a hundred, set aside for people.")
    chosen_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="knockout_delay",
                condition=Q(delay_hours__range=(1, LONGEST_DELAY)),
                violation_error_message=f"From 1 to {LONGEST_DELAY} hours.",
            ),
            models.CheckConstraint(
                name="knockout_share",
                condition=Q(share__range=(1, 100)),
                violation_error_message="From 1 to 100 of a hundred.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}: {self.is_allowed}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}
