"""Files of candidates, and what was read from them."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, one_of
from ats.kernel.staff_words import gettext_lazy
from candidates.documents.domain import findings, pictures
from candidates.people.models import Candidate


def document_path(document: "Document", filename: str) -> str:
    """A path that says nothing about the person; the name they gave is only ever shown, never used."""
    key = uuid.uuid4().hex
    return f"documents/{key[:2]}/{key}"


def page_path(page: "DocumentPage", filename: str) -> str:
    key = uuid.uuid4().hex
    return f"pages/{key[:2]}/{key}"


class DocumentKind(models.TextChoices):
    RESUME = "resume", gettext_lazy("Résumé")
    COVER_LETTER = "cover_letter", gettext_lazy("Cover letter")
    ANSWER = "answer", gettext_lazy("Answer")
    OTHER = "other", gettext_lazy("Other")


class ReadingState(models.TextChoices):
    """Whether the words of a file could be read."""

    WAITING = "waiting", gettext_lazy("Waiting")
    READ = "read", gettext_lazy("Read")
    EMPTY = "empty", gettext_lazy("No text in it")
    FAILED = "failed", gettext_lazy("Could not be read")


class Scan(models.TextChoices):
    """What ClamAV says of a file, where one is set (CLAMD_URL)."""

    NONE = "", gettext_lazy("Nobody looks")
    WAITING = "waiting", gettext_lazy("Waiting")
    CLEAN = "clean", gettext_lazy("Nothing found")
    INFECTED = "infected", gettext_lazy("Harmful software")
    TOO_LARGE = "too_large", gettext_lazy("Not looked at")


class DocumentQuerySet(GuardedQuerySet["Document"]):
    """Who sees which of them is said in `access/document.py`."""


class Document(Stamped):
    """A file that a candidate gave, kept exactly as it came."""

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="documents")
    application = models.ForeignKey(
        "candidates.Application", on_delete=models.SET_NULL, null=True, blank=True, related_name="documents"
    )
    kind = models.CharField(max_length=12, choices=DocumentKind)
    file = models.FileField(upload_to=document_path, max_length=200)
    filename = models.CharField(max_length=255)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    reading = models.CharField(max_length=10, choices=ReadingState, default=ReadingState.WAITING)
    reading_problem = models.CharField(max_length=300, blank=True, help_text="Why it could not be read.")
    text = models.TextField(blank=True)
    unread = models.TextField(
        blank=True, db_default="", help_text="What of it was not read, in words: a sentence a line."
    )
    holds = ArrayField(
        models.CharField(max_length=10),
        null=True,
        blank=True,
        help_text="What it would do beside being read (domain/findings.py); nothing: nobody has looked.",
    )
    unseen = models.TextField(
        blank=True,
        db_default="",
        help_text="Words in it that nobody sees who looks at it: white, tiny, hidden.",
    )
    picture_pages = models.JSONField(
        default=list,
        db_default=models.Value([], models.JSONField()),
        blank=True,
        help_text="Pages of which there is only a picture (domain/pictures.py), and which of them are recognised.",
    )
    links = ArrayField(
        models.CharField(max_length=500),
        default=list,
        db_default=[],
        blank=True,
        help_text="Addresses to which something in it leads.",
    )
    europass = models.TextField(
        blank=True, db_default="", help_text="The Europass for programs that lies in it, as XML."
    )
    scan = models.CharField(max_length=10, choices=Scan, blank=True, default=Scan.NONE, db_default=Scan.NONE)
    scan_found = models.CharField(max_length=100, blank=True, db_default="")
    uploaded_by = models.ForeignKey(
        "ats.User",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: the candidate.",
    )

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("document_kind_known", "kind", DocumentKind),
            one_of("document_reading_known", "reading", ReadingState),
            one_of("document_scan_known", "scan", Scan),
            models.CheckConstraint(
                name="document_says_why",
                condition=~Q(reading="failed") | ~Q(reading_problem=""),
                violation_error_message="A document that could not be read says why.",
            ),
        ]
        indexes = [
            models.Index(fields=["candidate", "-created_at"], name="document_newest"),
            models.Index(fields=["id"], name="document_not_looked", condition=Q(holds__isnull=True)),
            models.Index(fields=["sha256"], name="document_same_file"),
        ]

    def __str__(self) -> str:
        return self.filename

    @property
    def care(self) -> list[str]:
        """What to know before the original is opened; while there is something, opening it asks for a yes."""
        return findings.sentences(self.holds) + findings.of_scan(self.scan)

    @property
    def care_beside(self) -> list[str]:
        """`care` where `left_out` is said as well."""
        return findings.beside(self.care, self.unread.splitlines())

    @property
    def left_out(self) -> list[str]:
        """What of it was not read, or not surely, in words for both sides."""
        only_pictures = self.reading == ReadingState.EMPTY
        return self.unread.splitlines() + ([] if only_pictures else pictures.sentences(self.picture_pages))

    @property
    def is_being_recognised(self) -> bool:
        return bool(pictures.waiting(self.picture_pages))

    @property
    def parts(self) -> list[pictures.Part]:
        """Its words, those apart that were recognised from pictures."""
        return pictures.parts(self.text, self.picture_pages)

    @property
    def page_pictures(self) -> "list[DocumentPage]":
        """Pictures of its pages, in order; as `read_pages` says where these were read along with it."""
        if "read_pages" not in self.__dict__:
            return sorted(self.pages.all(), key=lambda page: page.number)
        return [
            DocumentPage(document=self, number=number, width=width, height=height)
            for number, width, height in self.__dict__["read_pages"] or ()
        ]

    @property
    def is_infected(self) -> bool:
        return self.scan == Scan.INFECTED

    @property
    def kept_back(self) -> str:
        """Why nobody may download the original; empty: it may be."""
        if self.is_infected:
            return findings.INFECTED.format(found=self.scan_found)
        return str(findings.REFUSED) if self.care and settings.RISKY_FILES == "refuse" else ""

    def about(self) -> dict[str, int]:
        places = {"candidate_id": self.candidate_id}
        if self.application_id:
            places["application_id"] = self.application_id
        return places


class DocumentPage(models.Model):
    """A picture of one page: what staff look at, so that a file's own scripts never run."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="pages")
    number = models.PositiveSmallIntegerField()
    image = models.FileField(upload_to=page_path, max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"],
                name="document_page_once",
                violation_error_message="The document has a page with this number already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.document}, page {self.number}"
