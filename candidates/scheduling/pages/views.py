"""The coordinator's page: everybody's time side by side, and what is booked for one application."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.calendars.domain.hours import day_named
from ats.kernel import when
from ats.kernel.errors import ActionError, Invalid
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.interviews.actions import settle
from candidates.interviews.pages.cards import shown_on_arranging
from candidates.matters.queries import points_of
from candidates.scheduling import actions as booking
from candidates.scheduling.actions import ask_interviewers, request_times
from candidates.scheduling.domain.slots import starts_of
from candidates.scheduling.domain.week import Grid
from candidates.scheduling.models import BookingState, BookingWay
from candidates.scheduling.pages.forms import AskForm, MoveForm, NoShowForm, OtherTimeForm, ReasonForm
from candidates.scheduling.queries import arranging, pools
from candidates.scheduling.queries.arranging import Arranging, Choice
from candidates.scheduling.queries.availability import FARTHEST

PAGE = "candidates/scheduling/arranging.html"


def place_of(application_id: int, choice: Choice | None = None) -> str:
    """The page's address, with what was chosen on it."""
    address = reverse("application_interviews", args=[application_id])
    if choice is None or not choice.planned_ids:
        return address
    chosen: dict[str, Any] = {"planned": choice.planned_ids, "who": choice.user_ids}
    if choice.week:
        chosen["week"] = choice.week.isoformat()
    if len(choice.planned_ids) > 1:
        chosen |= {"shortest": choice.breaks[0], "longest": choice.breaks[1]}
    return f"{address}?{urlencode(chosen, doseq=True)}"


def _choice(given: QueryDict, arranged: Arranging | None = None) -> Choice:
    """What the address or a form says is to be booked; the next of the plan where it says nothing."""
    planned = [number(text) or 0 for text in given.getlist("planned")]
    usual = (0, 30)
    if not planned and arranged is not None:
        planned = [each.pk for each in arranged.open[:1]]
        if asked := arranged.asked:
            planned = [each.pk for each in arranged.still_asked]
            usual = (asked.shortest_break, asked.longest_break)
    shortest, longest = number(given.get("shortest", "")), number(given.get("longest", ""))
    shortest = usual[0] if shortest is None else shortest
    return Choice(
        planned_ids=list(dict.fromkeys(planned)),
        user_ids=[number(text) or 0 for text in given.getlist("who")],
        week=day_named(given.get("week", ""), near=timezone.localdate(), within=FARTHEST),
        breaks=(shortest, max(shortest, usual[1] if longest is None else longest)),
    )


@signed_in()
@require_safe
def application_interviews(request: StaffRequest, application_id: int) -> HttpResponse:
    """What is booked, what wants a time, and everybody's free time side by side."""
    arranged = arranging.arranging(request.user, application_id, now=timezone.now())
    return _page(request, arranged, _choice(request.GET, arranged))


def _page(
    request: StaffRequest, arranged: Arranging, choice: Choice, *, status: int = 200, **facts: Any
) -> HttpResponse:
    user, now = request.user, timezone.now()
    application = arranged.application
    week = arranging.week_of(arranged, choice, zone=user.zone, now=now) if choice.planned_ids else None
    today = now.astimezone(application.requisition.organisation.calendar.zone).date()
    row = len(choice.planned_ids) > 1
    context = {
        "arranged": arranged,
        "application": application,
        "candidate": application.candidate,
        "choice": choice,
        "week": week,
        "zone": when.zone_name(now.astimezone(user.zone), user.zone),
        "points": points_of(application),
        "given": arranging.given(arranged.asked),
        "now": now,
        "given_to_confirm": arranged.asked is not None and arranged.asked.state == BookingState.GIVEN,
        "ask_form": AskForm(today=today, row=row, prefix="ask"),
        "answer_days": (ask_interviewers.ANSWER_DAYS, ask_interviewers.MOST_ANSWER_DAYS),
        "other_form": OtherTimeForm(people=week.people if week else [], zone=user.zone, prefix="other"),
        "minutes": sum(each.minutes for each in week.planned) if week else 0,
        "requisition_link": reverse("requisition", args=[application.requisition_id]),
        "panels": shown_on_arranging(application, user=user, now=now),
        "problem": "",
        "asking": False,
        "preview": None,
    } | _weeks(week.grid if week else None)
    return render(request, PAGE, context | facts, status=status)


def _weeks(grid: Grid | None) -> dict[str, str]:
    """The addresses of the weeks before and after."""
    if grid is None:
        return {}
    step = timedelta(days=7)
    return {"earlier": (grid.monday - step).isoformat(), "later": (grid.monday + step).isoformat()}


