"""Filling a database with realistic data at scale."""

from collections.abc import Callable
from contextlib import nullcontext
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef

from ats.demo.scale.bulk import is_alone, unguarded
from ats.demo.scale.company import make_company
from ats.demo.scale.evidence import add_evidence
from ats.demo.scale.meetings import add_meetings
from ats.demo.scale.offers import add_offers
from ats.demo.scale.people import COLUMNS, Lives, Writer, populate
from ats.demo.words import Material
from candidates.models import Application, DispositionReason, Document, Promise, Source
from candidates.people.actions.index import refresh
from partners.partnerships import actions as partnerships

BATCH = 10_000
AT_ONCE = 20_000
"""From so many people on it is faster to build the indexes, and to check what refers to what, at the end."""


def seed(
    *, candidates: int, requisitions: int, seed: int, now: datetime, say: Callable[[str], None] = print
) -> None:
    """Add a company with that many requisitions and candidates; the same for the same seed and moment."""
    material = Material(seed)
    with transaction.atomic():
        seats = make_company(material, requisitions=requisitions, now=now)
        source, _ = Source.objects.get_or_create(name="Careers site", defaults={"kind": "careers"})
    say(f"{requisitions} requisitions")
    reason = DispositionReason.objects.filter(kind="chose_otherwise").order_by("position", "id").first()
    if reason is None:
        raise RuntimeError("There is no disposition reason: migrate first.")
    lives = Lives(
        material=material,
        seats=seats,
        now=now,
        crowd=min(2_000, candidates // 4),
        writer=Writer(),
        reason=reason,
        source=source,
    )
    at_once = candidates >= AT_ONCE and is_alone()
    with unguarded(COLUMNS, but_indexes_of=[Document]) if at_once else nullcontext():
        for made in populate(lives, count=candidates, batch=BATCH, after=refresh):
            say(f"{made} candidates")
        if at_once:
            say("indexes")
    _check_promises()
    for seat in seats:
        if seat.live:
            partnerships.begin(requisition=seat.requisition, now=now)
    say("partnerships")
    say(f"{add_meetings(material, seats, candidates=candidates, now=now)} interviews ahead")
    say(f"{add_evidence(material, seats, candidates=candidates, now=now)} scorecards")
    say(f"{add_offers(material, seats, candidates=candidates, now=now)} offers")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _check_promises() -> None:
    """What the trigger on applications would have refused one by one."""
    waiting = Application.objects.active().filter(
        ~Exists(Promise.objects.open().filter(application=OuterRef("pk")))
    )
    if waiting.exists():
        raise RuntimeError("Somebody in play has no open promise.")
