"""Corrections under way of many roles at once, as other pages show them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from partners.corrections.models import CourseCorrection


@dataclass(frozen=True)
class Row:
    """One correction under way; `url` is its page."""

    challenge: str
    look_again_on: date
    url: str


def open_corrections(requisition_ids: Collection[int]) -> dict[int, list[Row]]:
    """By role, the one to be looked at first on top; one query. Whoever asks knows that these roles may be seen."""
    rows = CourseCorrection.objects.open().filter(partnership__requisition__in=requisition_ids)
    shown = rows.order_by("look_again_on", "pk").values_list(
        "partnership__requisition_id", "pk", "challenge", "look_again_on"
    )
    found: dict[int, list[Row]] = {}
    for role, pk, challenge, day in shown:
        found.setdefault(role, []).append(Row(challenge, day, reverse("correction", args=[pk])))
    return found
