"""The page of everybody who waits too long."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.home.waiting import GROUPS
from ats.home.waiting import waiting as read
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest


@signed_in()
@require_safe
def waiting(request: StaffRequest) -> HttpResponse:
    """For leads and recruiters, of the roles they may see; partners have theirs on the shared dashboard."""
    if not request.user.recruits:
        return redirect("dashboard")
    by = request.GET.get("by", "recruiter")
    by = by if by in GROUPS else "recruiter"
    now = timezone.now()
    context = {"waiting": read(request.user, by=by, now=now), "by": by, "groups": GROUPS.items(), "now": now}
    return render(request, "ats/home/waiting.html", context)
