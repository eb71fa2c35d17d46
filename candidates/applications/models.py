"""Applications: one candidate for one requisition."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q, Value
from django.db.models.functions import MD5, Cast, Length, Now
from django.db.models.lookups import GreaterThanOrEqual

from ats.kernel.access import GuardedQuerySet
from ats.kernel.models import Stamped, goes_with, one_of
from ats.kernel.rows import showing
from ats.kernel.staff_words import gettext_lazy
from ats.kernel.text_search import Words
from ats.mail.claims import claims_field
from ats.mail.models import OutgoingMail
from ats.organisation.models import WorkingCalendar, own_days
from candidates.documents.models import Document
from candidates.people.models import Candidate, Source
from requisitions.models import JobPost, Opening, Question, Requisition, Stage, TeamRole

if TYPE_CHECKING:
    from ats.accounts.models import User


EVERY_ACTIVE_APPLICATION_HAS_A_PROMISE = """
    IF EXISTS (
        SELECT 1 FROM candidates_application a
        WHERE a.id = {application} AND a.state = 'active' AND NOT EXISTS (
            SELECT 1 FROM candidates_promise p WHERE p.application_id = a.id AND p.state = 'open'
        )
    ) THEN
        RAISE EXCEPTION 'application % is active and has no open promise', {application}
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'active_application_has_promise';
    END IF;
    RETURN NULL;
"""
"""At commit: nobody who is in play waits without knowing for what, and until when."""

DECISION_MAILS = ("application.rejected", "application.hired")
"""The roles of mail by which candidates are told how it ended."""


class ApplicationState(models.TextChoices):
    ACTIVE = "active", gettext_lazy("Active")
    HIRED = "hired", gettext_lazy("Hired")
    REJECTED = "rejected", gettext_lazy("Rejected")
    WITHDRAWN = "withdrawn", gettext_lazy("Withdrawn")


class DispositionKind(models.TextChoices):
    CHOSE_OTHERWISE = "chose_otherwise", gettext_lazy("We chose otherwise")
    WITHDREW = "withdrew", gettext_lazy("They withdrew")
    NOT_CONSIDERED = "not_considered", gettext_lazy("Not considered")


class DispositionReason(models.Model):
    """Why an application ended; `candidate_text` is the reason as the candidate reads it.

    `claims` is what it says of the role: it can only be given where that is so.
    """

    code = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, choices=DispositionKind)
    label = models.CharField(max_length=120)
    candidate_text = models.TextField()
    claims = claims_field()
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [one_of("disposition_kind_known", "kind", DispositionKind)]

    def __str__(self) -> str:
        return self.label


NO_OFFER_TO_WHO_IS_OUT = """
    IF EXISTS (
        SELECT 1 FROM candidates_offer o
        WHERE o.application_id = NEW.id AND o.state IN ('draft', 'approval', 'approved', 'sent')
    ) AND EXISTS (
        SELECT 1 FROM candidates_application a WHERE a.id = NEW.id AND a.state <> 'active'
    ) THEN
        RAISE EXCEPTION 'application % ended and an offer to it is live', NEW.id
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'offer_only_for_active';
    END IF;
    RETURN NULL;
