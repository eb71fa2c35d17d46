"""The candidate's side of interviews: choosing a time, seeing what is booked, changing it. No script needed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, WrongState
from ats.kernel.languages import ours, too_long
from candidates.applications.models import Application
from candidates.documents.views import inert
from candidates.interviews import workflow
from candidates.interviews.models import Interview, InterviewState
from candidates.interviews.queries import calendar_files
from candidates.interviews.queries.facts import candidate_zone
from candidates.people.actions import change_contact
from candidates.portal import actions
from candidates.portal.models import PortalLink
from candidates.portal.pages.interviews.forms import (
    NEEDS_HELP,
    NEEDS_LABEL,
    GiveForm,
    MoveForm,
    NeedsForm,
    PickForm,
    ReasonForm,
    ZoneForm,
)
from candidates.portal.pages.views import by_link, too_often
from candidates.portal.queries import interviews as queries
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import request_times
from candidates.scheduling.domain.slots import starts_of
from candidates.scheduling.models import BookingRequest, BookingState, BookingWay

DONE = {
    "booked": gettext_lazy("Your time is booked. We have sent you the details by e-mail."),
    "moved": gettext_lazy("Your new time is booked. We have sent you the details by e-mail."),
    "needs": gettext_lazy("Thank you, the recruiting team has your note."),
    "given": gettext_lazy("Thank you. We choose one of these times and write to you."),
}
GONE = {
    BookingState.BOOKED: gettext_lazy("You have chosen a time already."),
    BookingState.EXPIRED: gettext_lazy(
        "The time for choosing has run out. We are looking for new times and write to you."
    ),
    BookingState.CANCELLED: gettext_lazy("These times are no longer offered. Your page shows what is next."),
}
FASTER = gettext_lazy("Somebody was faster, and this time is no longer free. These are the times that are:")
THEIRS = gettext_lazy("You have another interview with us at that time. These are the times that are free:")
CHOOSE = gettext_lazy("Choose one of the times.")


@dataclass(frozen=True)
class Visit:
    """A candidate on a page about one of their applications, and the zone in which they read times."""

    request: HttpRequest
    link: PortalLink
    token: str
    application: Application
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        return candidate_zone(self.application)

    def place(self, name: str, *args: Any) -> str:
        return reverse(name, args=[self.token, *args])

    def page(self, name: str, *, status: int = 200, **facts: Any) -> HttpResponse:
        context = {
            "token": self.token,
            "candidate": self.link.candidate,
            "organisation": self.application.requisition.organisation,
            "zone": self.zone.key.rpartition("/")[2].replace("_", " "),
            "zone_form": ZoneForm(initial={"time_zone": self.zone.key}, auto_id="%s", label_suffix=""),
            "here": self.request.path,
            "needs_label": NEEDS_LABEL,
            "needs_help": NEEDS_HELP,
            "done": DONE.get(self.request.GET.get("done", "")),
        }
        with timezone.override(self.zone):
            return render(self.request, f"candidates/portal/{name}.html", context | facts, status=status)

    def begin(self) -> None:
        """Count one more act of this candidate; too many in a short while are refused."""
        if problem := too_often(self.link):
            raise WrongState(problem)
        ours(actions.used)(self.link, now=self.now)


def _typed(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


# --- Choosing a time


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_times(request: HttpRequest, link: PortalLink, token: str, request_id: int) -> HttpResponse:
    """The times to choose from, or the form to say when one can; clear words where it is too late."""
    asked = queries.request_of(link.candidate, request_id)
    visit = Visit(request, link, token, asked.application, timezone.now())
    if over := _over(asked, visit.now):
        return _times_over(visit, asked, over)
    return _give(visit, asked) if asked.way == BookingWay.GIVE else _pick(visit, asked)


def _times_over(visit: Visit, asked: BookingRequest, over: str) -> HttpResponse:
    """Why there is nothing to choose any more; who chooses once more, or twice, is shown what they have booked."""
    booked = asked.interviews.ahead().order_by("starts_at").first()
    if visit.request.method == "POST" and asked.state == BookingState.BOOKED and booked is not None:
        return redirect(f"{visit.place('status_interview', booked.pk)}?done=booked")
    gone = asked.state != BookingState.BOOKED
    arranged = queries.arranged_now(asked.application, now=visit.now)
    return visit.page("times_over", status=410 if gone else 200, asked=asked, over=over, arranged=arranged)


def _over(asked: BookingRequest, now: datetime) -> str:
    """Why there is nothing to choose any more, if that is so."""
    if asked.state in GONE:
        return str(GONE[BookingState(asked.state)])
    if asked.expires_at <= now:
        return str(GONE[BookingState.EXPIRED])
    return str(GONE[BookingState.CANCELLED]) if asked.application.state != "active" else ""


def _pick(visit: Visit, asked: BookingRequest) -> HttpResponse:
    form = PickForm(_typed(visit.request), auto_id="%s", label_suffix="")
    problem, status = "", 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            visit.begin()
            booked = ours(booking.pick)(
                request=asked,
                slot_key=form.cleaned_data["slot"],
                candidate=visit.link.candidate,
                now=visit.now,
                needs=form.cleaned_data["needs"],
            )
        except ActionError as refused:
            problem, status = _refused(refused), 409
            asked = queries.request_of(visit.link.candidate, asked.pk)
            if over := _over(asked, visit.now):  # by another tab, or a second click
                return _times_over(visit, asked, over)
        else:
            return redirect(f"{visit.place('status_interview', booked[0].pk)}?done=booked")
    elif form.is_bound:
        problem = str(CHOOSE)
    offer = queries.offer_of(asked, zone=visit.zone, now=visit.now)
    return visit.page("times_pick", status=status, asked=asked, offer=offer, form=form, problem=problem)


def _refused(why: ActionError) -> str:
    if isinstance(why, booking.Taken):
        return str(THEIRS if why.is_theirs else FASTER)
    return why.message


def _give(visit: Visit, asked: BookingRequest) -> HttpResponse:
    form = GiveForm(
        _typed(visit.request),
        zone=visit.zone,
        given=request_times.times_of(asked),
        initial={"note": asked.note},
        auto_id="%s",
        label_suffix="",
    )
    if form.is_bound and form.is_valid():
        try:
            visit.begin()
            ours(request_times.give)(
                request=asked,
                times=form.times,
                note=form.cleaned_data["note"],
                candidate=visit.link.candidate,
                now=visit.now,
            )
        except ActionError as refused:
            form.add_error(None, refused.message)
            asked = queries.request_of(visit.link.candidate, asked.pk)
            if over := _over(asked, visit.now):
                return _times_over(visit, asked, over)
        else:
            return redirect(f"{visit.place('status_times', asked.pk)}?done=given")
    parts = queries.parts_of(asked)
    longest = max(part.minutes for part in parts)
    status = 400 if form.errors else 200
    return visit.page("times_give", status=status, asked=asked, parts=parts, minutes=longest, form=form)


@by_link
@require_POST
def status_zone(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """Show me times where I am; kept with my details."""
    form = ZoneForm(request.POST)
    if form.is_valid():
        zone, now = form.cleaned_data["time_zone"], timezone.now()
        ours(change_contact)(candidate=link.candidate, by=link.candidate, now=now, time_zone=zone)
    mine, back = reverse("status", args=[token]), request.POST.get("back", "")
    return redirect(back if back.startswith(mine) and "//" not in back else mine)


# --- What is booked


def _visit(request: HttpRequest, link: PortalLink, token: str, interview_id: int) -> tuple[Visit, Interview]:
    interview = queries.interview_of(link.candidate, interview_id)
    return Visit(request, link, token, interview.application, timezone.now()), interview


@by_link
@require_safe
def status_interview(request: HttpRequest, link: PortalLink, token: str, interview_id: int) -> HttpResponse:
    """With whom, when, where, how to prepare; and what I can change."""
    return _interview_page(*_visit(request, link, token, interview_id))


def _interview_page(
    visit: Visit, interview: Interview, *, problem: str = "", status: int = 200
) -> HttpResponse:
    state = InterviewState(interview.state)
    return visit.page(
        "interview",
        status=status,
        interview=interview,
        problem=problem,
        is_ahead=state == InterviewState.BOOKED and interview.ends_at > visit.now,
        gone="" if state == InterviewState.BOOKED else workflow.GONE[state],
        may_change=queries.may_change(interview, now=visit.now),
        until=booking.changeable_until(interview),
    )


def _too_late(visit: Visit, interview: Interview) -> HttpResponse:
    """Its page says why it cannot be changed here any more."""
    return _interview_page(visit, interview, status=409 if visit.request.method == "POST" else 200)


@by_link
@require_POST
def status_interview_needs(
    request: HttpRequest, link: PortalLink, token: str, interview_id: int
) -> HttpResponse:
    """What I need, said privately."""
    visit, interview = _visit(request, link, token, interview_id)
    form = NeedsForm(request.POST)
    if not form.is_valid():
        return _interview_page(
            visit,
            interview,
            problem=str(too_long(2000)),
            status=400,
        )
    needs = form.cleaned_data["needs"]
    try:
        visit.begin()
        ours(booking.say_needs)(interview=interview, needs=needs, candidate=link.candidate, now=visit.now)
    except ActionError as refused:
        return _interview_page(visit, interview, problem=refused.message, status=409)
    return redirect(f"{visit.place('status_interview', interview.pk)}?done=needs")


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_interview_move(
    request: HttpRequest, link: PortalLink, token: str, interview_id: int
) -> HttpResponse:
    """Another time, with the reason."""
    visit, interview = _visit(request, link, token, interview_id)
    if not queries.may_change(interview, now=visit.now):
        return _too_late(visit, interview)
    moved = f"{visit.place('status_interview', interview.pk)}?done=moved"
    form = MoveForm(_typed(request), auto_id="%s", label_suffix="")
    problem, status = "", 400 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        wanted = None
        try:
            visit.begin()
            wanted = starts_of(form.cleaned_data["slot"])[0]
            ours(booking.reschedule)(
                interview=interview,
                starts_at=wanted,
                reason=form.cleaned_data["reason"],
                by=link.candidate,
                now=visit.now,
            )
        except ActionError as refused:
            problem, status = _refused(refused), 409
            interview = queries.interview_of(link.candidate, interview_id)
            if interview.state == InterviewState.BOOKED and interview.starts_at == wanted:
                return redirect(moved)  # a second click: it is there already
        else:
            return redirect(moved)
    elif form.is_bound and form.has_error("slot"):
        problem = str(CHOOSE)
    days = queries.other_times(interview, zone=visit.zone, now=visit.now)
    return visit.page(
        "interview_move", status=status, interview=interview, days=days, form=form, problem=problem
    )


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_interview_cancel(
    request: HttpRequest, link: PortalLink, token: str, interview_id: int
) -> HttpResponse:
    """I cannot come, and say why; asked once, on a page of its own."""
    visit, interview = _visit(request, link, token, interview_id)
    if not queries.may_change(interview, now=visit.now):
        return _cancelled(visit, interview) or _too_late(visit, interview)
    form = ReasonForm(_typed(request), auto_id="%s", label_suffix="")
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            visit.begin()
            ours(booking.cancel)(interview=interview, reason=reason, by=link.candidate, now=visit.now)
        except ActionError as refused:
            form.add_error("reason", refused.message)
        interview = queries.interview_of(link.candidate, interview_id)
        if gone := _cancelled(visit, interview):
            return gone
    status = 400 if form.errors else 200
    return visit.page("interview_cancel", status=status, interview=interview, form=form)


def _cancelled(visit: Visit, interview: Interview) -> HttpResponse | None:
    """The answer to who cancels what they have cancelled: it is done, however often they say so."""
    theirs = interview.state == InterviewState.CANCELLED and interview.cancelled_by_candidate
    if visit.request.method != "POST" or not theirs:
        return None
    return redirect(f"{visit.place('status')}?done=interview_cancelled")


@by_link
@require_safe
def status_interview_file(
    request: HttpRequest, link: PortalLink, token: str, interview_id: int
) -> HttpResponseBase:
    """The interview as a file for a calendar."""
    visit, interview = _visit(request, link, token, interview_id)
    file = calendar_files.for_candidate(
        interview,
        interview.application,
        queries.seats_in(interview),
        cancelled=interview.state == InterviewState.CANCELLED,
        now=visit.now,
    )
    response = FileResponse([file.content], content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file.filename}"'
    return inert(response, cache="private, no-store")
