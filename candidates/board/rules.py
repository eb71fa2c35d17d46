"""Who sees a requisition's board, and who works on it."""

import rules

from ats.accounts.models import User
from ats.accounts.rules import is_active, recruits
from candidates.applications.models import WHOLE_TEAM
from requisitions.models import Requisition
from requisitions.roles.rules import sees, team_roles


@rules.predicate
def on_whole_team(user: User, requisition: Requisition | None) -> bool:
    """On the team in a role that sees every application; interviewers see only those they are asked about."""
    return requisition is not None and not team_roles(user, requisition).isdisjoint(WHOLE_TEAM)


serves = recruits & sees

rules.add_perm("candidates.view_board", serves | (is_active & on_whole_team))
rules.add_perm("candidates.work_board", serves)
