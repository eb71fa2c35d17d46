"""What is overdue and what was set aside, over everything that comes due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db.models import Count, Min

from ats.duework.models import MAX_ATTEMPTS, Attempts, DueTask, TaskState

SHOWN = 50


@dataclass(frozen=True)
class SetAside:
    """A row that could not be done, with what a person needs to judge it."""

    model: str
    pk: int
    what: str
    error: str
    can_be_dismissed: bool


@dataclass(frozen=True)
class Waiting:
    kind: str
    number: int
    oldest: datetime


def kinds() -> Iterator[type[Attempts]]:
    """Every model whose rows come due; messages have a page of their own."""
    for model in apps.get_models():
        if issubclass(model, Attempts) and model._meta.model_name != "outgoingmail":
            yield model


def set_aside() -> list[SetAside]:
    """The newest rows of each kind that were tried too often."""
    found: list[SetAside] = []
    for model in kinds():
        rows: Any = model._base_manager.filter(attempts__gte=MAX_ATTEMPTS)
        if model is DueTask:
            rows = rows.filter(state__in=[TaskState.FAILED, TaskState.WAITING])
        found += (
            SetAside(
                model=model._meta.label_lower,
                pk=row.pk,
                what=f"{model._meta.verbose_name}: {row}",
                error=row.last_error,
                can_be_dismissed=model is DueTask,
            )
            for row in rows.order_by("-pk")[:SHOWN]
        )
    return found


def overdue(now: datetime) -> list[Waiting]:
    """Tasks that should have begun, by kind, the one that waits longest first."""
    rows = DueTask.objects.ready(now).values("kind").annotate(number=Count("id"), oldest=Min("due_at"))
    return [Waiting(**row) for row in rows.order_by("oldest")]
