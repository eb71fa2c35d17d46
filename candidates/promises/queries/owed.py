"""What is owed, for the slices below: on their pages, in their letters, before a step is taken."""

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from candidates.applications.models import Application
from candidates.applications.pages import cards
from candidates.compose import apology
from candidates.follow_ups import actions as follow_ups
from candidates.promises.models import Promise, PromiseKind, PromiseState
from requisitions.models import Side


@cards.owing
def owed() -> QuerySet[Promise]:
    return Promise.objects.open()


@follow_ups.owing
def owed_to_many(application_ids: Collection[int]) -> dict[int, Promise]:
    """The open promises of these applications; one query."""
    rows = Promise.objects.open().filter(application__in=application_ids)
    return {promise.application_id: promise for promise in rows}


@apology.counting
def dates_of(application: Application) -> tuple[int, int]:
    """How many dates of ours ran out, and how many were kept.

    What the decision itself keeps is no date that was kept before it, and a debt has none.
    """
    ours = Promise.objects.filter(application=application.pk).exclude(side=Side.CANDIDATE)
    ours = ours.exclude(kind=PromiseKind.DEBT)
    before = Q(state=PromiseState.KEPT)
    if application.decided_at is not None:
        before &= Q(settled_at__lt=application.decided_at)
    counts = ours.aggregate(
        broken=Count("pk", filter=Q(state=PromiseState.BROKEN)), kept=Count("pk", filter=before)
    )
    return counts["broken"], counts["kept"]