@signed_in()
@require_POST
def book_interviews(request: StaffRequest, application_id: int) -> HttpResponse:
    """Book the time that was chosen in the grid, or another one that was typed."""
    arranged = arranging.arranging(request.user, application_id, now=timezone.now())
    choice = _choice(request.POST, arranged)
    try:
        interviews = _booked(request, arranged, choice)
    except ActionError as refused:
        return _page(request, arranged, choice, status=409, problem=refused.shown)
    if isinstance(interviews, OtherTimeForm):
        return _page(request, arranged, choice, status=422, other_form=interviews)
    first = interviews[0]
    said = when.told_span(first.starts_at, interviews[-1].ends_at, request.user.zone)
    toast_next(request, gettext("Booked: %(said)s. Everybody is invited.") % {"said": said})
    return redirect(place_of(application_id))


def _booked(request: StaffRequest, arranged: Arranging, choice: Choice) -> Any:
    """The interviews as they were booked; or the form that did not hold."""
    by, now, number_ = request.user, timezone.now(), arranged.application.pk
    if "other-at" in request.POST:
        people = arranging.week_of(arranged, choice, zone=by.zone, now=now).people
        form = OtherTimeForm(request.POST, people=people, zone=by.zone, prefix="other")
        if not form.is_valid():
            return form
        return [
            booking.book(
                application_id=number_,
                planned_id=choice.planned_ids[0],
                starts_at=form.cleaned_data["at"],
                user_ids=form.cleaned_data["people"],
                by=by,
                now=now,
                anyway=True,
            )
        ]
    if len(choice.planned_ids) > 1:
        key = request.POST.get("slot", "")
        return booking.book_row(
            application_id=number_,
            planned_ids=choice.planned_ids,
            slot_key=key,
            breaks=choice.breaks,
            by=by,
            now=now,
        )
    if not choice.planned_ids:
        raise Invalid(gettext("Choose what is to be booked."))
    return [
        booking.book(
            application_id=number_,
            planned_id=choice.planned_ids[0],
            starts_at=starts_of(request.POST.get("slot", ""))[0],
            user_ids=choice.user_ids or None,
            by=by,
            now=now,
        )
    ]


