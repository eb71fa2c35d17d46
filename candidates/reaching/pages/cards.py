"""What an application's page says of another way to reach its candidate: before everything else."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.applications.pages.cards import Panel, panel_on_top
from candidates.reaching import queries
from candidates.reaching.actions import PERMISSION


@panel_on_top
def another_way(application: Application, user: User, now: datetime) -> Panel | None:
    row = queries.open_of(application)
    if row is None:
        return None
    may = user.has_perm(PERMISSION, application)
    return Panel("candidates/reaching/panel.html", {"row": row, "application": application, "may": may})
