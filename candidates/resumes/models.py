"""What was read from résumés, and what of it a person confirmed."""

import uuid
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from ats.duework.models import Attempts
from ats.kernel.models import Stamped, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.documents.models import Document
from candidates.people.models import Candidate
from candidates.resumes.domain.facts import Facts
from candidates.resumes.domain.reader import VERSION


def draft_path(draft: "ResumeDraft", filename: str) -> str:
    """A path that says nothing about the person."""
    return f"stash/{uuid.uuid4().hex}"


class Origin(models.TextChoices):
    FILE = "file", gettext_lazy("Résumé")
    JSON_RESUME = "json_resume", gettext_lazy("JSON Resume")
    EUROPASS = "europass", gettext_lazy("Europass")


class ReadState(models.TextChoices):
    WAITING = "waiting", gettext_lazy("Waiting")
    READ = "read", gettext_lazy("Read")
    EMPTY = "empty", gettext_lazy("No words in it")
    FAILED = "failed", gettext_lazy("Could not be read")


class ReadingQuerySet(models.QuerySet["ResumeReading"]):
    def to_read(self, now: datetime) -> Self:
        """Those that nobody has read yet, or only an older reader."""
        return self.filter(Attempts.may_try(now), form__lt=VERSION)


class ResumeReading(Attempts, Stamped):
    """What was read from one résumé: a document, or the text of a JSON Resume or Europass file (`source`).

    `form` is the reader's `VERSION` at that time, 0: not read yet. `facts` as `Facts.as_json`; `decided` says by the
    key of a fact (`domain/standing.py`) whether somebody took it over or refused it, and outlives reading anew.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="resume_readings")
    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, null=True, blank=True, related_name="resume_reading"
    )
    origin = models.CharField(max_length=11, choices=Origin, default=Origin.FILE)
    source = models.TextField(blank=True)
    form = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=7, choices=ReadState, default=ReadState.WAITING)
    problem = models.CharField(max_length=300, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    is_recognised = models.BooleanField(
        default=False, help_text="Words of it were recognised on pictures of pages: nothing of it is sure."
    )
    facts = models.JSONField(default=dict, blank=True)
    decided = models.JSONField(default=dict, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("resumereading_origin_known", "origin", Origin),
            one_of("resumereading_state_known", "state", ReadState),
            models.CheckConstraint(
                name="resumereading_of_something",
                condition=Q(origin="file", document__isnull=False) | ~Q(origin="file") & Q(document=None),
                violation_error_message="What was read is of a document, or of a file of facts.",
            ),
            models.CheckConstraint(
                name="resumereading_says_why",
                condition=~Q(state="failed") | ~Q(problem=""),
                violation_error_message="A résumé that could not be read says why.",
            ),
        ]
        indexes = [
            # Few wait, or are of an older form, and the tick asks for them.
            models.Index(fields=["form", "-id"], name="resumereading_by_form"),
        ]

    def __str__(self) -> str:
        return f"{self.get_origin_display()} of {self.candidate_id}"

    def about(self) -> dict[str, int]:
        return self.document.about() if self.document else {"candidate_id": self.candidate_id}

    @property
    def read(self) -> Facts:
        return Facts.from_json(self.facts)


class KnownKind(models.TextChoices):
    SKILL = "skill", gettext_lazy("Skill")
    LANGUAGE = "language", gettext_lazy("Language")
    POSITION = "position", gettext_lazy("Position")
    EDUCATION = "education", gettext_lazy("Education")


class KnownFact(Stamped):
    """A skill, a language, a position or a time of learning that a colleague confirmed.

    `value` is the skill, the language's code, the job or the degree; `more` a language's level; days are as precise
    as they were written. `key`: by what two are the same.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="known_facts")
    kind = models.CharField(max_length=9, choices=KnownKind)
    value = models.CharField(max_length=300, blank=True)
    more = models.CharField(max_length=300, blank=True)
    where = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=300, blank=True)
    start = models.CharField(max_length=10, blank=True)
    end = models.CharField(max_length=10, blank=True)
    current = models.BooleanField(default=False)
    key = models.CharField(max_length=40)
    confirmed_by = models.ForeignKey(
        "ats.User", on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            one_of("knownfact_kind_known", "kind", KnownKind),
            models.UniqueConstraint(
                fields=["candidate", "kind", "key"],
                name="knownfact_once",
                violation_error_message="This is known already.",
            ),
        ]

    def __str__(self) -> str:
        return self.value or self.where

    def about(self) -> dict[str, int]:
        return {"candidate_id": self.candidate_id}


class ResumeDraft(Stamped):
    """A résumé that was dropped before its person is added: read, and gone after some hours in any case."""

    by = models.ForeignKey("ats.User", on_delete=models.CASCADE, related_name="+")
    file = models.FileField(upload_to=draft_path, max_length=200)
    filename = models.CharField(max_length=255)
    kind = models.CharField(max_length=4, help_text="As its name ends: pdf, docx, odt, rtf, txt, json, xml.")
    size = models.PositiveIntegerField()
    state = models.CharField(max_length=7, choices=ReadState, default=ReadState.WAITING)
    problem = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = [one_of("resumedraft_state_known", "state", ReadState)]

    def __str__(self) -> str:
        return self.filename

    @property
    def is_facts_alone(self) -> bool:
        """It holds facts for programs, and nothing that people look at."""
        return self.kind in {"json", "xml"}

    @property
    def origin(self) -> Origin:
        return {"json": Origin.JSON_RESUME, "xml": Origin.EUROPASS}.get(self.kind, Origin.FILE)

    @property
    def read(self) -> Facts:
        return Facts.from_json(self.facts)

    def about(self) -> dict[str, Any]:
        return {}
