"""Looking at what a run would do, and keeping that for when it begins."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction

from ats.accounts.models import User
from ats.kernel.errors import Invalid, Missing
from ats.kernel.languages import speaking
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application
from candidates.bulk.domain.choice import MOST, Place
from candidates.bulk.models import BulkItem, BulkKind, BulkRun, ItemState
from candidates.bulk.queries.checking import looked_at
from candidates.bulk.queries.wording import check_words
from candidates.bulk.rules import RUN

AT_ONCE = 2_000
"""Rows that are written in one statement."""


@transaction.atomic
def prepare(
    *,
    kind: str,
    places: Iterable[Place],
    parameters: Mapping[str, Any],
    key: uuid.UUID,
    by: User,
    now: datetime,
) -> BulkRun:
    """A run that has not begun, with whom it touches, and whom not and why; the same `key` again is the same run."""
    if not by.has_perm(RUN):
        raise Missing(gettext("There is no such thing."))
    if kind not in BulkKind.values:
        raise Invalid(gettext("Choose what to do with them."), field="kind")
    every = _in_order(kind, dict.fromkeys(places))
    if not every:
        raise Invalid(gettext("Nobody is selected any more."))
    if len(every) > MOST:
        raise Invalid(gettext("At most %(most)s people at a time.") % {"most": MOST})
    run, is_new = BulkRun.objects.get_or_create(
        by=by, key=key, defaults={"kind": kind, "parameters": dict(parameters)}
    )
    if not is_new:
        return run
    check_words(kind, every, parameters)
    with speaking(settings.LANGUAGE_CODE):  # what rows keep is in the house's language (ADR 49)
        looked = looked_at(kind, every, parameters=parameters, by=by, now=now)
    items = [
        BulkItem(
            run=run,
            candidate_id=place.candidate,
            application_id=place.application,
            state=ItemState.LEFT_OUT if place in looked.why else ItemState.WAITING,
            why=looked.why.get(place, "")[:500],
            facts=looked.facts.get(place, {}),
        )
        for place in every
    ]
    BulkItem.objects.bulk_create(items, batch_size=AT_ONCE)
    return run


def _in_order(kind: str, places: Iterable[Place]) -> list[Place]:
    """As they were found; but role by role where they are put before its manager together."""
    every = list(places)
    if kind != BulkKind.REVIEW:
        return every
    ids = [each.application for each in every if each.application]
    role_of = dict(Application.objects.filter(pk__in=ids).values_list("pk", "requisition"))
    return sorted(every, key=lambda each: role_of.get(each.application or 0, 0))
