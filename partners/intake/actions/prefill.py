"""Filling a brief in beforehand from an earlier role of the same manager."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.errors import Invalid, Missing
from ats.kernel.languages import ours
from ats.kernel.staff_words import gettext
from partners.intake.actions.fetch import Held, fetch
from partners.intake.actions.note import note_written, stir
from partners.intake.actions.write import apply
from partners.intake.actions.write_must_have import add_to
from partners.intake.domain import prefill as domain
from partners.intake.domain.fields import labels
from partners.intake.queries import prefill as sources
from partners.intake.rules import FILL
from partners.partnerships.models import Partnership


@transaction.atomic
def prefill(
    *, partnership_id: int, source_id: int, codes: Collection[str], by: User, now: datetime
) -> list[str]:
    """Take these fields over from another role of the same manager; what somebody has written stays as it is."""
    held = fetch(partnership_id, by, FILL)
    source = next((row for row in sources.earlier(by, held.partnership) if row.pk == source_id), None)
    if source is None:
        raise Missing(gettext("There is no such earlier role."))
    offers = domain.offered(sources.words_of(source), held.said)
    wanted = [offer for offer in offers if offer.code in codes]
    if not wanted:
        raise Invalid(gettext("Choose what to take over."))
    for offer in wanted:
        _take(held, offer.code, offer.value, source, by=by, now=now)
    taken = [offer.code for offer in wanted]
    data = {"fields": taken, "what": ours(labels)(taken), "source": str(source.requisition)}
    record("brief.prefilled", subject=held.brief, by=by, now=now, data=data)
    stir(held.requisition.pk)
    return taken


def _take(held: Held, code: str, value: Any, source: Partnership, *, by: User, now: datetime) -> None:
    if code == "must_haves":
        add_to(held, [(row["name"], row["why"]) for row in value], by=by, now=now)
    else:
        apply(held, code, value, by=by, now=now)
    note_written(held.brief, [code], by=by, now=now, came_from=source)
