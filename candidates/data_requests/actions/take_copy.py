"""Taking a copy along by its link."""

from datetime import datetime

from django.db import transaction

from ats.activity.record import record
from ats.kernel.access import lock
from ats.kernel.errors import Missing
from candidates.data_requests.actions.make_copy import hash_of
from candidates.data_requests.models import DataCopy


def by_token(token: str) -> DataCopy | None:
    """The copy that this link was sent for, over or not; None where nobody was sent such a link."""
    rows = DataCopy.objects.select_related("candidate").defer("candidate__search")
    return rows.filter(token_hash=hash_of(token), candidate__anonymised_at=None).first()


@transaction.atomic
def take(*, copy: DataCopy, now: datetime) -> DataCopy:
    """Somebody downloads it: from now on the link works for an hour. `Missing` where it is over meanwhile."""
    lock(DataCopy, copy.pk)
    found = DataCopy.objects.select_related("candidate").defer("candidate__search").filter(pk=copy.pk).first()
    if found is None or not found.is_there(now) or not found.file.storage.exists(found.file.name or ""):
        raise Missing("The link is over.")
    if found.taken_at is None:
        found.taken_at = now
        found.save(update_fields=["taken_at"])
        record("data.copy_taken", subject=found, by=found.candidate, now=now)
    return found
