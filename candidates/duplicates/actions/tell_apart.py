"""A person's word that two people who are alike are two; it is remembered, and may be taken back."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.access import get_for, lock_all
from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from candidates.duplicates.models import Likeness
from candidates.duplicates.queries.finding import alike
from candidates.duplicates.rules import MERGE
from candidates.people.models import Candidate


def held(one_id: int, other_id: int, by: User) -> tuple[Candidate, Candidate]:
    """Both as `by` may see them, under their locks: whom they may not see is not even waited for."""
    rows = Candidate.objects.without_words()
    found = [get_for(rows, each, user=by, permission=MERGE).pk for each in (one_id, other_id)]
    lock_all(Candidate, found)
    one, other = (get_for(rows, each, user=by, permission=MERGE) for each in found)
    return one, other


@transaction.atomic
def tell_apart(*, candidate_id: int, other_id: int, by: User, now: datetime) -> Likeness:
    """They are two: they are not shown beside each other any more."""
    one, other = held(candidate_id, other_id, by)
    if one.pk == other.pk:
        raise Invalid(gettext("Choose two people."))
    first, second = sorted([one.pk, other.pk])
    row = Likeness.objects.between(first, second).first()
    if row is None:
        reasons = sorted(alike(one).get(other.pk, ()))
        row = Likeness(first_id=first, second_id=second, reasons=reasons, found_at=now)
    if row.apart_at is None:
        row.apart_at, row.apart_by = now, by
        row.save()
        for each in (one, other):
            record("candidate.not_the_same", subject=each, by=by, now=now)
    return row
