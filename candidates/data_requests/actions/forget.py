"""What becomes of complaints when whoever complained is erased."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from ats.kernel.erasing import ERASED, Person, hidden
from candidates.data_requests.models import DataComplaint

COMPLAINT: dict[str, Any] = {
    "name": ERASED,
    "email": "",
    "text": ERASED,
    "answer": hidden("answer"),
    "language": "en",
    "last_error": "",
    "candidate": None,
}
"""That somebody complained, when it was answered and how is proof of what we did; it is nobody's any more."""


def by_address(people: Sequence[Person], now: datetime) -> None:
    """Complaints that came from their addresses by the page for everybody; what is open is answered first."""
    rows = DataComplaint.objects.filter(candidate=None, settled_at__isnull=False)
    for person in people:
        if person.email:
            rows.filter(email__iexact=person.email).update(**COMPLAINT)
