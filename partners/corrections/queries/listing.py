"""Corrections under way of many roles at once, as other pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from ats.kernel.prepared import Prepared
from partners.corrections.models import CourseCorrection


@dataclass(frozen=True)
class Row:
    """One correction under way; `url` is its page."""

    challenge: str
    look_again_on: date
    url: str


def open_corrections(requisition_ids: Collection[int]) -> dict[int, list[Row]]:
    """By role, the one to be looked at first on top; one query. Whoever asks knows that these roles may be seen."""
    shown = _of_one(role=next(iter(requisition_ids))) if len(requisition_ids) == 1 else _of(requisition_ids)
    found: dict[int, list[Row]] = {}
    for role, pk, challenge, day in shown:
        found.setdefault(role, []).append(Row(challenge, day, reverse("correction", args=[pk])))
    return found


def _of(roles: Collection[int]) -> "QuerySet[CourseCorrection, tuple[Any, ...]]":
    rows = CourseCorrection.objects.open().filter(partnership__requisition__in=list(roles))
    ordered = rows.order_by("look_again_on", "pk")
    return ordered.values_list("partnership__requisition_id", "pk", "challenge", "look_again_on")


@Prepared
def _of_one(*, role: int) -> "QuerySet[CourseCorrection, tuple[Any, ...]]":
    """As the dashboard of a role asks."""
    return _of([role])
