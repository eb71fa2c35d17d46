"""Asking those who are to sit in an interview when they can, and the page on which they say it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError, Conflict, Invalid, WrongState
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.scheduling.actions import ask_interviewers
from candidates.scheduling.pages.cards import availability_page
from candidates.scheduling.pages.views import place_of
from candidates.scheduling.queries.arranging import Choice


@signed_in()
@require_POST
def ask_for_availability(request: StaffRequest, application_id: int) -> HttpResponse:
    """Ask one of those who could sit in the chosen interview when they can."""
    planned = number(request.POST.get("planned", "")) or 0
    try:
        asked = ask_interviewers.ask(
            application_id=application_id,
            planned_id=planned,
            interviewer_id=number(request.POST.get("interviewer", "")) or 0,
            days=number(request.POST.get("days", str(ask_interviewers.ANSWER_DAYS))) or 0,
            by=request.user,
            now=timezone.now(),
        )
    except (Conflict, Invalid, WrongState) as refused:
        toast_next(request, refused.shown)
    else:
        toast_next(
            request, gettext("%(interviewer)s is asked when they can.") % {"interviewer": asked.interviewer}
        )
    return redirect(place_of(application_id, Choice([planned] if planned else [])))


@signed_in()
@require_POST
def take_back_availability(
    request: StaffRequest, application_id: int, availability_request_id: int
) -> HttpResponse:
    """Their times are not needed any more."""
    closed = ask_interviewers.take_back(
        request_id=availability_request_id, application_id=application_id, by=request.user, now=timezone.now()
    )
    toast_next(
        request,
        gettext("%(interviewer)s is not asked for times any more.") % {"interviewer": closed.interviewer},
    )
    return redirect(place_of(application_id, Choice([closed.planned_id])))


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def give_availability(request: StaffRequest, availability_request_id: int) -> HttpResponse:
    """When I can, for one interview; clear words where it is not needed any more."""
    now = timezone.now()
    try:
        page, form = availability_page(
            request.user, availability_request_id, request.POST if request.method == "POST" else None, now=now
        )
    except WrongState as over:
        return render(request, "candidates/scheduling/give_over.html", {"over": over.shown}, status=410)
    if form.is_bound and form.is_valid():
        try:
            ask_interviewers.give(
                request_id=availability_request_id, times=form.times, by=request.user, now=now
            )
        except ActionError as refused:
            show_error(form, refused)
        else:
            toast_next(request, gettext("Thank you. Whoever arranges the interview sees when you can."))
            return redirect("give_availability", availability_request_id)
    context = {"page": page, "asked": page.request, "form": form}
    return render(request, "candidates/scheduling/give.html", context, status=422 if form.errors else 200)
