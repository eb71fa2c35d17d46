"""Filling a database with realistic data at scale."""

from collections.abc import Callable
from datetime import datetime

from django.db import connection, transaction

from ats.demo.scale.company import make_company
from ats.demo.scale.evidence import add_evidence
from ats.demo.scale.meetings import add_meetings
from ats.demo.scale.people import Lives, Writer, populate
from ats.demo.words import Material
from candidates.models import Candidate, DispositionReason, Source
from candidates.people.search import refresh
from partners.partnerships import actions as partnerships

BATCH = 10_000
INDEXES_AFTERWARDS = 20_000
"""From so many people on, it is faster to build the search indexes once, at the end."""


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
    later = candidates >= INDEXES_AFTERWARDS
    if later:
        _drop_search_indexes()
    try:
        for made in populate(lives, count=candidates, batch=BATCH, after=refresh):
            say(f"{made} candidates")
    finally:
        if later:
            say("indexes")
            _build_search_indexes()
    for seat in seats:
        if seat.live:
            partnerships.begin(requisition=seat.requisition, now=now)
    say("partnerships")
    say(f"{add_meetings(material, seats, candidates=candidates, now=now)} interviews ahead")
    say(f"{add_evidence(material, seats, candidates=candidates, now=now)} scorecards")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def _search_indexes() -> list:
    return [
        index for index in Candidate._meta.indexes if index.name in {"candidate_words", "candidate_names"}
    ]


def _drop_search_indexes() -> None:
    with connection.schema_editor() as editor:
        for index in _search_indexes():
            editor.remove_index(Candidate, index)


def _build_search_indexes() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET maintenance_work_mem = '1GB'")
    with connection.schema_editor() as editor:
        for index in _search_indexes():
            editor.add_index(Candidate, index)
