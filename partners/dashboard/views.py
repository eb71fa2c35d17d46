"""The partners' pages."""

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from ats.kernel.numbers import number
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from partners.dashboard import queries
from partners.dashboard.queries import listing, page
from partners.dashboard.queries.asked import asked as asked_of
from partners.partnerships.pages.cards import panels
from partners.path.queries import led_through
from partners.retrospectives.queries import owed


@signed_in()
@require_safe
def dashboard(request: StaffRequest) -> HttpResponse:
    """What both sides see of one role: the one that was chosen, or the newest of the viewer's."""
    roles, found = queries.switch(request.user), asked_of(request.user)
    looks_back = owed(request.user) if found["looks_back"] else []
    led = led_through(request.user) if found["led"] else None
    now = timezone.now()
    waiting: dict[str, Any] = {**found, "retrospectives": looks_back, "led": led, "now": now}
    asked = number(request.GET.get("role", ""))
    if asked is None and not roles:
        return render(request, "partners/dashboard/none.html", waiting)
    partnership = queries.permitted(request.user, roles[0].pk if asked is None else asked)
    context = {
        # Read before the page: what changes meanwhile makes it look again.
        "version": queries.version(request.user, partnership.pk, now=now),
        "board": queries.dashboard(partnership, request.user, now=now),
        "partnership": partnership,
        "role": partnership.requisition,
        "roles": roles,
    } | waiting
    part = "#shared" if "part" in request.GET else ""
    return render(request, f"partners/dashboard/dashboard.html{part}", context)


@signed_in()
@require_safe
def version(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """What an open dashboard asks for every two seconds while it is seen."""
    said = queries.version(request.user, partnership_id, now=timezone.now())
    return JsonResponse({"version": said})


@signed_in()
@require_safe
def partnership_list(request: StaffRequest) -> HttpResponse:
    """For who oversees all of them, for everybody else their own; worst first."""
    view = request.GET.get("view", "")
    mine = view == "mine" or not request.user.oversees
    context = {
        "page": listing.page(
            request.user,
            number=request.GET.get("page", "1"),
            ended=view == "ended",
            mine=mine,
            now=timezone.now(),
        ),
        "view": view,
        "ended": view == "ended",
    }
    return render(request, "partners/dashboard/list.html", context)


@signed_in()
@require_safe
def partnership(request: StaffRequest, partnership_id: int) -> HttpResponse:
    found = queries.permitted(request.user, partnership_id)
    now = timezone.now()
    context = {
        "details": page.details(found, request.user, now=now),
        "panels": panels(found, user=request.user, now=now),
        "partnership": found,
        "role": found.requisition,
    }
    return render(request, "partners/dashboard/partnership.html", context)
