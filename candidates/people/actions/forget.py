"""The person's own row, when they are erased: nothing of theirs stands in it any more, and applications keep it."""

from datetime import datetime
from typing import Any

from ats.kernel.erasing import Person
from candidates.people.models import Candidate

EMPTY: dict[str, Any] = {
    "first_name": "", "last_name": "", "email": "", "email_key": None, "email_confirmed_at": None, "phone": "",
    "phone_normalised": "", "city": "", "country": "", "time_zone": "", "language": "en", "headline": "", "links": [],
    "pool_consent_at": None, "pool_consent_until": None, "is_same_person": None, "name_key": "", "search": None,
}  # fmt: skip


def tags(person: Person, now: datetime) -> int:
    """The words by which colleagues found them again."""
    return Candidate.tags.through.objects.filter(candidate=person.id).delete()[0]


def people(person: Person, now: datetime) -> int:
    """Their own row: nothing of theirs stands in it, and triggers take along what it alone leads to."""
    return Candidate.objects.filter(pk=person.id).update(**EMPTY, anonymised_at=now, updated_at=now)
