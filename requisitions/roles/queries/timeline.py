"""What happened to a requisition, as its page tells it."""

from dataclasses import replace
from itertools import groupby

from ats.activity.describing import Entry, entries
from ats.activity.models import Activity
from requisitions.roles.models import Requisition

LENGTH = 12
LONGEST = 500


def timeline(requisition: Requisition, *, length: int = LENGTH) -> list[Entry]:
    """The last things that happened to the role itself; what is about a candidate stays on their pages."""
    rows = Activity.objects.filter(
        requisition_id=requisition.pk, application_id__isnull=True, candidate_id__isnull=True
    ).order_by("-id")
    told = [replace(entry, body="") for entry in entries(rows[:length])]
    # What somebody did several times in a row is said once, with its last time.
    return [next(group) for _, group in groupby(told, key=lambda entry: (entry.who, entry.text))]
