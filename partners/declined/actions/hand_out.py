"""Handing a record out whole, for a tribunal; that it was handed out stands in it."""

import io
import json
import zipfile
from datetime import datetime

from django.db import transaction
from django.template.loader import render_to_string

from ats.accounts.models import User
from ats.kernel.languages import ours
from partners.declined.actions.add import added, fetch
from partners.declined.domain import whole
from partners.declined.models import Addition, DeclinedRequest


@transaction.atomic
def hand_out(*, declined_id: int, by: User, now: datetime) -> bytes:
    """An archive of the record with everything added to it, as a page to print and as data."""
    held = fetch(declined_id, by)
    added(held, Addition.EXPORTED, text="", by=by, now=now)
    record = DeclinedRequest.objects.whole().get(pk=held.pk)
    facts = ours(whole.facts_of)(record, by=str(by), at=now)
    shown = {"record": record, "additions": record.additions.all(), "by": by, "at": now}
    page = render_to_string("partners/declined/whole.html", shown)
    return _archive({"record.html": page, "record.json": json.dumps(facts, indent=1, ensure_ascii=False)})


def _archive(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return out.getvalue()
