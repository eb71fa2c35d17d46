"""What pages say of times that are asked for or proposed, and the page that takes them from a mail."""

from dataclasses import dataclass
from datetime import datetime

from django.forms import Form
from django.http import QueryDict

from ats.accounts.models import User
from ats.by_mail.domain import purposes
from ats.by_mail.domain.purposes import Done, Purpose, Shown
from ats.by_mail.models import MailKey
from ats.kernel.errors import NotAllowed
from ats.kernel.rows import columns, made
from ats.kernel.staff_words import gettext
from candidates.applications.models import Application, ApplicationState
from candidates.interviews.actions.seat import SCHEDULE
from candidates.interviews.models import Interview, InterviewState
from candidates.interviews.pages.cards import interview_shows
from candidates.scheduling.actions import ask_interviewers
from candidates.scheduling.models import BookingRequest
from candidates.scheduling.pages.forms import AvailabilityForm
from candidates.scheduling.queries import availability_requests, proposed_times
from candidates.scheduling.queries.availability_requests import Page
from requisitions.roles.pages.cards import Panel

ASKED = f"""
    SELECT {columns("b", BookingRequest, "state", "expires_at")} FROM candidates_bookingrequest b
    WHERE b.application_id = %(application)s AND b.state IN ('open', 'given') ORDER BY b.id LIMIT 1
"""  # noqa: S608


@dataclass(frozen=True)
class Arranging:
    """Somebody may arrange interviews here; `asked` is the question that waits with the candidate."""

    asked: BookingRequest | None


def arranging(application: Application, user: User) -> Arranging | None:
    """Whether the candidate is asked for a time; None for who does not arrange interviews, or once it ended."""
    if application.state != ApplicationState.ACTIVE or not user.has_perm(SCHEDULE, application):
        return None
    return Arranging(next(iter(made(BookingRequest, ASKED, {"application": application.pk})), None))


@interview_shows
def proposed(interview: Interview, user: User, now: datetime) -> Panel | None:
    """Other times that are proposed: all to who arranges it, their own to somebody who takes part."""
    if interview.state != InterviewState.BOOKED or not (rows := proposed_times.open_of([interview])):
        return None
    if user.has_perm(SCHEDULE, interview):
        found = proposed_times.shown(rows, [interview], now=now)
        return Panel("candidates/scheduling/proposed.html", {"proposed": found})
    mine = next((row for row in rows if row.seat is not None and row.seat.user_id == user.pk), None)
    return Panel("candidates/scheduling/proposed_mine.html", {"row": mine}) if mine is not None else None


# --- When somebody who is to sit in an interview can: signed in, and from the mail


def availability_page(
    user: User, request_id: int, typed: QueryDict | None, *, now: datetime
) -> tuple[Page, AvailabilityForm]:
    """What they are asked, with the rows for their times; `WrongState` where nobody needs them any more."""
    page = availability_requests.page_of(user, request_id, now=now)
    form = AvailabilityForm(
        typed, terms=page.terms, zone=user.zone, given=page.times, auto_id="%s", label_suffix=""
    )
    return page, form


def show(key: MailKey, given: QueryDict | None, now: datetime) -> Shown:
    """The question as it stands, for whoever was asked."""
    page, form = availability_page(key.user, key.subject_id, given, now=now)
    role = page.request.application.requisition
    if role.confidential:
        raise NotAllowed(gettext("This role is confidential by now: it opens with a sign-in alone."))
    context = {"page": page, "asked": page.request}
    return Shown("candidates/scheduling/by_mail.html", form, role.organisation, context)


def give(key: MailKey, form: Form, now: datetime) -> Done:
    assert isinstance(form, AvailabilityForm)
    given = ask_interviewers.give(request_id=key.subject_id, times=form.times, by=key.user, now=now)
    said = gettext("%(asked_by)s sees when you can meet %(candidate)s.")
    return Done(said % {"asked_by": given.asked_by, "candidate": given.application.candidate})


purposes.declare([Purpose(name=ask_interviewers.BY_MAIL, show=show, act=give)])
