"""Signals on one page, and what somebody says of one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.errors import Invalid
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.cursors import cursor, said
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.signals import actions
from candidates.signals.models import LONGEST_REASON, SignalState
from candidates.signals.queries import listing
from candidates.signals.rules import SEE


def _page(request: StaffRequest, *, problem: str = "", about: int = 0, typed: str = "") -> HttpResponse:
    state = request.GET.get("state", "")
    state = state if state in SignalState.values else SignalState.OPEN
    after = cursor(request.GET["after"]) if "after" in request.GET else None
    found, counts = listing.lines(request.user, state=state, after=after), listing.counts(request.user)
    context = {
        "lines": found.rows,
        "next": said(found.next),
        "state": state,
        "tabs": [(value, label, counts[value]) for value, label in SignalState.choices],
        "problem": problem,
        "about": about,
        "typed": typed,
        "longest": LONGEST_REASON,
    }
    return render(request, "candidates/signals/list.html", context, status=422 if problem else 200)


@signed_in(SEE)
@require_safe
def signals(request: StaffRequest) -> HttpResponse:
    """What is to be looked at, found last first, and what was."""
    return _page(request)


@signed_in(SEE)
@require_POST
def decide(request: StaffRequest, signal_id: int) -> HttpResponse:
    """All right or not, with the reason; without one the page comes again, with what was typed."""
    try:
        actions.decide(
            signal_id=signal_id,
            is_ok=request.POST.get("verdict") == "ok",
            reason=request.POST.get("reason", ""),
            people=number(request.POST.get("people", "")) or 0,
            by=request.user,
            now=timezone.now(),
        )
    except Invalid as refused:
        return _page(request, problem=refused.message, about=signal_id, typed=request.POST.get("reason", ""))
    toast_next(request, gettext("Noted. Nothing else has changed for them."))
    return redirect("signals")
