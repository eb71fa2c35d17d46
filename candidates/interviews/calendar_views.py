"""The calendar, and the page of one interview for those who take part."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ats.common.policy import signed_in
from ats.common.requests import StaffRequest
from candidates.interviews import calendar_queries as queries


@signed_in()
@require_safe
def interview_for_me(request: StaffRequest, interview_id: int) -> HttpResponse:
    interview = queries.interview_for(request.user, interview_id)
    seats = queries.seats_of(interview)
    mine = next((seat for seat in seats if seat.user_id == request.user.pk), None)
    context = {"interview": interview, "application": interview.application, "seats": seats, "mine": mine}
    return render(request, "candidates/interviews/interview_for_me.html", context)
