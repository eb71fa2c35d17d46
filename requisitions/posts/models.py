"""Job posts: the public advertisement of a requisition, and what it asks of applicants."""

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Value
from django.utils.translation import get_language

from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.staff_words import gettext_lazy
from ats.web.texts import Said, said
from requisitions.roles.models import Requisition

if TYPE_CHECKING:
    from ats.accounts.models import User


class PostState(models.TextChoices):
    DRAFT = "draft", gettext_lazy("Draft")
    PUBLISHED = "published", gettext_lazy("Published")
    CLOSED = "closed", gettext_lazy("Closed")


class Vacancy(models.TextChoices):
    """Whether somebody is wanted now. What a post says of it is in `domain/statements.py`."""

    EXISTS = "exists", gettext_lazy("There is a vacancy to fill")
    LATER = "later", gettext_lazy("There is none yet: applications are gathered for later")


class JobPostQuerySet(models.QuerySet["JobPost"]):
    def visible_to(self, user: "User") -> Self:
        return self.filter(requisition__in=Requisition.objects.visible_to(user))

    def live(self) -> Self:
        """Posts that anybody may read and apply to now."""
        return self.filter(state=PostState.PUBLISHED, requisition__state="open")


class JobPost(Stamped):
    """A requisition's advertisement on the careers site and in feeds."""

    requisition = models.ForeignKey(Requisition, on_delete=models.CASCADE, related_name="posts")
    slug = models.SlugField(max_length=120, unique=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True, help_text="Rich text, sanitised when it is saved.")
    state = models.CharField(max_length=10, choices=PostState, default=PostState.DRAFT)
    language = models.CharField(max_length=10, default="en")
    texts = models.JSONField(
        default=dict,
        db_default=Value({}, output_field=models.JSONField()),
        blank=True,
        help_text="Title and text in further languages, by language and name (ats/web/texts.py).",
    )
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    valid_through = models.DateField(null=True, blank=True)
    vacancy = models.CharField(
        max_length=10, choices=Vacancy, blank=True, default="", db_default="", help_text="Empty: not said."
    )
    fill_by = models.DateField(null=True, blank=True, help_text="By when the job is to be filled.")

    objects = JobPostQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("post_state_known", "state", PostState),
            models.CheckConstraint(
                name="post_vacancy_known",
                condition=Q(vacancy__in=["", *Vacancy.values]),
                violation_error_message="A post is for a vacancy that exists, for a later one, or does not say.",
            ),
            goes_with(
                "post_closed_at",
                state=Q(state="closed"),
                field="closed_at",
                message="A post that is closed says since when, and no other does.",
            ),
            models.CheckConstraint(
                name="post_published_at",
                condition=~Q(state="published") | Q(published_at__isnull=False),
                violation_error_message="A post that is published says since when.",
            ),
        ]
        indexes = [
            models.Index(fields=["-published_at"], name="post_live", condition=Q(state=PostState.PUBLISHED))
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title_in_words(self) -> Said:
        """The title in the language of now, where somebody wrote it in that."""
        return said(self.texts, "title", first=Said(self.title, self.language), language=get_language())

    @property
    def said_title(self) -> str:
        return self.title_in_words.text

    @property
    def languages(self) -> list[str]:
        """Those in which its text is written, in the order of the languages that we know."""
        own = {self.language, *(code for code, texts in self.texts.items() if texts.get("body"))}
        return [code for code, _ in settings.LANGUAGES if code in own]

    @property
    def said_body(self) -> Said:
        """Rich text, cleaned; in the language of now, where somebody wrote it in that."""
        return said(self.texts, "body", first=Said(self.body, self.language), language=get_language())

    def about(self) -> dict[str, int]:
        return self.requisition.about()


class QuestionKind(models.TextChoices):
    SHORT = "short", gettext_lazy("Short text")
    LONG = "long", gettext_lazy("Long text")
    CHOICE = "choice", gettext_lazy("Single choice")
    SEVERAL = "several", gettext_lazy("Several choices")
    YES_NO = "yes_no", gettext_lazy("Yes or no")
    FILE = "file", gettext_lazy("File")


class Question(models.Model):
    """What a job post asks applicants, besides name, address and résumé."""

    post = models.ForeignKey(JobPost, on_delete=models.CASCADE, related_name="questions")
    kind = models.CharField(max_length=10, choices=QuestionKind, default=QuestionKind.SHORT)
    label = models.CharField(max_length=300)
    help_text = models.CharField(max_length=300, blank=True)
    required = models.BooleanField(default=False)
    options = models.JSONField(default=list, blank=True, help_text="Choices, for the kinds that have them.")
    position = models.PositiveSmallIntegerField(default=0)
    removed_at = models.DateTimeField(
        null=True, blank=True, help_text="No longer asked; the answers that were given stay."
    )

    class Meta:
        constraints = [
            one_of("question_kind_known", "kind", QuestionKind),
            models.CheckConstraint(
                name="question_choices_given",
                condition=~Q(kind__in=["choice", "several"]) | ~Q(options=[]),
                violation_error_message="A question with choices needs some to choose from.",
            ),
        ]

    def __str__(self) -> str:
        return self.label
