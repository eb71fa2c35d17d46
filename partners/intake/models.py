"""The brief of a role: what recruiter and hiring manager say of it together, and the versions both have settled.

What a requisition and its criteria hold (why, outcomes at 90 days, must-haves, pay …) stays there, in one place;
here is what the intake asks beside it. `domain/fields.py` names every field of a brief, wherever it is kept.
"""

from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.db import models
from django.db.models import Q

from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.models import Application
from partners.partnerships.models import Partnership, PartnerSide
from requisitions.models import Criterion, Question

if TYPE_CHECKING:
    from ats.accounts.models import User


class TalentBar(models.TextChoices):
    """The level of talent that the business asks for."""

    A = "A", gettext_lazy("A: among the best in the field")
    B = "B", gettext_lazy("B: clearly above what is usual")
    C = "C", gettext_lazy("C: does the work well")


class TurnDown(models.TextChoices):
    """Whether a great person without a must-have would be turned down; if not, it is nice to have."""

    YES = "yes", gettext_lazy("Yes, we would")
    NO = "no", gettext_lazy("No, we would not")


class Way(models.TextChoices):
    """How a must-have is assessed beside the interviews of the plan."""

    QUESTION = "question", gettext_lazy("A question of the application form")
    RESUME = "resume", gettext_lazy("The résumé")
    WORK_SAMPLE = "work_sample", gettext_lazy("A work sample")
    REFERENCES = "references", gettext_lazy("References")


class Verdict(models.TextChoices):
    """What one side would do with a profile, if it came in today."""

    YES = "yes", gettext_lazy("I would meet them")
    UNSURE = "unsure", gettext_lazy("I am not sure")
    NO = "no", gettext_lazy("I would not meet them")


def _person() -> Any:
    return models.ForeignKey("ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+")


class OfPartnershipQuerySet(models.QuerySet[Any]):
    """Rows of a partnership: who sees that sees them."""

    def visible_to(self, user: "User") -> Self:
        return self.filter(partnership__in=Partnership.objects.visible_to(user))


class Brief(Stamped):
    """The brief of a partnership as it is being written: what no other table holds, and who has said yes to it.

    `revision` rises with every change of anything that the brief shows, here or on the role, its criteria and its
    interview plan: an open page asks for this number alone. A side's yes is a yes to the words whose digest is
    `agreed_words`; once the words are others, nobody has said yes to them.
    """

    partnership = models.OneToOneField(Partnership, on_delete=models.CASCADE, related_name="brief")
    revision = models.PositiveIntegerField(default=0)
    outcomes_12_months = models.TextField(
        blank=True, help_text="What this person will have done after a year; one a line."
    )
    talent_bar = models.CharField(max_length=1, choices=TalentBar, blank=True)
    pay_percentile = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="Where the middle of the pay range stands in the market: 50 is the median.",
    )
    pay_source = models.CharField(max_length=200, blank=True, help_text="Who says so.")
    pay_as_of = models.DateField(null=True, blank=True, help_text="Of when that figure is.")
    deal_breakers = models.TextField(blank=True, help_text="What ends it, however good somebody is.")
    sourcing = models.TextField(blank=True, help_text="Where these people are, and how they are reached.")
    decides = models.TextField(blank=True, help_text="Who decides after the interviews, and who is heard.")
    agreed_words = models.CharField(max_length=64, blank=True)
    recruiter_yes_at = models.DateTimeField(null=True, blank=True)
    recruiter_yes_by = _person()
    manager_yes_at = models.DateTimeField(null=True, blank=True)
    manager_yes_by = _person()

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="brief_bar_known",
                condition=Q(talent_bar__in=["", *TalentBar.values]),
                violation_error_message="The talent bar is A, B or C.",
            ),
            models.CheckConstraint(
                name="brief_percentile",
                condition=Q(pay_percentile__isnull=True) | Q(pay_percentile__range=(1, 99)),
                violation_error_message="A percentile is from 1 to 99.",
            ),
            goes_with(
                "brief_recruiter_yes",
                state=Q(recruiter_yes_at__isnull=False),
                field="recruiter_yes_by",
                message="The recruiter's yes names who said it.",
            ),
            goes_with(
                "brief_manager_yes",
                state=Q(manager_yes_at__isnull=False),
                field="manager_yes_by",
                message="The hiring manager's yes names who said it.",
            ),
        ]

    def __str__(self) -> str:
        return f"Brief of {self.partnership}"

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class BriefField(models.Model):
    """Who wrote in a field of a brief last, and who all since the last settled version (`writers`: their numbers).

    `came_from` is the earlier role from which its words were taken, until somebody writes others.
    """

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="fields")
    code = models.CharField(max_length=30)
    changed_at = models.DateTimeField()
    changed_by = _person()
    writers = models.JSONField(default=list, blank=True)
    came_from = models.ForeignKey(
        Partnership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["brief", "code"],
                name="brief_field_once",
                violation_error_message="This field of the brief is noted already.",
            )
        ]

    def __str__(self) -> str:
        return self.code