"""
"""At commit: who leaves play leaves no offer behind (see `offers/models.py` for the other side)."""

WHOLE_TEAM = (TeamRole.RECRUITER, TeamRole.COORDINATOR, TeamRole.MANAGER)
"""Team roles that see every application of their requisition; interviewers see those they are asked about."""

MOVING = (
    *("state", "version", "stage_entered_at", "last_activity_at"),
    *("candidate__first_name", "candidate__last_name", "candidate__called"),
    *(f"stage__{name}" for name in ("requisition_id", "position", "name", "kind", "candidate_name")),
    *("stage__promise", "stage__promise_days", "stage__promise_side"),
    *(f"requisition__{name}" for name in ("title", "state", "confidential", "recruiter_id")),
    *("requisition__hiring_manager_id", "requisition__organisation__calendar_id"),
    *(f"requisition__location__{name}" for name in ("time_zone", "country", "region")),
    *("requisition__organisation__employees", "candidate__time_zone"),
    *(f"requisition__organisation__calendar__{name}" for name in ("time_zone", "working_days")),
    *(f"requisition__organisation__calendar__{name}" for name in ("day_starts", "day_ends")),
    *(
        f"requisition__organisation__calendar__{name}"
        for name in ("holiday_country", "holiday_region", "customary_days_off", "holiday_categories")
    ),
)


def _is_kept() -> Func:
    """Whether it is kept from anybody (`candidates/internal`): nearly never, and then nobody has to ask from whom."""
    kept = "EXISTS (SELECT FROM candidates_keptfrom WHERE application_id = %(expressions)s AND lifted_at IS NULL)"
    return Func("pk", template=kept, output_field=models.BooleanField())


class ApplicationQuerySet(GuardedQuerySet["Application"]):
    def known_to(self, user: "User") -> Self:
        """Those of whom the user may know everything (see `access/application.py`)."""
        return self.seen("known_to", user)

    def followed_by(self, user: "User") -> Self:
        """Those whose whole story the user reads (see `access/application.py`)."""
        return self.seen("followed_by", user)

    def active(self) -> Self:
        return self.filter(state=ApplicationState.ACTIVE)

    def whole(self) -> Self:
        """With everything that an action on one application needs, in one query."""
        return (
            self.select_related(
                "candidate",
                "stage",
                "requisition__organisation__calendar",
                "requisition__recruiter",
                "requisition__hiring_manager",
                "requisition__location",
            )
            .defer("candidate__search")
            .annotate(is_kept=_is_kept())
        )

    def to_move(self) -> Self:
        """As `whole`, with what a move and its answer need of it, and no long texts."""
        days = own_days("requisition__organisation__calendar")
        return showing(self, *MOVING).annotate(own_days=days, is_kept=_is_kept())

    def untold(self) -> Self:
        """Decided, and nobody has told the candidate, nor is a message about to: each is a debt."""
        on_its_way = OutgoingMail.objects.filter(
            application_id=OuterRef("pk"), role__in=DECISION_MAILS, state__in=["queued", "sending"]
        )
        return self.filter(~Exists(on_its_way), state__in=["rejected", "hired"], told_at__isnull=True)


class Application(Stamped):
    """One candidate for one requisition, in a stage of its pipeline.

    `version` rises with every move and decision: who acts on what they saw says which version that was.
    `submitted` keeps what was typed when applying, also where the person's own record says otherwise.
    `told_at` is when the message about the outcome had been handed to a mail server.
    """

    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="applications")
    requisition = models.ForeignKey(Requisition, on_delete=models.PROTECT, related_name="applications")
    post = models.ForeignKey(
        JobPost, on_delete=models.SET_NULL, null=True, blank=True, related_name="applications"
    )
    stage = models.ForeignKey(Stage, on_delete=models.PROTECT, related_name="applications")
    state = models.CharField(max_length=10, choices=ApplicationState, default=ApplicationState.ACTIVE)
    version = models.PositiveIntegerField(default=1)
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    source_detail = models.JSONField(default=dict, blank=True, help_text="Tracking parameters of the link.")
    submitted = models.JSONField(default=dict, blank=True)
    cover_letter = models.TextField(blank=True)
    matters = models.TextField(
        blank=True,
        db_default="",
        help_text="What this person said matters to them; beside the offer while it is written.",
    )
    applied_at = models.DateTimeField()
    stage_entered_at = models.DateTimeField()
    last_activity_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        "ats.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty where the candidate withdrew.",
    )
    reason = models.ForeignKey(
        DispositionReason, on_delete=models.PROTECT, null=True, blank=True, related_name="applications"
    )
    reason_note = models.TextField(
        blank=True, help_text="More about the reason; never shown to the candidate."
    )
    told_at = models.DateTimeField(null=True, blank=True)
    opening = models.OneToOneField(
        Opening, on_delete=models.PROTECT, null=True, blank=True, related_name="filled_by"
    )
    starts_on = models.DateField(null=True, blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            one_of("application_state_known", "state", ApplicationState),
            goes_with(
                "application_decided_at",
                state=~Q(state="active"),
                field="decided_at",
                message="An application that is decided says since when, and no other does.",
            ),
            goes_with(
                "application_hired_fills_opening",
                state=Q(state="hired"),
                field="opening",
                message="Who is hired fills an opening, and nobody else does.",
            ),
            goes_with(
                "application_ends_with_reason",
                state=Q(state__in=["rejected", "withdrawn"]),
                field="reason",
                message="An application that ends without a hire says why, and no other does.",
            ),
            models.CheckConstraint(
                name="application_decided_by_somebody",
                condition=Q(state="active", decided_by__isnull=True)
                | Q(state="withdrawn")
                | Q(state__in=["hired", "rejected"], decided_by__isnull=False),
                violation_error_message="A decision names who made it.",
            ),
            models.CheckConstraint(
                name="application_told_after_decided",
                condition=Q(told_at__isnull=True) | ~Q(state="active"),
                violation_error_message="A candidate is told once the decision is made.",
            ),
            models.UniqueConstraint(
                fields=["candidate", "requisition"],
                condition=Q(state="active"),
                name="application_one_active",
                violation_error_message="This candidate has an active application for this role already.",
            ),
        ]
        indexes = [
            models.Index(
                fields=["requisition", "stage", "stage_entered_at", "id"],
                name="application_board",
                condition=Q(state="active"),
            ),
            models.Index(fields=["requisition", "state"], name="application_of_requisition"),
            models.Index(fields=["-applied_at", "-id"], name="application_newest"),
            models.Index(
                fields=["decided_at"],
                name="application_untold",
                condition=Q(state__in=["rejected", "hired"], told_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="leaves_nobody_waiting",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                timing=pgtrigger.Deferred,
                func=EVERY_ACTIVE_APPLICATION_HAS_A_PROMISE.format(application="NEW.id"),
            ),
            pgtrigger.Trigger(
                name="leaves_no_offer",
                when=pgtrigger.After,
                operation=pgtrigger.Update,
                timing=pgtrigger.Deferred,
                condition=pgtrigger.Q(old__state="active") & ~pgtrigger.Q(new__state="active"),
                func=NO_OFFER_TO_WHO_IS_OUT,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.candidate} for {self.requisition}"

    @property
    def calendar(self) -> WorkingCalendar:
        """The working days of its organisation, in which everything that is promised is counted."""
        calendar = self.requisition.organisation.calendar
        for row in (self, self.requisition):
            calendar.know_days(row)
        return calendar

    @property
    def may_be_kept(self) -> bool:
        """Whether to ask from whom it is kept; not where it was read with it that it is from nobody."""
        return bool(vars(self).get("is_kept", True))

    def about(self) -> dict[str, int]:
        return {
            "application_id": self.pk,
            "candidate_id": self.candidate_id,
            "requisition_id": self.requisition_id,
            "organisation_id": self.requisition.organisation_id,
        }


LONG_ANSWER = 80
"""So many characters nobody writes like somebody else by chance."""


def answer_words() -> Cast:
    return Cast("value", models.TextField())


class Answer(models.Model):
    """What an applicant answered to one question; the question's words are kept as they were then."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    label = models.CharField(max_length=300)
    value = models.JSONField(null=True, blank=True, help_text="Text, a list of texts, or true or false.")
    document = models.ForeignKey(Document, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "question"],
                name="answer_once",
                violation_error_message="This question is answered already.",
            )
        ]
        indexes = [
            models.Index(
                MD5(answer_words()),
                name="answer_same_words",
                condition=Q(GreaterThanOrEqual(Length(answer_words()), LONG_ANSWER)),
            )
        ]

    def __str__(self) -> str:
        return self.label


class NoteQuerySet(GuardedQuerySet["Note"]):
    """Who sees which of them is said in `access/note.py`."""


class NoteVisibility(models.TextChoices):
    TEAM = "team", gettext_lazy("The hiring team")
    RECRUITERS = "recruiters", gettext_lazy("Recruiters only")


NOTE_WORDS = Words(Value(""), F("body"))
"""What of a note is searched."""


class Note(Stamped):
    """What one person of the team tells the others about an application; never shown to the candidate."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey("ats.User", on_delete=models.PROTECT, related_name="notes")
    body = models.TextField()
    visibility = models.CharField(max_length=10, choices=NoteVisibility, default=NoteVisibility.TEAM)
    mentions = models.ManyToManyField("ats.User", related_name="mentioned_in", blank=True)
    written_at = models.DateTimeField(db_default=Now())

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints = [one_of("note_visibility_known", "visibility", NoteVisibility)]
        indexes = [GinIndex(NOTE_WORDS, name="note_words")]

    def __str__(self) -> str:
        return self.body[:60]

    def about(self) -> dict[str, int]:
        return self.application.about()
