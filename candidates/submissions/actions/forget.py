"""What becomes of it when somebody is erased: nobody counts as ours who is nobody any more."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import F, Value
from django.db.models.functions import Greatest

from ats.kernel.erasing import Person
from candidates.submissions.models import Ownership


def end_ownerships(people: Sequence[Person], now: datetime) -> None:
    """From whom to whom they counted as ours stays as a fact, without a person; it ends now."""
    rows = Ownership.objects.filter(candidate__in=[person.id for person in people], ends_at__gt=now)
    rows.update(ends_at=Greatest(F("starts_at"), Value(now)), updated_at=now)
