"""That somebody took a table of people with them."""

from datetime import datetime

from django.db import transaction

from ats.accounts.models import User
from ats.activity.record import record
from candidates.bulk.models import BulkRun


@transaction.atomic
def note_export(run: BulkRun, *, number: int, by: User, now: datetime) -> None:
    record("bulk.exported", subject=run, by=by, now=now, data={"number": number})
