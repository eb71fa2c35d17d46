"""What an application's page shows of times that are asked for, to those who arrange them."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application, ApplicationState
from candidates.applications.panels import Panel, panel
from candidates.interviews.seating import SCHEDULE


@panel
def times_panel(application: Application, user: User, now: datetime) -> Panel | None:
    """Whether the candidate is asked for a time, and the way to arrange one."""
    if application.state != ApplicationState.ACTIVE or not user.has_perm(SCHEDULE, application):
        return None
    asked = application.booking_requests.live().first()
    return Panel("candidates/interviews/times_panel.html", {"application": application, "asked": asked})
