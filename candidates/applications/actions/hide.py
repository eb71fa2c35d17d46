"""Whom only a confidential role knows is known to everybody once it is confidential no more, and the other way."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from ats.activity.record import Entry, record_many
from ats.kernel.access import lock_all
from candidates.applications.models import Application
from candidates.people.actions import index
from candidates.people.models import AddressKind, Candidate, FurtherAddress
from requisitions.roles.models import Requisition

AT_ONCE = 200


def follow_role(requisition_id: int, now: datetime) -> None:
    """Take up anew what is known of those who are or were in this role, and to whom, by what the role is now."""
    rows = Application.objects.filter(requisition=requisition_id).order_by("candidate")
    for ids in _batches(list(rows.values_list("candidate", flat=True).distinct())):
        with transaction.atomic():
            _follow(requisition_id, ids, now)
            index.refresh(ids)


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _follow(requisition_id: int, ids: list[int], now: datetime) -> None:
    lock_all(Candidate, ids)
    hides = Requisition.objects.values_list("confidential", flat=True).get(pk=requisition_id)
    people = Candidate.objects.filter(pk__in=ids)
    changed = list((_to_hide(people) if hides else _to_show(people)).values_list("pk", flat=True))
    Candidate.objects.filter(pk__in=changed).update(only_confidential=hides, updated_at=now)
    told = Application.objects.filter(requisition=requisition_id, candidate__in=changed)
    verb = "application.went_hidden" if hides else "application.came_to_light"
    record_many(verb, [Entry(row) for row in told.order_by("pk")], by=None, now=now)


def _to_show(people: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """But for those whose address somebody has who was known before: those are seen by the role's application."""
    known = Candidate.objects.filter(email_key=OuterRef("email_key"), only_confidential=False)
    twins = known.exclude(pk=OuterRef("pk"))
    further = FurtherAddress.objects.filter(
        kind=AddressKind.EMAIL, key=OuterRef("email_key"), is_beside=False
    )
    return people.filter(~Exists(twins), ~Exists(further), only_confidential=True)


def _to_hide(people: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Those who came by what is confidential now, and by nothing else: no other role, and not before it."""
    theirs = Application.objects.filter(candidate=OuterRef("pk"))
    openly = theirs.filter(requisition__confidential=False)
    came_by = theirs.filter(applied_at__lte=F("candidate__created_at"))
    consented = Q(pool_consent_at__isnull=False)
    rows = people.filter(~Exists(openly), Exists(came_by), only_confidential=False, anonymised_at=None)
    return rows.exclude(consented)
