"""The page of one application: who it is, what is owed next, what they gave, and what happened."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from ats.accounts.models import RECRUITING, User
from ats.common.access import get_for
from ats.common.errors import Missing
from ats.mail.models import MailState, OutgoingMail
from candidates.applications.models import DECISION_MAILS, Answer, Application, ApplicationState, Note
from candidates.applications.timelines import Entry, timeline
from candidates.documents.models import Document, DocumentKind
from candidates.documents.queries import documents_of
from candidates.experience.models import Promise
from candidates.people.models import Tag
from requisitions.models import Opening, OpeningState, Stage, StageKind

VIEW = "candidates.view_application"


@dataclass(frozen=True, kw_only=True)
class May:
    """What the viewer may do with this application."""

    move: bool = False
    decide: bool = False
    message: bool = False
    note: bool = False
    change: bool = False


@dataclass(frozen=True, kw_only=True)
class Page:
    application: Application
    promise: Promise | None
    stages: list[Stage]
    documents: list[Document]
    answers: list[Answer]
    reviews: list[Any]
    others: list[Application]
    tags: list[Tag]
    entries: list[Entry]
    may: May
    offer: int | None = None
    """The number of their last offer, for who may see it."""
    hire: int | None = None
    """The number of their hire, while they are hired."""
    previous: int | None = None
    next: int | None = None

    @property
    def resume(self) -> Document | None:
        """The résumé that came with this application, else the newest one."""
        resumes = [row for row in self.documents if row.kind == DocumentKind.RESUME]
        mine = (row for row in resumes if row.application_id == self.application.pk)
        return next(mine, resumes[0] if resumes else None)

    @property
    def further_documents(self) -> list[Document]:
        return [row for row in self.documents if row is not self.resume]

    @property
    def onward(self) -> Stage | None:
        """The stage after this one; hired is not moved to."""
        here = self.application.stage.position
        later = (row for row in self.stages if row.position > here and row.kind != StageKind.HIRED)
        return next(later, None)

    @property
    def is_active(self) -> bool:
        return self.application.state == "active"

    @property
    def manager_is_asked(self) -> bool:
        """Whether the hiring manager is asked already, or there is none to ask."""
        manager = self.application.requisition.hiring_manager_id
        return manager is None or any(row.reviewer_id == manager and not row.verdict for row in self.reviews)

    @property
    def letter(self) -> OutgoingMail | None:
        """What tells them of the decision, while it waits to leave."""
        mails = (entry.row for entry in self.entries if entry.kind == "mail")
        waiting = {MailState.QUEUED, MailState.SENDING}
        return next((row for row in mails if row.role in DECISION_MAILS and row.state in waiting), None)

    @property
    def undoable(self) -> bool:
        """Whether the decision may be taken back; what a candidate decided themselves, nobody does."""
        decided = self.application.decided_by_id is not None
        return decided and (self.application.told_at is None or self.application.state == "rejected")


def application_for(user: User, application_id: int, permission: str = VIEW) -> Application:
    rows = Application.objects.whole().select_related(
        "requisition__location", "source", "reason", "decided_by", "opening", "post"
    )
    return get_for(rows, application_id, user=user, permission=permission)


def page(user: User, application_id: int) -> Page:
    """Everything that the page shows; a fixed number of queries."""
    application = application_for(user, application_id)
    may = may_of(user, application)
    previous, following = neighbours(application) if may.move else (None, None)
    return Page(
        application=application,
        promise=application.promises.open().select_related("owner").first(),
        stages=list(application.requisition.stages.order_by("position")),
        documents=list(documents_of(application.candidate_id, user=user)),
        answers=list(application.answers.select_related("document").order_by("question__position", "pk")),
        reviews=list(
            application.reviews.exclude(state="cancelled").select_related("reviewer").order_by("requested_at")
        ),
        others=list(
            Application.objects.visible_to(user)
            .filter(candidate=application.candidate_id)
            .exclude(pk=application.pk)
            .select_related("requisition", "stage")
            .order_by("-applied_at", "-pk")[:10]
        ),
        tags=list(application.candidate.tags.order_by("name")),
        entries=timeline(application, user),
        may=may,
        offer=application.offers.order_by("-pk").values_list("pk", flat=True).first() if may.decide else None,
        hire=_hire_of(application) if may.decide and application.state == ApplicationState.HIRED else None,
        previous=previous,
        next=following,
    )


def _hire_of(application: Application) -> int | None:
    # The hires lie higher: they are known here by the relation's name.
    return application.hire_records.order_by("-pk").values_list("pk", flat=True).first()


def may_of(user: User, application: Application) -> May:
    return May(
        move=user.has_perm("candidates.move_application", application),
        decide=user.has_perm("candidates.decide_application", application),
        message=user.has_perm("candidates.message_candidate", application),
        note=user.has_perm("candidates.note_application", application),
        change=user.recruits and user.has_perm("candidates.message_candidate", application),
    )


def neighbours(application: Application) -> tuple[int | None, int | None]:
    """Who stands before and after on the board, in the same stage; two queries by its index."""
    entered, number = application.stage_entered_at, application.pk
    stage = Application.objects.active().filter(
        requisition=application.requisition_id, stage=application.stage_id
    )
    before = stage.filter(
        Q(stage_entered_at__lt=entered) | Q(stage_entered_at=entered, pk__lt=number),
        stage_entered_at__lte=entered,
    ).order_by("-stage_entered_at", "-pk")
    after = stage.filter(
        Q(stage_entered_at__gt=entered) | Q(stage_entered_at=entered, pk__gt=number),
        stage_entered_at__gte=entered,
    ).order_by("stage_entered_at", "pk")
    return _first(before), _first(after)


def _first(rows: "QuerySet[Application]") -> int | None:
    return rows.values_list("pk", flat=True).first()


def mentionable(application: Application) -> "QuerySet[User]":
    """Who can be mentioned in a note: the role's team, and the recruiting team where it is not confidential."""
    team = Q(pk__in=application.requisition.members.values("user"))
    everybody = team if application.requisition.confidential else team | Q(role__in=RECRUITING)
    return User.objects.filter(everybody, is_active=True).order_by("name", "pk")


def own_note(user: User, application: Application, note_id: int) -> Note:
    """A note that this person wrote on this application."""
    found = Note.objects.filter(pk=note_id, application=application, author=user).first()
    if found is None or not user.has_perm("candidates.note_application", application):
        raise Missing("There is no such note of yours.")
    return found


def mentioned(body: str, people: "QuerySet[User]") -> list[int]:
    """Whom a note names with an @ and their name."""
    if "@" not in body:
        return []
    words = body.casefold()
    return [user.pk for user in people if f"@{user.name}".casefold() in words]


def seats_left(application: Application) -> int:
    return Opening.objects.filter(requisition=application.requisition_id, state=OpeningState.OPEN).count()
