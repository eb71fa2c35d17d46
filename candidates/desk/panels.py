"""What a requisition's own pages show of its candidates."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.desk import queries
from candidates.desk.board import BoardFilter, heads
from requisitions.models import Requisition, RequisitionState
from requisitions.roles.figures import Panel, panel
from requisitions.roles.workflow import LIVE


@panel("top")
def whose_move(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Who owes the next step to how many, and by when."""
    if requisition.state not in LIVE or not user.has_perm("candidates.view_board", requisition):
        return None
    moves = [
        {"who": move.who(), "line": move.said(user), "next": move.next}
        for move in queries.moves(requisition, now=now)
    ]
    return Panel("candidates/desk/moves_panel.html", {"moves": moves})


@panel("main")
def where_they_stand(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """How many are in each stage, and for how long; the way to the board."""
    if requisition.state == RequisitionState.DRAFT:
        return None
    if not user.has_perm("candidates.view_board", requisition):
        return None
    columns = heads(requisition, narrowed=BoardFilter(), now=now)
    most = max([column.count for column in columns], default=0)
    context = {"requisition": requisition, "columns": columns, "most": most}
    return Panel("candidates/desk/stages_panel.html", context)


@panel("end")
def who_waits(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Nobody is left without an answer: where somebody is in play, the role ends by telling them."""
    waiting = Application.objects.active().filter(requisition=requisition).count()
    if not waiting:
        return None
    return Panel("candidates/desk/waiting_panel.html", {"requisition": requisition, "waiting": waiting})
