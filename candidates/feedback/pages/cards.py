"""What the page of an application shows of feedback: asked for, given, or to be given."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application, ApplicationState
from candidates.applications.pages.cards import Panel, panel
from candidates.feedback import queries
from candidates.feedback.models import RequestState
from candidates.feedback.rules import GIVE


@panel
def feedback_panel(application: Application, user: User, now: datetime) -> Panel | None:
    """Of somebody with whom we did not go on; for whoever gives it, and what was given for the others."""
    if application.state != ApplicationState.REJECTED:
        return None
    may = user.has_perm(GIVE, application)
    given, asked = queries.given_in(application), queries.request_of(application)
    if not may and given is None:
        return None
    context = {
        "application": application,
        "given": given,
        "points": [point.criterion for point in given.points.order_by("position")] if given else [],
        "asked": asked,
        "is_open": asked is not None and asked.state == RequestState.OPEN,
        "is_declined": asked is not None and asked.state == RequestState.DECLINED,
        "may": may,
        "drafts": queries.drafts_of(application) if may and given is None else [],
        "now": now,
    }
    return Panel("candidates/feedback/panel.html", context)
