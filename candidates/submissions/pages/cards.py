"""On the page of an application: whether its candidate is put forward to the client."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.applications.pages.cards import Panel, panel_on_top
from candidates.submissions.pages.forms import AnswerForm
from candidates.submissions.queries.page import stands


@panel_on_top
def put_forward(application: Application, user: User, now: datetime) -> Panel | None:
    """For who serves the candidate; the client's people come to this page only where it is settled."""
    if not user.recruits:
        return None
    found = stands(application, user=user, now=now)
    if found is None:
        return None
    form = AnswerForm(initial={"said_on": now.date()}, auto_id="yes_%s", label_suffix="")
    context = {"application": application, "stands": found, "row": found.row, "form": form, "now": now}
    return Panel("candidates/submissions/panel.html", context)
