"""What the pages of reviews show, each with a fixed number of queries."""

from dataclasses import dataclass

from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from ats.accounts.models import User
from ats.kernel.access import get_for
from ats.kernel.staff_words import gettext
from candidates.applications.models import Answer, ApplicationState
from candidates.documents.models import Document, DocumentKind
from candidates.internal.models import KeptFrom
from candidates.reviews.models import Review, ReviewQuerySet, ReviewState, Verdict
from candidates.reviews.rules import is_reviewer
from requisitions.models import Criterion, CriterionKind, TeamMember

_CARD = ("application__candidate", "application__requisition", "application__stage", "requested_by", "slate")


def asked_of(user: User) -> Q:
    """What they were asked themselves, and what whoever they stand in for was asked."""
    own = Q(reviewer=user)
    if not user.stands_in(timezone.now()):
        return own
    away = TeamMember.objects.filter(
        requisition=OuterRef("application__requisition"), user=user, stands_in_for=OuterRef("reviewer")
    )
    return own | Q(Exists(away))


def _may_know(user: User) -> Q:
    """Nothing of somebody who works for them, whoever they stand in for."""
    kept = KeptFrom.objects.in_force().filter(user=user, application=OuterRef("application"))
    return Q(~Exists(kept))


def waiting_for(user: User) -> ReviewQuerySet:
    """Candidates who wait for this person's view, the one due first on top."""
    return (
        Review.objects.open()
        .filter(asked_of(user), _may_know(user), application__state=ApplicationState.ACTIVE)
        .select_related(*_CARD)
        .order_by("due_at", "pk")
    )


def undecided_by(user: User) -> ReviewQuerySet:
    """Candidates of whom this person was unsure and who still stand where they stood then."""
    return (
        Review.objects.filter(
            asked_of(user),
            _may_know(user),
            state=ReviewState.ANSWERED,
            verdict=Verdict.UNSURE,
            application__state=ApplicationState.ACTIVE,
            application__stage_entered_at__lte=F("settled_at"),
        )
        .select_related(*_CARD)
        .order_by("settled_at", "pk")
    )


@dataclass(frozen=True)
class ReviewPage:
    review: Review
    must_haves: list[Criterion]
    answers: list[tuple[str, str]]
    resume: Document | None
    others: list[Review]
    """What other people said about the same candidate; hidden from a reviewer who has yet to answer."""
    ahead: int
    """How many wait for the same reviewer, this one among them."""

    @property
    def may_change(self) -> bool:
        """Open, or answered with unsure while the candidate is in play."""
        in_play = self.review.application.state == ApplicationState.ACTIVE
        undecided = self.review.state == ReviewState.ANSWERED and self.review.verdict == Verdict.UNSURE
        return in_play and (self.review.state == ReviewState.OPEN or undecided)


def review_page(user: User, review_id: int) -> ReviewPage:
    rows = Review.objects.select_related(
        *_CARD,
        "reviewer",
        "application__requisition__organisation",
        "application__requisition__location",  # whose law the words of the answer are checked by
    )
    review = get_for(rows, review_id, user=user, permission="candidates.view_review")
    waits = review.state == ReviewState.OPEN and is_reviewer(user, review)
    others = Review.objects.filter(application=review.application_id, state=ReviewState.ANSWERED)
    return ReviewPage(
        review=review,
        must_haves=list(
            Criterion.objects.filter(
                requisition=review.application.requisition_id, kind=CriterionKind.MUST
            ).order_by("position", "pk")
        ),
        answers=[
            (answer.label, _said(answer))
            for answer in review.application.answers.select_related("document").order_by("pk")
        ],
        resume=_resume(review),
        others=[]
        if waits
        else list(others.exclude(pk=review.pk).select_related("reviewer").order_by("settled_at")),
        ahead=waiting_for(user).count() if waits else 0,
    )


def _said(answer: Answer) -> str:
    if answer.document is not None:
        return answer.document.filename
    if isinstance(answer.value, bool):
        return gettext("Yes") if answer.value else gettext("No")
    if isinstance(answer.value, list):
        return ", ".join(str(item) for item in answer.value)
    return str(answer.value or gettext("Not answered"))


def _resume(review: Review) -> Document | None:
    """The newest résumé given with this application, else the newest of the person."""
    rows = Document.objects.filter(
        Q(application=review.application_id) | Q(application__isnull=True),
        candidate=review.application.candidate_id,
        kind=DocumentKind.RESUME,
    )
    return (
        rows.select_related("uploaded_by")
        .prefetch_related("pages")
        .order_by(F("application").desc(nulls_last=True), "-pk")
        .first()
    )


def next_for(user: User, *, after: Review) -> Review | None:
    """Whom to look at next: of the same slate first, then by date."""
    waiting = waiting_for(user)
    return waiting.filter(slate=after.slate_id).first() or waiting.first()
