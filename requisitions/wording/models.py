"""What must not be said or asked: rules that an organisation can add to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.common.models import Stamped, one_of


class Use(models.TextChoices):
    """Where words are used; a rule names the uses that it is about."""

    QUESTION = "question", "Interview questions and kits"
    ADVERT = "advert", "Adverts"
    MESSAGE = "message", "Messages to candidates"
    FEEDBACK = "feedback", "Scorecards and feedback"
    CRITERION = "criterion", "Must-haves"


class Severity(models.TextChoices):
    UNLAWFUL = "unlawful", "Unlawful"
    BIASED = "biased", "Biased"


class WordingRule(Stamped):
    """One topic that does not belong, with the reason and a lawful alternative.

    `phrases` are words to look for, not patterns of a program: case and accents do not matter, `*` at the
    end of a word stands for any ending, `...` between words for up to four words.
    """

    code = models.SlugField(max_length=60, unique=True)
    topic = models.CharField(max_length=80, help_text="Such as Age or Family.")
    jurisdictions = ArrayField(
        models.CharField(max_length=10),
        default=list,
        blank=True,
        help_text="ISO 3166 codes such as DE or US-CA, or EU; empty: everywhere.",
    )
    severity = models.CharField(max_length=10, choices=Severity, default=Severity.BIASED)
    uses = ArrayField(models.CharField(max_length=10, choices=Use))
    phrases = ArrayField(models.CharField(max_length=120))
    except_phrases = ArrayField(
        models.CharField(max_length=120),
        default=list,
        blank=True,
        help_text="Lawful words; what they overlap is not found.",
    )
    reason = models.TextField()
    alternative = models.TextField(help_text="What to ask or write instead.")
    source = models.CharField(max_length=200, blank=True, help_text="The law or guidance it rests on.")
    is_shipped = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            one_of("wording_severity_known", "severity", Severity),
            models.CheckConstraint(
                name="wording_rule_is_about_something",
                condition=Q(uses__len__gt=0)
                & Q(phrases__len__gt=0)
                & Q(uses__contained_by=Use.values)
                & ~Q(reason="")
                & ~Q(alternative=""),
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def about(self) -> dict[str, int]:
        return {}
