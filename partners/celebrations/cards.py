"""What the page of a partnership shows of its celebrations."""

from datetime import datetime

from ats.accounts.models import User
from partners.celebrations import queries
from partners.partnerships.models import Partnership
from partners.partnerships.pages.cards import panel
from requisitions.roles.pages.cards import Panel


@panel
def celebrated(partnership: Partnership, user: User, now: datetime) -> Panel | None:
    """What they brought about together, with both bars and who took part; nothing where there is nothing yet."""
    shown = queries.of_partnership(partnership)
    return Panel("partners/celebrations/panel.html", {"celebrations": shown}) if shown else None
