"""Reads of applications: what a decision would send, what somebody owes, where a candidate stands.

The timelines lie in `timelines.py` and are handed on from here.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from ats.accounts.models import User
from ats.common.access import get_for
from ats.mail.models import MailState, OutgoingMail
from candidates.applications import deciding, fetching
from candidates.applications.models import Application, ApplicationQuerySet, DispositionReason
from candidates.applications.timelines import Entry, candidate_timeline, delivery_status, timeline
from candidates.conversation.models import Message
from candidates.experience import letters
from candidates.experience.models import FollowUp, Promise, PromiseState
from requisitions.models import Side, TeamMember, TeamRole

__all__ = [
    "Debts",
    "Entry",
    "Preview",
    "Standing",
    "candidate_timeline",
    "debts",
    "decision_preview",
    "delivery_status",
    "follow_ups",
    "my_promises",
    "standings",
    "timeline",
]

TROUBLE = (MailState.FAILED, MailState.BOUNCED, MailState.UNKNOWN, MailState.WITHHELD)

# --- What a decision would send


@dataclass(frozen=True, kw_only=True)
class Preview:
    """The words a person may still change, and when and where the message would leave."""

    subject: str
    body: str
    leaves_at: datetime
    to: str
    problem: str = ""


def decision_preview(*, application_id: int, by: User, now: datetime, reason: str = "") -> Preview:
    """The message of a rejection for this reason (by its code), before anything is decided."""
    application = get_for(Application.objects.whole(), application_id, user=by, permission=fetching.DECIDE)
    why = DispositionReason.objects.filter(code=reason, is_active=True).first()
    subject, body = letters.preview(
        "application.rejected",
        application=application,
        extra={"reason": why.candidate_text if why else ""},
    )
    address = application.candidate.email
    return Preview(
        subject=subject,
        body=body,
        leaves_at=deciding.leaves_at(application, now),
        to=address,
        problem="" if address else "There is no address to write to.",
    )


# --- What somebody owes


def my_promises(user: User) -> list[Promise]:
    """Open promises that `user` answers for, or coordinates, most urgent first; one query.

    Each comes with its application, candidate, stage and requisition. What waits for the candidate is theirs
    too, last: it is not their move.
    """
    coordinates = TeamMember.objects.filter(
        requisition=OuterRef("application__requisition"), user=user, role=TeamRole.COORDINATOR
    )
    rows = (
        Promise.objects.open()
        .filter(Q(owner=user) | (Q(side=Side.SCHEDULING) & Exists(coordinates)))
        .select_related(
            "owner",
            "application__candidate",
            "application__stage",
            "application__requisition__organisation",
        )
        .defer("application__candidate__search")
        .order_by("due_at", "id")
    )
    return sorted(rows, key=lambda promise: promise.side == Side.CANDIDATE)


@dataclass(frozen=True, kw_only=True)
class Debts:
    """What candidates are owed beside the promises: an outcome, a message that did not arrive, an answer."""

    untold: list[Application]
    undelivered: list[OutgoingMail]
    unanswered: list[Message]

    def __bool__(self) -> bool:
        return bool(self.untold or self.undelivered or self.unanswered)


def debts(user: User, *, of_everybody: bool = False) -> Debts:
    """The debts on the requisitions whose recruiter or coordinator `user` is; three queries.

    `of_everybody`: on all that they may see, for a lead.
    """
    visible = Application.objects.visible_to(user)
    if not of_everybody:
        own = TeamMember.objects.filter(
            requisition=OuterRef("requisition"),
            user=user,
            role__in=(TeamRole.RECRUITER, TeamRole.COORDINATOR),
        )
        visible = visible.filter(Exists(own))
    return Debts(
        untold=list(_untold(visible)),
        undelivered=list(_undelivered(visible)),
        unanswered=list(
            Message.objects.unanswered()
            .filter(application__in=visible)
            .select_related("candidate", "application__stage", "application__requisition")
            .defer("candidate__search")
            .order_by("said_at", "id")
        ),
    )


def _untold(visible: ApplicationQuerySet) -> QuerySet[Application]:
    rows = visible.untold().select_related("candidate", "stage", "requisition", "reason")
    return rows.defer("candidate__search").order_by("decided_at", "id")


def _undelivered(visible: QuerySet[Application]) -> QuerySet[OutgoingMail]:
    """Messages that did not reach their candidate, where nothing sent since then did."""
    reached = OutgoingMail.objects.filter(
        application_id=OuterRef("application_id"),
        role__in=letters.roles_to_candidates(),
        state=MailState.SENT,
        not_before__gt=OuterRef("not_before"),
    )
    return OutgoingMail.objects.filter(
        ~Exists(reached),
        application_id__in=visible.values("pk"),
        role__in=letters.roles_to_candidates(),
        state__in=TROUBLE,
    ).order_by("not_before", "id")


# --- Where a candidate stands, as they are told


@dataclass(frozen=True, kw_only=True)
class Standing:
    """`state`: active, deciding (decided, and not told yet), hired, rejected or withdrawn.

    `promise` is what is owed next; `reason` why it ended, once the candidate has been told.
    """

    state: str
    promise: Promise | None = None
    reason: str = ""


def standings(applications: list[Application]) -> dict[int, Standing]:
    """Where these applications stand in the eyes of their candidates, by id; one query.

    A decision does not show before its message has left: until then it can be taken back.
    """
    promises = {
        promise.application_id: promise
        for promise in Promise.objects.filter(
            application__in=[application.pk for application in applications], state=PromiseState.OPEN
        ).select_related("owner")
    }
    found = {}
    for application in applications:
        state, reason = application.state, ""
        if state in {"hired", "rejected"} and application.told_at is None:
            state = "deciding"
        elif application.reason is not None:
            reason = application.reason.candidate_text
        found[application.pk] = Standing(state=state, promise=promises.get(application.pk), reason=reason)
    return found


def follow_ups(application: Application) -> QuerySet[FollowUp]:
    """Every step of this application's journeys, those to come first."""
    return application.follow_ups.select_related("mail").order_by("-due_at", "-id")
