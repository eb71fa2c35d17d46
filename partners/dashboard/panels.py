"""What a requisition's own page shows of its partnership."""

from datetime import datetime

from ats.accounts.models import User
from partners.checkins import workflow
from partners.dashboard import queries
from partners.partnerships.models import AgreementState, Partnership
from requisitions.models import Requisition
from requisitions.roles.figures import Panel, panel


@panel("side")
def partnership_panel(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """What both sides kept and missed, when they meet next, and the way to the dashboard; for the partners."""
    rows = Partnership.objects.visible_to(user).prefetch_related("agreements", "check_ins")
    partnership = rows.filter(requisition=requisition).first()
    if partnership is None:
        return None
    recruiter, manager = queries.together(queries.themes(partnership))
    context = {
        "partnership": partnership,
        "role": requisition,
        "recruiter": recruiter,
        "manager": manager,
        "agreed": any(row.state == AgreementState.ACCEPTED for row in partnership.agreements.all()),
        "meets": next((row for row in partnership.check_ins.all() if row.state in workflow.AHEAD), None),
    }
    return Panel("partners/dashboard/panel.html", context)
