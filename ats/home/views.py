"""My day: what I owe whom, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.accounts.models import Role
from ats.common.numbers import number
from ats.common.policy import signed_in
from ats.common.requests import StaffRequest
from ats.home.queries import SHOWN, day_of
from ats.home.there import way_in


@signed_in()
@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    """The recruiting team's day. Partners start at the shared dashboard, interviewers at what they write."""
    user = request.user
    if not user.recruits:
        return redirect("scorecard_list" if user.role == Role.INTERVIEWER else "dashboard")
    whole_team = user.oversees and request.GET.get("whose", "team") == "team"
    shown = number(request.GET.get("shown", "")) or SHOWN
    now = timezone.now()
    day = day_of(user, whole_team=whole_team, now=now, shown=shown)
    is_quiet = not day.first and not day.has_debts
    context = {
        "day": day,
        "way_in": way_in(user) if is_quiet else None,
        "next_shown": shown + SHOWN,
        "whole_team": whole_team,
        "now": now,
    }
    return render(request, "ats/home/my_day.html", context)
