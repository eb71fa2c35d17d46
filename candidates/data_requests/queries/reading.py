"""Reading what a copy tells: one query for each kind of rows, and never all rows at once."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from candidates.applications.models import Application, ApplicationState
from candidates.data_requests.domain.resume import Post
from candidates.data_requests.queries.told import Part, Row
from candidates.people.models import Candidate
from candidates.portal import queries as portal
from candidates.promises import outer

CHUNK = 100
MOST_BY_LAW = 20


def rows(part: Part, candidate: Candidate, *, now: datetime) -> Iterator[Row]:
    """What of this part is about them, as they may know it."""
    model = apps.get_model(part.model)
    theirs = part.of(candidate) if part.of else Q(**{part.whose: candidate.pk})
    found = model._base_manager.filter(theirs, part.only if isinstance(part.only, Q) else part.only())
    if part.until:
        found = found.filter(**{f"{part.until}__lte": now})
    names = [*part.fields, part.file] if part.file else part.fields
    heavy = bool(part.file) and isinstance(model._meta.get_field(part.file), models.BinaryField)
    for row in found.order_by(*part.by).values(*names).iterator(chunk_size=1 if heavy else CHUNK):
        yield part.holds(row) if part.holds else row


def standings(candidate: Candidate, *, now: datetime) -> list[dict[str, Any]]:
    """Where they stand, as their own page tells it, in the language of now; and by when law wants them told."""
    by_law = _by_law(candidate, now=now)
    return [
        {
            "application": standing.application.pk,
            "role": standing.title,
            "organisation": standing.organisation,
            "state": str(standing.state),
            "stage": standing.stage,
            "next": _next(standing.next),
            "steps": [{"at": step.at, "text": step.text, "note": step.note} for step in standing.steps],
            "reason": standing.reason,
            "told_by_law_until": by_law.get(standing.application.pk) if standing.is_open else None,
        }
        for standing in portal.portal_of(candidate, now=now).standings
    ]


def _next(following: Any) -> dict[str, Any] | None:
    if following is None:
        return None
    due_at = None if following.is_debt else following.due_at
    return {"what": following.what, "due_at": due_at, "side": str(following.side)}


def _by_law(candidate: Candidate, *, now: datetime) -> dict[int, str]:
    rows_ = Application.objects.active().whole().filter(candidate=candidate).order_by("-applied_at", "-pk")
    found = {each.pk: outer.outer_date(each, now=now) for each in rows_[:MOST_BY_LAW]}
    return {number: date.day.isoformat() for number, date in found.items() if date is not None}


def hired_for(candidate: Candidate) -> Iterable[Post]:
    """The roles that they took here, and know of."""
    found = Application.objects.filter(
        candidate=candidate, state=ApplicationState.HIRED, told_at__isnull=False
    ).order_by("-starts_on", "-pk")
    named = found.values_list("requisition__organisation__name", "requisition__title", "starts_on")
    return [
        Post(company, position, starts_on.isoformat() if starts_on else "")
        for company, position, starts_on in named[:CHUNK]
    ]
