"""What the page of a partnership shows of the advice on its role."""

from datetime import datetime

from ats.accounts.models import User
from partners.advice import queries
from partners.partnerships.models import Partnership
from partners.partnerships.pages.cards import panel
from requisitions.roles.pages.cards import Panel


@panel
def advice_panel(partnership: Partnership, user: User, now: datetime) -> Panel | None:
    """What is to be looked at, with its figures; nothing where the figures say nothing."""
    found = queries.standing_shown(partnership, user, now=now)
    return (
        Panel("partners/advice/panel.html", {"found": found, "partnership": partnership}) if found else None
    )
