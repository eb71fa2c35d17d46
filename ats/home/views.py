"""My day: what I owe whom, most urgent first."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.accounts.models import Role
from ats.common.numbers import number
from ats.common.policy import signed_in
from ats.common.requests import StaffRequest
from ats.common.toasts import toast_next
from ats.home.day import day_of
from ats.home.queries import MOST_SHOWN, SHOWN
from ats.home.there import way_in


@signed_in()
@require_safe
def my_day(request: StaffRequest) -> HttpResponse:
    """The recruiting team's day. Partners start at the shared dashboard, interviewers at what they write."""
    user = request.user
    if not user.recruits:
        return redirect("scorecard_list" if user.role == Role.INTERVIEWER else "dashboard")
    whole_team = _whole_team(request)
    request.session.pop(WALK, None)
    shown = number(request.GET.get("shown", "")) or SHOWN
    now = timezone.now()
    day = day_of(user, whole_team=whole_team, now=now, shown=shown)
    context = {
        "day": day,
        "way_in": way_in(user) if day.first is None else None,
        "next_shown": shown + SHOWN,
        "whole_team": whole_team,
        "now": now,
    }
    return render(request, "ats/home/my_day.html", context)


WALK = "day_walk"
"""In the session while somebody goes through their day: whose day, and whom they have had before them."""


def _whole_team(request: StaffRequest) -> bool:
    return request.user.oversees and request.GET.get("whose", "team") == "team"


@signed_in()
@require_safe
def day_next(request: StaffRequest) -> HttpResponse:
    """The debt that comes first now, of those that one has not had before oneself; at the end, my day again.

    What was settled is no debt any more; what was left is not asked about twice in one go.
    """
    walk = request.session.get(WALK) or {"team": _whole_team(request), "had": []}
    day = day_of(request.user, whole_team=walk["team"], now=timezone.now(), shown=MOST_SHOWN)
    rows = (row for section in day.sections if section.key != "later" for row in section.rows)
    following = next((row for row in rows if row.way not in walk["had"]), None)
    if following is None:
        request.session.pop(WALK, None)
        said = (
            "That was the last one."
            if day.first is None or day.is_quiet
            else "That was everybody. Who still waits stands here."
        )
        toast_next(request, said)
        return redirect("my_day")
    request.session[WALK] = {"team": walk["team"], "had": [*walk["had"], following.way]}
    return redirect(following.way)