@signed_in()
@require_POST
def ask_for_time(request: StaffRequest, application_id: int) -> HttpResponse:
    """Ask the candidate; `preview` shows the times that they would see."""
    now = timezone.now()
    arranged = arranging.arranging(request.user, application_id, now=now)
    choice = _choice(request.POST, arranged)
    row = len(choice.planned_ids) > 1
    form = AskForm(request.POST, today=timezone.localdate(), row=row, prefix="ask")
    if not form.is_valid():
        return _page(request, arranged, choice, status=422, ask_form=form, asking=True)
    facts = form.facts()
    try:
        if "preview" in request.POST:
            search = arranging.offered(
                arranged.application,
                choice.planned_ids,
                earliest=facts["earliest"],
                latest=facts["latest"],
                notice_hours=facts["notice_hours"],
                breaks=facts["breaks"],
                now=now,
            )
            shown: dict[str, Any] = {"preview": arranging.preview(search), "preview_zone": search.candidate}
            return _page(request, arranged, choice, ask_form=form, asking=True, **shown)
        asked = request_times.ask(
            application_id=application_id, planned_ids=choice.planned_ids, by=request.user, now=now, **facts
        )
    except ActionError as refused:
        return _page(request, arranged, choice, status=409, ask_form=form, asking=True, problem=refused.shown)
    name = arranged.application.candidate.first_name
    picks = asked.way == BookingWay.PICK
    said = (
        gettext("%(name)s is asked to choose a time.")
        if picks
        else gettext("%(name)s is asked when they can come.")
    )
    toast_next(request, said % {"name": name})
    return redirect(place_of(application_id))


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def take_back_times(request: StaffRequest, application_id: int, booking_request_id: int) -> HttpResponse:
    """Offer the times no longer."""
    application = arranging.application_for(request.user, application_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    form.fields["reason"].help_text = gettext("For the record; the candidate does not read it.")
    if form.is_bound and form.is_valid():
        request_times.take_back(
            request_id=booking_request_id,
            reason=form.cleaned_data["reason"],
            by=request.user,
            now=timezone.now(),
        )
        toast_next(request, gettext("The times are no longer offered."))
        return redirect(place_of(application_id))
    context = {
        "title": gettext("Take the times back"),
        "text": gettext("%(name)s can no longer choose one of them. Finding a time is our move again.")
        % {"name": application.candidate.name},
        "ok": gettext("Take them back"),
        "cancel": place_of(application_id),
        "form": form,
    }
    return render(request, "parts/confirm_page.html", context, status=422 if form.errors else 200)


# --- One interview that is booked


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def move_interview(request: StaffRequest, interview_id: int) -> HttpResponse:
    """Another time for it."""
    interview = arranging.interview_to_arrange(request.user, interview_id)
    now, zone = timezone.now(), request.user.zone
    choice = _choice(request.GET)
    form = MoveForm(request.POST if request.method == "POST" else None)
    problem, status = "", 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            booking.reschedule(
                interview_id=interview_id,
                starts_at=starts_of(form.cleaned_data["slot"])[0],
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=now,
            )
        except ActionError as refused:
            problem, status = refused.shown, 409
        else:
            toast_next(request, gettext("Moved. Everybody is told the new time."))
            return redirect(place_of(interview.application_id))
    grid = arranging.again(interview, week=choice.week, zone=zone, now=now)
    context = {
        "interview": interview,
        "application": interview.application,
        "grid": grid,
        "form": form,
        "problem": problem,
        "zone": when.zone_name(now.astimezone(zone), zone),
        "span": when.told_span(interview.starts_at, interview.ends_at, zone),
    } | _weeks(grid)
    return render(request, "candidates/scheduling/move.html", context, status=status)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def cancel_interview(request: StaffRequest, interview_id: int) -> HttpResponse:
    """It does not take place."""
    interview = arranging.interview_to_arrange(request.user, interview_id)
    back = place_of(interview.application_id)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        reason = form.cleaned_data["reason"]
        booking.cancel(interview=interview, reason=reason, by=request.user, now=timezone.now())
        toast_next(request, gettext("Cancelled. Everybody is told."))
        return redirect(back)
    span = when.told_span(interview.starts_at, interview.ends_at, request.user.zone)
    context = {
        "title": gettext("Cancel %(interview)s") % {"interview": interview.name},
        "text": gettext(
            "%(name)s and the interviewers are told at once that it does not take place on %(span)s. "
            "A new time is then owed to the candidate."
        )
        % {"name": interview.application.candidate.name, "span": span},
        "ok": gettext("Cancel the interview"),
        "cancel": back,
        "form": form,
    }
    return render(request, "parts/confirm_page.html", context, status=422 if form.errors else 200)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def replace_in_interview(request: StaffRequest, interview_id: int, seat_id: int) -> HttpResponse:
    """Somebody else for this seat: of the pool first."""
    interview = arranging.interview_to_arrange(request.user, interview_id)
    if request.method == "POST":
        added = booking.replace_interviewer(
            interview_id=interview_id,
            seat_id=seat_id,
            user_id=number(request.POST.get("user", "")) or 0,
            by=request.user,
            now=timezone.now(),
        )
        toast_next(request, gettext("%(user)s takes the seat. Everybody is told.") % {"user": added.user})
        return redirect(place_of(interview.application_id))
    context = {
        "interview": interview,
        "application": interview.application,
        "seat": next((seat for seat in interview.present if seat.pk == seat_id), None),  # type: ignore[attr-defined]
        "substitutes": pools.substitutes(interview),
        "span": when.told_span(interview.starts_at, interview.ends_at, request.user.zone),
        "back": place_of(interview.application_id),
        "move_link": reverse("move_interview", args=[interview_id]),
    }
    return render(request, "candidates/scheduling/replace.html", context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def no_show(request: StaffRequest, interview_id: int) -> HttpResponse:
    """The candidate did not come."""
    interview = arranging.interview_to_arrange(request.user, interview_id)
    back = place_of(interview.application_id)
    form = NoShowForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        again = form.cleaned_data["then"] == NoShowForm.TIME
        settle.mark_no_show(
            interview_id=interview_id,
            by=request.user,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            another_time=again,
        )
        toast_next(
            request,
            gettext("Noted. Offer them another time.")
            if again
            else gettext("Noted. Ask them what happened before you decide anything."),
        )
        return redirect(back)
    context = {
        "title": gettext("%(name)s did not come") % {"name": interview.application.candidate.name},
        "text": gettext("The scorecards of this interview fall away. No message goes to the candidate."),
        "ok": gettext("Note it"),
        "cancel": back,
        "form": form,
    }
    return render(request, "parts/confirm_page.html", context, status=422 if form.errors else 200)
