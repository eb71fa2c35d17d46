"""Erasing one candidate's data for them, and holding it back."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.erasure.actions.ask import ask_for_them, call_off
from candidates.erasure.actions.hold import hold_person, lift
from candidates.erasure.queries.page import page_of
from candidates.erasure.rules import ERASE, HOLD
from candidates.people.models import Candidate


@signed_in(ERASE)
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """What goes, what ends with it, what keeps it; POST asks for it, or calls it off."""
    now, problem = timezone.now(), ""
    candidate = get_for(Candidate.objects.without_words(), candidate_id, user=request.user, permission=ERASE)
    if request.method == "POST":
        try:
            if "keep" in request.POST:
                call_off(candidate_id=candidate.pk, by=request.user, now=now)
                toast_next(request, gettext("It is called off; their data stay."))
            else:
                ask_for_them(candidate_id=candidate.pk, by=request.user, now=now)
                toast_next(request, gettext("It is on its way."))
            return redirect("candidate_erase", candidate.pk)
        except ActionError as refused:
            problem = refused.message
    context = {"candidate": candidate, "page": page_of(candidate, now=now), "problem": problem}
    return render(request, "candidates/erasure/erase.html", context, status=400 if problem else 200)


@signed_in(HOLD)
@require_POST
def hold(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """Place a hold, or lift one."""
    now = timezone.now()
    try:
        if wanted := number(request.POST.get("lift", "")):
            lift(hold_id=wanted, by=request.user, now=now)
            toast_next(request, gettext("The hold is lifted."))
        else:
            hold_person(
                candidate_id=candidate_id, reason=request.POST.get("reason", ""), by=request.user, now=now
            )
            toast_next(request, gettext("The hold stands: nothing of theirs is erased."))
    except ActionError as refused:
        toast_next(request, refused.message)
    return redirect("candidate_erase", candidate_id)
