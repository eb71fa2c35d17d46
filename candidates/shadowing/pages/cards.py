"""What the pages of an interview, and of arranging them, show of sitting in."""

from datetime import datetime

from ats.accounts.models import User
from candidates.applications.models import Application
from candidates.interviews.models import Interview
from candidates.interviews.pages.cards import arranging_shows, interview_shows
from candidates.shadowing import queries
from candidates.shadowing.pages.forms import AloneForm, EvidenceForm, WordForm
from requisitions.roles.pages.cards import Panel


@interview_shows
def on_interview(interview: Interview, user: User, now: datetime) -> Panel | None:
    """Who sits in, what one owes to whom, and who is alone here without having sat in enough."""
    found = queries.of_interview(interview, user, now=now)
    if not found.sits_in and not found.alone and not found.choosable:
        return None
    forms = {
        row.seat.pk: EvidenceForm(initial={"evidence": row.shadowing.evidence}) if row.is_own else WordForm()
        for row in found.sits_in
    }
    rows = [(row, forms[row.seat.pk]) for row in found.sits_in]
    return Panel("candidates/shadowing/panel.html", {"of": found, "rows": rows, "alone_form": AloneForm()})


@arranging_shows
def on_arranging(application: Application, user: User, now: datetime) -> Panel | None:
    """Who is booked or planned alone here, and has not sat in often enough: by name."""
    alone = queries.alone_in(application, now=now)
    if not alone:
        return None
    rows = [(one, AloneForm(auto_id=f"alone-{one.planned.pk}-%s") if one.planned else None) for one in alone]
    return Panel("candidates/shadowing/alone.html", {"rows": rows, "application": application})
