"""What candidates agreed to get beside what is owed to them: for which purpose, when, where, in which words."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from ats.kernel import staff_words
from ats.kernel.models import Stamped, goes_with, one_of
from candidates.people.models import Candidate


class Purpose(models.TextChoices):
    """What relationship mail is for. Nothing of it goes out without a consent to this very purpose."""

    ROLES = "roles", gettext_lazy("Other roles")
    COMMUNITY = "community", gettext_lazy("The work and the people here")
    NEWS = "news", gettext_lazy("Our products and services")


class Where(models.TextChoices):
    """Where somebody said so."""

    FORM = "form", staff_words.gettext_lazy("on the application form")
    PAGE = "page", staff_words.gettext_lazy("on their own page")
    MAIL = "mail", staff_words.gettext_lazy("by the link in a message")
    COMPLAINT = "complaint", staff_words.gettext_lazy("by calling a message unwanted")
    COLLEAGUE = "colleague", staff_words.gettext_lazy("to a colleague")
    RENEWED = "renewed", staff_words.gettext_lazy("by agreeing anew")
    BEFORE = "before", staff_words.gettext_lazy("before words were kept")
    MERGED = "merged", staff_words.gettext_lazy("by a no on another record of theirs")


class ConsentQuerySet(models.QuerySet["Consent"]):
    def standing(self) -> Self:
        """Those that nobody has taken back; they may have run out."""
        return self.filter(withdrawn_at=None)

    def valid(self, now: datetime) -> Self:
        return self.standing().filter(until__gt=now)


class Consent(Stamped):
    """One yes, and what became of it. It is never written over: a later yes is a row of its own.

    That for other roles also stands with the person (`pool_consent_at`, `pool_consent_until`), where lists and the
    ends of confidentiality ask for it; `actions` keep the two alike.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=12, choices=Purpose)
    given_at = models.DateTimeField()
    until = models.DateTimeField()
    where = models.CharField(max_length=10, choices=Where)
    words = models.CharField(max_length=300, blank=True, help_text="What they read when they agreed.")
    language = models.CharField(max_length=10, help_text="In which they read it.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_where = models.CharField(max_length=10, choices=Where, blank=True, default="")

    objects = ConsentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("consent_purpose_known", "purpose", Purpose),
            one_of("consent_where_known", "where", Where),
            models.UniqueConstraint(
                fields=["candidate", "purpose"],
                condition=Q(withdrawn_at=None),
                name="consent_one_standing",
                violation_error_message="They have agreed to this already.",
            ),
            goes_with(
                "consent_withdrawn_says_where",
                state=~Q(withdrawn_where=""),
                field="withdrawn_at",
                message="What was taken back says when and where.",
            ),
            models.CheckConstraint(
                name="consent_ends_later",
                condition=Q(until__gt=models.F("given_at")),
                violation_error_message="A consent ends after it was given.",
            ),
        ]
        indexes = [models.Index(fields=["candidate", "-given_at"], name="consent_of_candidate")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, since {self.given_at:%Y-%m-%d}"

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}
