"""What becomes of it when somebody is erased: nobody counts as ours who is nobody any more."""

from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Greatest

from ats.kernel.erasing import Person
from candidates.submissions.models import Ownership


def end_ownerships(person: Person, now: datetime) -> int:
    """From whom to whom they counted as ours stays as a fact, without a person; it ends now."""
    rows = Ownership.objects.filter(candidate=person.id, ends_at__gt=now)
    return rows.update(ends_at=Greatest(F("starts_at"), Value(now)), updated_at=now)
