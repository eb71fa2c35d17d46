"""The person's own row, when they are erased: nothing of theirs stands in it any more, and applications keep it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Value
from django.db.models.functions import Coalesce

from ats.kernel.erasing import Person
from candidates.people.models import Candidate

EMPTY: dict[str, Any] = {
    "first_name": "", "last_name": "", "called": "", "email": "", "email_key": None, "email_confirmed_at": None,
    "phone": "", "phone_normalised": "", "city": "", "country": "", "time_zone": "", "language": "en", "headline": "",
    "links": [], "pool_consent_at": None, "pool_consent_until": None, "is_same_person": None, "name_key": "",
    "search": None,
}  # fmt: skip


def tags(people: Sequence[Person], now: datetime) -> None:
    """The words by which colleagues found them again."""
    Candidate.tags.through.objects.filter(candidate__in=[person.id for person in people]).delete()


def rows(people: Sequence[Person], now: datetime) -> None:
    """Their own rows: nothing of theirs stands in them, and triggers take along what these alone lead to."""
    since = Coalesce("anonymised_at", Value(now))  # whoever is swept once more has been gone since then
    theirs = Candidate.objects.filter(pk__in=[person.id for person in people])
    theirs.update(**EMPTY, anonymised_at=since, updated_at=since)
