"""What a requisition's page shows of people who are kept for later."""

from datetime import datetime

from ats.accounts.models import User
from candidates.pools.rules import KEEP
from requisitions.models import Requisition, RequisitionState
from requisitions.roles.pages.cards import Panel, panel


@panel("main")
def who_came_far(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Asked for once the page is there, of the recruiting team alone."""
    if requisition.state != RequisitionState.OPEN or not user.has_perm(KEEP):
        return None
    return Panel("candidates/pools/medallists_panel.html", {"requisition": requisition})
