"""What must not be said or asked: rules that an organisation can add to."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.kernel import walls
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy


class Use(models.TextChoices):
    """Where words are used; a rule names the uses that it is about."""

    QUESTION = "question", gettext_lazy("Interview questions and kits")
    ADVERT = "advert", gettext_lazy("Adverts")
    MESSAGE = "message", gettext_lazy("Messages to candidates")
    FEEDBACK = "feedback", gettext_lazy("Scorecards and feedback")
    CRITERION = "criterion", gettext_lazy("Must-haves")
    NOTE = "note", gettext_lazy("Notes and instructions")


class Severity(models.TextChoices):
    UNLAWFUL = "unlawful", gettext_lazy("Unlawful")
    BIASED = "biased", gettext_lazy("Biased")


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
                violation_error_message="A rule names what it looks for and where, why, and what to write instead.",
            ),
        ]

    def __str__(self) -> str:
        return self.topic

    def about(self) -> dict[str, int]:
        return {}


class MisreadingState(models.TextChoices):
    ASKED = "asked", gettext_lazy("Asked")
    MISREAD = "misread", gettext_lazy("The rule misread it")
    STANDS = "stands", gettext_lazy("It needs another wording")


class Misreading(Stamped):
    """A text that was refused in one place, and what a lead says: that the rule misread it, or that it stands.

    `digest` is how the text is known again (see `lawful`); `about` what the record of it is about.
    """

    place = models.CharField(max_length=120, help_text="What it is a field of, such as review:12:reason.")
    what = models.CharField(max_length=200, help_text="The place as people call it.")
    digest = models.CharField(max_length=64)
    text = models.TextField()
    words = models.CharField(max_length=500, help_text="What the rule found.")
    topic = models.CharField(max_length=80)
    reason = models.TextField(help_text="Why the rule does not let it pass.")
    subject = models.JSONField(default=dict, help_text="What it is about, by the record's own names.")
    state = models.CharField(max_length=10, choices=MisreadingState, default=MisreadingState.ASKED)
    asked_by = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        "ats.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    why = models.CharField(max_length=300, blank=True, help_text="Why the rule misread it, or did not.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["place", "digest"],
                name="misreading_once",
                violation_error_message="Somebody has said something about this finding already.",
            ),
            one_of("misreading_state_known", "state", MisreadingState),
            goes_with(
                "misreading_answered_at",
                state=~Q(state="asked"),
                field="answered_at",
                message="A finding that was answered says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="misread_says_why",
                condition=~Q(state="misread") | ~Q(why=""),
                violation_error_message="Say why the rule misread this.",
            ),
        ]
        indexes = [models.Index(fields=["asked_at"], name="misreading_asked", condition=Q(state="asked"))]

    def __str__(self) -> str:
        return self.what

    def about(self) -> dict[str, int]:
        return dict(self.subject)


walls.within(
    Misreading,
    "EXISTS (SELECT FROM ats_hiringorganisation p WHERE p.id = (t.subject ->> 'organisation_id')::bigint)",
)
