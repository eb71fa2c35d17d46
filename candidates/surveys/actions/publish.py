"""Counting what was answered: once a week, by organisation, and only where they are enough."""

import secrets
import uuid
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from ats.duework.faults import apart
from ats.kernel.access import lock
from ats.organisation.models import HiringOrganisation
from candidates.surveys.domain.coarse import ENOUGH
from candidates.surveys.domain.counting import count
from candidates.surveys.domain.disclosing import Answers, divide
from candidates.surveys.models import SurveyFigure, SurveyResponse

ALL = "all"
BATCH = 500


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def to_count(monday: date) -> QuerySet[HiringOrganisation]:
    """Organisations of which enough answers of the weeks before wait."""
    waiting = SurveyResponse.objects.waiting().filter(week__lt=monday).order_by().values("organisation")
    counted = waiting.annotate(number=Count("pk"), nameless=Count("pk", filter=Q(application=None)))
    enough = counted.filter(Q(nameless=0) | Q(nameless__gte=ENOUGH), number__gte=ENOUGH)
    return HiringOrganisation.objects.filter(pk__in=enough.values("organisation"))


def publish_due(now: datetime) -> int:
    """Count what waits of the weeks before this one; in how many organisations there was something.

    One whose answers cannot be counted holds up no other.
    """
    day = monday(now.date())
    found = list(to_count(day).order_by("pk").values_list("pk", flat=True))
    return sum(
        apart(f"The count of surveys {pk}", partial(publish, organisation_id=pk, day=day)) for pk in found
    )


@transaction.atomic
def publish(*, organisation_id: int, day: date) -> bool:
    """Write the figures of what waits; of the anonymous answers what they held beside goes, and so does their order.

    All come in one go: who looks at the figures before and after learns of as many as there are.
    """
    lock(HiringOrganisation, organisation_id)
    waiting = SurveyResponse.objects.waiting().filter(organisation=organisation_id, week__lt=day)
    rows = list(waiting.order_by("pk").select_for_update(no_key=True))
    figures = figures_of(rows, organisation_id=organisation_id, day=day)
    if not figures:
        return False
    SurveyFigure.objects.bulk_create(figures)
    waiting.filter(application__isnull=False).update(published_on=day)
    _write_anew([row for row in rows if row.application_id is None], day)
    return True


def figures_of(rows: Sequence[SurveyResponse], *, organisation_id: int, day: date) -> list[SurveyFigure]:
    """The figures of these answers together; none where they are too few."""
    nameless = frozenset(place for place, row in enumerate(rows) if row.application_id is None)
    divisions = divide(Answers([row.facts for row in rows], nameless))
    cells = ({ALL: {ALL: frozenset(range(len(rows)))}} | divisions) if divisions else {}
    return [
        SurveyFigure(
            organisation_id=organisation_id,
            published_on=day,
            split=split,
            value=value,
            counts=count(rows[place] for place in sorted(group)),
        )
        for split, groups in cells.items()
        for value, group in groups.items()
    ]


def _write_anew(rows: Sequence[SurveyResponse], day: date) -> None:
    """Where a row lies, and the transaction that wrote it, say when it came: all are written once more, shuffled."""
    SurveyResponse.objects.filter(pk__in=[row.pk for row in rows]).delete()
    shuffled = list(rows)
    secrets.SystemRandom().shuffle(shuffled)
    for row in shuffled:
        row.pk, row.facts, row.week, row.published_on = uuid.uuid4(), {}, day, day
    SurveyResponse.objects.bulk_create(shuffled, batch_size=BATCH)
