"""What an application's page shows once somebody is hired: the way to what came of it."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application, ApplicationState
from candidates.applications.pages.cards import Panel, panel
from partners.outcomes.models import HireOutcome, HireOutcomeState


@panel
def outcome_panel(application: Application, user: User, now: datetime) -> Panel | None:
    """Nothing of who is not hired, and nothing is asked for them."""
    if application.state != ApplicationState.HIRED:
        return None
    rows = HireOutcome.objects.visible_to(user).filter(hire__application=application)
    outcome = rows.exclude(state=HireOutcomeState.TAKEN_BACK).prefetch_related("reviews").first()
    if outcome is None:
        return None
    return Panel("partners/outcomes/panel.html", {"outcome": outcome, "application": application})
