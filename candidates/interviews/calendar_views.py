"""The calendar, and the page of one interview for those who take part."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.common.policy import signed_in
from ats.common.requests import StaffRequest
from ats.common.toasts import toast_next
from candidates.interviews import calendar_queries as queries
from candidates.interviews import replies
from candidates.interviews.models import Reply


@signed_in()
@require_safe
def interview_for_me(request: StaffRequest, interview_id: int) -> HttpResponse:
    interview = queries.interview_for(request.user, interview_id)
    seats = queries.seats_of(interview)
    mine = next((seat for seat in seats if seat.user_id == request.user.pk), None)
    context = {"interview": interview, "application": interview.application, "seats": seats, "mine": mine}
    return render(request, "candidates/interviews/interview_for_me.html", context)


@signed_in()
@require_POST
def answer_invitation(request: StaffRequest, interview_id: int) -> HttpResponse:
    reply = request.POST.get("reply", "")
    seat = replies.answer(interview_id=interview_id, reply=reply, by=request.user, now=timezone.now())
    said = {
        Reply.ACCEPTED: "Accepted. See you there.",
        Reply.DECLINED: "Declined. Who arranges it has been told.",
        Reply.TENTATIVE: "Noted as perhaps.",
    }
    toast_next(request, said[Reply(seat.reply)])
    return redirect("interview_for_me", interview_id=interview_id)
