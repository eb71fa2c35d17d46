"""What is done about sitting in; all of it is shown on the interview's page."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.shadowing import actions


@signed_in()
@require_POST
def let_in(request: StaffRequest, interview_id: int) -> HttpResponse:
    found = actions.let_in(
        interview_id=interview_id,
        user_id=number(request.POST.get("user", "")) or 0,
        by=request.user,
        now=timezone.now(),
    )
    toast_next(
        request,
        gettext("%(user)s sits in. Everybody is told, the candidate too.") % {"user": found.seat.user},
    )
    return redirect("interview_for_me", interview_id)


@signed_in()
@require_POST
def let_out(request: StaffRequest, interview_id: int, seat_id: int) -> HttpResponse:
    actions.let_out(interview_id=interview_id, seat_id=seat_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("They do not sit in any more, and are told."))
    return redirect("interview_for_me", interview_id)


@signed_in()
@require_POST
def confirm_alone(request: StaffRequest, interview_id: int) -> HttpResponse:
    actions.confirm_alone(
        interview_id=interview_id,
        reason=request.POST.get("reason", ""),
        by=request.user,
        now=timezone.now(),
    )
    toast_next(request, gettext("Confirmed, with your name and the reason."))
    return redirect("interview_for_me", interview_id)


@signed_in()
@require_POST
def confirm_planned(request: StaffRequest, application_id: int, planned_id: int) -> HttpResponse:
    actions.confirm_planned(
        application_id=application_id,
        planned_id=planned_id,
        reason=request.POST.get("reason", ""),
        by=request.user,
        now=timezone.now(),
    )
    toast_next(request, gettext("Confirmed for this role, with your name and the reason."))
    return redirect("application_interviews", application_id)


@signed_in()
@require_POST
def write(request: StaffRequest, interview_id: int) -> HttpResponse:
    actions.write(
        interview_id=interview_id,
        evidence=request.POST.get("evidence", ""),
        by=request.user,
        now=timezone.now(),
    )
    toast_next(request, gettext("Kept. It counts nowhere."))
    return redirect("interview_for_me", interview_id)


@signed_in()
@require_POST
def confirm(request: StaffRequest, interview_id: int, seat_id: int) -> HttpResponse:
    actions.confirm(
        interview_id=interview_id,
        seat_id=seat_id,
        word=request.POST.get("word", ""),
        by=request.user,
        now=timezone.now(),
    )
    toast_next(request, gettext("Thank you. It counts for them now."))
    return redirect("interview_for_me", interview_id)
