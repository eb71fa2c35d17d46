"""Surveys of candidates: what somebody answered, who has answered apart from it, and the figures that are shown."""

import uuid
from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ats.accounts.models import User
from ats.kernel import staff_words
from ats.kernel.models import Stamped, one_of
from ats.organisation.models import HiringOrganisation
from candidates.applications.models import Application


class Occasion(models.TextChoices):
    """What a survey follows."""

    APPLIED = "applied", staff_words.gettext_lazy("After applying")
    INTERVIEWED = "interviewed", staff_words.gettext_lazy("After an interview")
    EXIT = "exit", staff_words.gettext_lazy("At the end")


class Change(models.TextChoices):
    """What became of somebody's respect."""

    GROWN = "grown", gettext_lazy("Grown")
    SAME = "same", gettext_lazy("The same")
    SHRUNK = "shrunk", gettext_lazy("Shrunk")


class Would(models.TextChoices):
    YES = "yes", gettext_lazy("Yes")
    UNSURE = "unsure", gettext_lazy("Not sure")
    NO = "no", gettext_lazy("No")


class Is(models.TextChoices):
    YES = "yes", gettext_lazy("Yes")
    NO = "no", gettext_lazy("No")


class Tag(models.TextChoices):
    """What somebody speaks of, as a colleague who read it says."""

    PACE = "pace", staff_words.gettext_lazy("Pace")
    FEEDBACK = "feedback", staff_words.gettext_lazy("Feedback")
    INTERVIEW = "interview", staff_words.gettext_lazy("The interview")
    PEOPLE = "people", staff_words.gettext_lazy("People")
    ROLE = "role", staff_words.gettext_lazy("The role")
    PAY = "pay", staff_words.gettext_lazy("Pay")
    FORM = "form", staff_words.gettext_lazy("The form")


OF_RESPECT = ("product", "organisation", "culture")
WOULD = ("again", "refer", "buy")
BEST, PROMOTES, DETRACTS = 10, 9, 6
"""Promoters say 9 or 10, detractors 6 or less."""
LONGEST_WORDS = 2_000

MOST_ONE_IN = 100


def _choice(choices: type[models.TextChoices]) -> models.CharField:
    return models.CharField(max_length=10, choices=choices, blank=True, default="")


class SurveyRules(Stamped):
    """How an organisation asks, and what it says a customer is worth. Without a row: as it ships."""

    organisation = models.OneToOneField(
        HiringOrganisation, on_delete=models.CASCADE, related_name="survey_rules"
    )
    is_on = models.BooleanField(default=True)
    apply_one_in = models.PositiveSmallIntegerField(
        default=5, help_text="One in so many is asked after applying; 0: nobody."
    )
    after_interviews = models.BooleanField(default=True)
    customers_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    value_a_year = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, default="")

    class Meta:
        verbose_name_plural = "survey rules"
        constraints = [
            models.CheckConstraint(
                name="surveyrules_one_in",
                condition=Q(apply_one_in__lte=MOST_ONE_IN),
                violation_error_message=f"From 0 to {MOST_ONE_IN}.",
            ),
            models.CheckConstraint(
                name="surveyrules_customers_percent",
                condition=Q(customers_percent=None) | Q(customers_percent__range=(0, 100)),
                violation_error_message="From 0 to 100 percent.",
            ),
            models.CheckConstraint(
                name="surveyrules_worth_whole",
                condition=Q(customers_percent=None, value_a_year=None, currency="")
                | (Q(customers_percent__isnull=False, value_a_year__gte=0) & ~Q(currency="")),
                violation_error_message="Give all three figures, or none.",
            ),
        ]

    def __str__(self) -> str:
        return f"Surveys of {self.organisation}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}


class SurveyUse(models.Model):
    """That somebody has answered; not when, and not what. It goes when its link has long ended."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="survey_uses")
    occasion = models.CharField(max_length=12, choices=Occasion)
    ends_on = models.DateField(help_text="From then on no link of theirs opens it.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "occasion"],
                name="surveyuse_once",
                violation_error_message="This has been answered already.",
            ),
            one_of("surveyuse_occasion_known", "occasion", Occasion),
        ]

    def __str__(self) -> str:
        return f"Answered: {self.get_occasion_display()}"

    def about(self) -> dict[str, int]:
        return self.application.about()


class SurveyResponseQuerySet(models.QuerySet["SurveyResponse"]):
    def waiting(self) -> Self:
        """Not counted yet."""
        return self.filter(published_on=None)

    def words(self) -> Self:
        """What was written, counted, and of no confidential role by name: to read on the report's page."""
        open_or_nameless = Q(application=None) | Q(application__requisition__confidential=False)
        return self.filter(open_or_nameless, published_on__isnull=False).exclude(words="")

    def readable(self, user: User) -> Self:
        """Counted ones that nobody can be told from, and named ones of applications that this person sees."""
        theirs = Application.objects.visible_to(user).values("pk")
        return self.filter(Q(application=None, published_on__isnull=False) | Q(application__in=theirs))


