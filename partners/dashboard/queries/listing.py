"""All partnerships, worst first by the facts."""

from datetime import datetime

from django.core.paginator import Page, Paginator
from django.db.models import (
    Count,
    DateTimeField,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Subquery,
    Value,
)
from django.db.models.functions import Coalesce

from ats.accounts.models import User
from candidates.models import Promise
from partners.checkins import workflow
from partners.checkins.models import CheckIn
from partners.commitments.models import Commitment, CommitmentState
from partners.dashboard.queries import own
from partners.partnerships.models import Agreement, AgreementState, Partnership, PartnershipState

PER_PAGE = 40


def listed(user: User, *, ended: bool, mine: bool, now: datetime) -> QuerySet[Partnership]:
    """Each with what is missed on both sides, how many candidates wait too long, and the next check-in."""
    state = PartnershipState.CLOSED if ended else PartnershipState.ACTIVE
    rows = own(user) if mine else Partnership.objects.visible_to(user)
    return (
        rows.filter(state=state)
        .select_related("requisition__recruiter", "requisition__hiring_manager", "requisition__department")
        .annotate(
            missed_recruiter=_missed("recruiter"),
            missed_manager=_missed("manager"),
            waiting_late=_counted(
                Promise.objects.waiting_too_long(now)
                .filter(application__requisition=OuterRef("requisition"))
                .values("application__requisition")
            ),
            agreed=_counted(
                Agreement.objects.filter(partnership=OuterRef("pk"), state=AgreementState.ACCEPTED).values(
                    "partnership"
                )
            ),
            meets_at=Subquery(
                CheckIn.objects.filter(partnership=OuterRef("pk"), state__in=workflow.AHEAD).values(
                    "scheduled_at"
                )[:1],
                output_field=DateTimeField(),
            ),
        )
        .annotate(
            worst=ExpressionWrapper(
                F("missed_recruiter") + F("missed_manager") + F("waiting_late") * Value(2),
                output_field=IntegerField(),
            )
        )
        .order_by("-worst", "started_at", "pk")
    )


def page(user: User, *, number: str, ended: bool, mine: bool, now: datetime) -> Page:
    return Paginator(listed(user, ended=ended, mine=mine, now=now), PER_PAGE).get_page(number)


def _missed(side: str) -> Coalesce:
    rows = Commitment.objects.filter(partnership=OuterRef("pk"), side=side, state=CommitmentState.MISSED)
    return _counted(rows.values("partnership"))


def _counted(rows: QuerySet) -> Coalesce:
    """How many of these rows there are for the outer one; they come grouped by it."""
    count = rows.order_by().annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(count, output_field=IntegerField()), 0)
