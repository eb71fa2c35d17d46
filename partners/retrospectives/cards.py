"""What the page of a partnership shows of its look back."""

from datetime import datetime

from ats.accounts.models import User
from partners.partnerships.models import Partnership
from partners.partnerships.pages.cards import panel
from partners.retrospectives.models import Retrospective, RetrospectiveState
from requisitions.roles.pages.cards import Panel


@panel
def look_back(partnership: Partnership, user: User, now: datetime) -> Panel | None:
    """The way to it, once the role has ended."""
    rows = Retrospective.objects.exclude(state=RetrospectiveState.SET_ASIDE).filter(partnership=partnership)
    found = rows.first()
    if found is None:
        return None
    owes = Retrospective.objects.owed_by(user).filter(pk=found.pk).exists()
    late = found.state != RetrospectiveState.DONE and found.due_at < now
    return Panel("partners/retrospectives/panel.html", {"retrospective": found, "owes": owes, "late": late})