class SurveyResponse(models.Model):
    """One answer. A named one says of whose application; an anonymous one cannot be joined back.

    Its key is random and its stamp a week. Until it is counted it holds a few facts, each shared by enough others
    who were asked (`domain/coarse.py`); counting takes them away and writes the row anew, in no order
    (`actions/publish.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, related_name="survey_responses"
    )
    application = models.ForeignKey(
        Application,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="survey_responses",
        help_text="Of a named answer alone.",
    )
    occasion = models.CharField(
        max_length=12, choices=Occasion, blank=True, default="", help_text="Of a named answer alone."
    )
    week = models.DateField(help_text="The Monday of the week.")
    published_on = models.DateField(null=True, blank=True, help_text="The Monday on which it was counted.")
    facts = models.JSONField(default=dict, blank=True)
    score = models.PositiveSmallIntegerField(help_text="From 0 to 10.")
    product = _choice(Change)
    organisation_respect = _choice(Change)
    culture = _choice(Change)
    again = _choice(Would)
    refer = _choice(Would)
    buy = _choice(Would)
    customer = _choice(Is)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True, default="")
    tags = ArrayField(models.CharField(max_length=12, choices=Tag), default=list, blank=True)

    objects = SurveyResponseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="surveyresponse_score",
                condition=Q(score__lte=10),
                violation_error_message="From 0 to 10.",
            ),
            models.CheckConstraint(
                name="surveyresponse_named_or_not",
                condition=Q(application=None, occasion="")
                | (Q(application__isnull=False) & Q(occasion__in=Occasion.values)),
                violation_error_message="An anonymous answer says of no application and of no moment.",
            ),
            models.CheckConstraint(
                name="surveyresponse_counted_is_bare",
                condition=Q(published_on=None) | Q(application__isnull=False) | Q(facts={}),
                violation_error_message="An anonymous answer that is counted holds no facts.",
            ),
            models.CheckConstraint(
                name="surveyresponse_by_week",
                condition=Q(week__iso_week_day=1) & (Q(published_on=None) | Q(published_on__iso_week_day=1)),
                violation_error_message="An answer knows its week alone.",
            ),
            models.CheckConstraint(
                name="surveyresponse_tags_known",
                condition=Q(tags__contained_by=Tag.values),
                violation_error_message="This is none of the tags.",
            ),
            models.UniqueConstraint(
                fields=["application", "occasion"],
                condition=Q(application__isnull=False),
                name="surveyresponse_once",
                violation_error_message="This has been answered already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["organisation", "week"],
                name="surveyresponse_to_count",
                condition=Q(published_on=None),
            ),
            models.Index(
                fields=["organisation", "-published_on"],
                name="surveyresponse_words",
                condition=Q(published_on__isnull=False) & ~Q(words=""),
            ),
        ]

    def __str__(self) -> str:
        return f"Answer of {self.week:%Y-%m-%d}"

    def about(self) -> dict[str, int]:
        return self.application.about() if self.application else {"organisation_id": self.organisation_id}

    @property
    def tag_names(self) -> str:
        return ", ".join(str(Tag(each).label) for each in self.tags)

    @property
    def is_unhappy(self) -> bool:
        """Whether a person should get in touch."""
        respect = (self.product, self.organisation_respect, self.culture)
        return self.score <= 6 or Change.SHRUNK in respect


class SurveyFigure(models.Model):
    """Counts of one group of answers that were counted together; no group of few is ever written.

    All groups of a split together are the whole of that day's answers; what is too small to stand by itself stands
    among the rest (value empty). What can be worked out of several is not small either (`domain/disclosing.py`).
    """

    organisation = models.ForeignKey(
        HiringOrganisation, on_delete=models.CASCADE, related_name="survey_figures"
    )
    published_on = models.DateField()
    split = models.CharField(max_length=12)
    value = models.CharField(max_length=40, blank=True)
    counts = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "split", "published_on", "value"],
                name="surveyfigure_once",
                violation_error_message="These answers are counted already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.split} {self.value} on {self.published_on:%Y-%m-%d}"

    def about(self) -> dict[str, int]:
        return {"organisation_id": self.organisation_id}
