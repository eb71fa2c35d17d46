"""What a requisition's own pages show of its candidates."""

from datetime import datetime
from typing import Any

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.board.queries import role
from candidates.board.queries.board import BoardFilter, heads
from candidates.internal.queries import kept_in
from requisitions.models import Requisition, RequisitionState
from requisitions.roles.domain.figures import owed
from requisitions.roles.pages.cards import Panel, panel
from requisitions.roles.workflow import LIVE


@panel("top")
def whose_move(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Who owes the next step to how many, and by when; and what the two partners owe each other.

    Whoever is late comes first, whether to candidates or to their partner.
    """
    if requisition.state not in LIVE or not user.has_perm("candidates.view_board", requisition):
        return None
    rows: list[dict[str, Any]] = [
        {
            "who": move.who(),
            "line": move.said(user),
            "next": move.next,
            "owed": None,
            "late": move.late > 0,
            "due": move.next.due_at,
        }
        for move in role.moves(requisition, now=now, kept=kept_in(user, requisition.pk))
    ]
    rows += [
        {"who": each.who, "line": each.said, "owed": each, "late": bool(each.lateness), "due": each.due_at}
        for each in owed(requisition, user=user, now=now)
    ]
    rows.sort(key=lambda row: (not row["late"], row["due"]))
    return Panel("candidates/board/moves_panel.html", {"moves": rows})


@panel("main")
def where_they_stand(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """How many are in each stage, and for how long; the way to the board."""
    if requisition.state == RequisitionState.DRAFT:
        return None
    if not user.has_perm("candidates.view_board", requisition):
        return None
    columns = heads(requisition, narrowed=BoardFilter(kept=kept_in(user, requisition.pk)), now=now)
    most = max([column.count for column in columns], default=0)
    context = {"requisition": requisition, "columns": columns, "most": most}
    return Panel("candidates/board/stages_panel.html", context)


@panel("end")
def who_waits(requisition: Requisition, user: User, now: datetime) -> Panel | None:
    """Nobody is left without an answer: where somebody is in play, the role ends by telling them."""
    kept = kept_in(user, requisition.pk)
    waiting = Application.objects.active().filter(requisition=requisition).exclude(pk__in=kept).count()
    if not waiting:
        return None
    return Panel("candidates/board/waiting_panel.html", {"requisition": requisition, "waiting": waiting})
