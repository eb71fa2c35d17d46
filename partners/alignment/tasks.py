"""What the tick brings up: roles to look through, and who was to sign or to decide by now."""

from datetime import datetime

from django.db.models import QuerySet

from ats.duework import engine
from ats.duework.readiness import either, rows
from partners.alignment import actions
from partners.alignment.actions.fetch import ROWS, hold
from partners.alignment.models import Contradiction, Look, Signature


@engine.lane("alignment", due=rows(Look.objects.ready))
def look_through(now: datetime) -> int:
    """Whatever has changed, and every role once a day: medians move by themselves."""
    return engine.under_lock(Look.objects.ready(now).order_by("due_at", "pk"), _look, now=now, first=_hold)


def _hold(number: int) -> None:
    for place in Look.objects.filter(pk=number).values_list("partnership", flat=True):
        hold(place)


def _look(row: Look, now: datetime) -> None:
    actions.look(partnership_id=row.partnership_id, now=now)


@engine.lane(
    "alignment-reminders",
    due=either(rows(Signature.objects.to_remind), rows(Contradiction.objects.to_remind)),
)
def remind(now: datetime) -> int:
    signatures: QuerySet[Signature] = Signature.objects.to_remind(now).select_related(
        "person", "version", *(f"version__partnership__{name}" for name in ROWS)
    )
    contradictions: QuerySet[Contradiction] = Contradiction.objects.to_remind(now).select_related(
        "decider", *(f"partnership__{name}" for name in ROWS)
    )
    asked = engine.under_lock(signatures.order_by("remind_at", "pk"), actions.remind_signer, now=now)
    ready = contradictions.order_by("remind_at", "pk")
    return asked + engine.under_lock(ready, actions.remind_decider, now=now)
