"""What happened to a requisition, as its page tells it."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from ats.activity import verbs
from ats.activity.models import Activity
from requisitions.roles.models import Requisition

LENGTH = 12
LONGEST = 500


@dataclass(frozen=True)
class Entry:
    at: datetime
    icon: str
    who: str
    text: str


def timeline(requisition: Requisition, *, length: int = LENGTH) -> list[Entry]:
    """The last things that happened to the role itself; what is about a candidate stays on their pages."""
    rows = Activity.objects.filter(
        requisition_id=requisition.pk, application_id__isnull=True, candidate_id__isnull=True
    ).order_by("-id")
    entries = [_entry(row) for row in rows[:length]]
    # What somebody did several times in a row is said once, with its last time.
    return [next(group) for _, group in groupby(entries, key=lambda entry: (entry.who, entry.text))]


def _entry(activity: Activity) -> Entry:
    verb = verbs.known().get(activity.verb)
    words = defaultdict(lambda: "…", activity.data)
    return Entry(
        at=activity.occurred_at,
        icon=verb.icon if verb else "circle",
        who=activity.actor_name,
        text=verb.text.format_map(words) if verb else activity.verb,
    )
