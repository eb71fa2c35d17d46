"""What becomes of complaints when whoever complained is erased."""

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


def by_address(person: Person, now: datetime) -> int:
    """Complaints that came from their address by the page for everybody; what is open is answered first."""
    rows = DataComplaint.objects.filter(candidate=None, settled_at__isnull=False, email__iexact=person.email)
    return rows.update(**COMPLAINT) if person.email else 0
