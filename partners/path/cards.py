"""What the page of a partnership shows of the path: the way to it, and whether its manager has read it."""

from datetime import datetime

from ats.accounts.models import User
from partners.partnerships.models import Partnership
from partners.partnerships.pages.cards import panel
from partners.path import queries
from requisitions.roles.pages.cards import Panel


@panel
def how_we_work(partnership: Partnership, user: User, now: datetime) -> Panel | None:
    """Of a manager who does not recruit; who recruits knows the path from the other side."""
    manager = partnership.requisition.hiring_manager
    if manager is None or manager.recruits:
        return None
    facts = {
        "partnership": partnership,
        "manager": manager,
        "read_at": queries.read_at(manager),
        "own": manager == user,
    }
    return Panel("partners/path/panel.html", facts)