class OtherWords(Stamped):
    """What somebody wrote in a field over words they had not read: kept beside those until one of the two chooses.

    `words` is a value of the field, as in a version's content; with a `criterion` it is that must-have's alone.
    """

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="others")
    code = models.CharField(max_length=30)
    criterion = models.ForeignKey(
        Criterion, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    words = models.JSONField()
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = _person()

    class Meta:
        verbose_name_plural = "other words"
        constraints = [
            goes_with(
                "other_words_settled",
                state=Q(settled_at__isnull=False),
                field="settled_by",
                message="Who chose between two texts is named.",
            )
        ]
        indexes = [
            models.Index(fields=["brief"], name="other_words_open", condition=Q(settled_at__isnull=True))
        ]

    def __str__(self) -> str:
        return f"{self.code} by {self.by}"

    def about(self) -> dict[str, int]:
        return self.brief.about()


class MustHave(models.Model):
    """What the intake asks of a must-have beside its name and its why: is it one, and how is it assessed.

    Interviews of the plan that assess it stand on the plan (`PlannedInterview.criteria`).
    """

    criterion = models.OneToOneField(Criterion, on_delete=models.CASCADE, related_name="in_brief")
    turn_down = models.CharField(max_length=3, choices=TurnDown, blank=True)
    way = models.CharField(max_length=12, choices=Way, blank=True)
    question = models.ForeignKey(Question, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    how = models.CharField(max_length=300, blank=True, help_text="How exactly, in a sentence.")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="must_have_turn_down_known",
                condition=Q(turn_down__in=["", *TurnDown.values]),
                violation_error_message="A great person without it is turned down, or is not.",
            ),
            models.CheckConstraint(
                name="must_have_way_known",
                condition=Q(way__in=["", *Way.values]),
                violation_error_message="This is none of the ways to assess a must-have.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.criterion)


class BriefVersion(Stamped):
    """The brief as both sides settled it, for ever: the database refuses to change one.

    `content` has a value for every field by its code, in the shapes that `domain/content.py` says. `changed` are
    the codes of the fields that are not what they were in the version before; `writers` are, by code, the numbers
    of those who changed them.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="brief_versions")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    changed = models.JSONField(default=list, blank=True)
    writers = models.JSONField(default=dict, blank=True)
    settled_at = models.DateTimeField()
    recruiter_yes_at = models.DateTimeField()
    recruiter_yes_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    manager_yes_at = models.DateTimeField()
    manager_yes_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")

    objects = OfPartnershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "number"],
                name="brief_version_once",
                violation_error_message="The brief has a version with this number already.",
            )
        ]
        triggers = [pgtrigger.Protect(name="settled_stays", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"Version {self.number} of the brief"

    def about(self) -> dict[str, int]:
        return self.partnership.about()


class Profile(Stamped):
    """Somebody to calibrate on: an application that both partners may see, or a sample that one of them wrote."""

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="profiles")
    application = models.ForeignKey(
        Application, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    sample = models.TextField(blank=True, help_text="A made-up person in some lines; nobody's name.")
    added_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="profile_of_one_kind",
                condition=Q(application__isnull=False, sample="")
                | (Q(application__isnull=True) & ~Q(sample="")),
                violation_error_message="A profile is an application, or a sample in words.",
            ),
            models.UniqueConstraint(
                fields=["brief", "application"],
                name="profile_once",
                violation_error_message="You calibrate on this one already.",
            ),
        ]

    def __str__(self) -> str:
        return f"Profile {self.pk}"

    def about(self) -> dict[str, int]:
        return self.brief.about()


class CalibrationVerdict(Stamped):
    """What one side says of a profile, and why; nobody else reads it before both sides have said theirs."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="verdicts")
    side = models.CharField(max_length=10, choices=PartnerSide)
    verdict = models.CharField(max_length=6, choices=Verdict)
    why = models.CharField(max_length=300)
    by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            one_of("calibration_side_known", "side", PartnerSide),
            one_of("calibration_verdict_known", "verdict", Verdict),
            models.UniqueConstraint(
                fields=["profile", "side"],
                name="calibration_once_a_side",
                violation_error_message="Your side has said what it thinks of this profile.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.verdict}"

    def about(self) -> dict[str, int]:
        return self.profile.about()
