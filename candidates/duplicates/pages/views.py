"""People who may be one: the list, the panel beside one of them, and putting two together."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.access import get_for
from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.cursors import cursor, said
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from ats.web.toasts import toast_next
from candidates.duplicates.actions.merge import merge
from candidates.duplicates.actions.tell_apart import tell_apart
from candidates.duplicates.actions.undo import undo
from candidates.duplicates.pages.forms import chosen
from candidates.duplicates.queries import beside as two
from candidates.duplicates.queries import listing
from candidates.duplicates.rules import MERGE
from candidates.people.models import Candidate


@signed_in(MERGE)
@require_safe
def duplicates(request: StaffRequest) -> HttpResponse:
    """Pairs to look at, found last first."""
    after = cursor(request.GET["after"]) if "after" in request.GET else None
    found = listing.pairs(request.user, after=after)
    context = {"pairs": found.rows, "next": said(found.next), "after": after}
    return render(request, "candidates/duplicates/list.html", context)


@signed_in(MERGE)
@require_safe
def alike(request: StaffRequest, candidate_id: int) -> HttpResponse:
    """The panel on somebody's page, asked for once the page is there."""
    rows = Candidate.objects.without_words()
    candidate = get_for(rows, candidate_id, user=request.user, permission=MERGE)
    context = {
        "candidate": candidate,
        "pairs": listing.alike_to(candidate, request.user),
        "put_together": two.put_together(candidate, timezone.now()),
    }
    return render(request, "candidates/duplicates/panel.html", context)


@signed_in(MERGE)
@require_http_methods(["GET", "HEAD", "POST"])
def beside(request: StaffRequest, candidate_id: int, twin_id: int) -> HttpResponse:
    """Both side by side; POST puts them together."""
    problem, why = "", request.POST.get("why", "")
    if request.method == "POST":
        try:
            row = merge(
                kept_id=candidate_id,
                lost_id=twin_id,
                by=request.user,
                now=timezone.now(),
                chosen=chosen(request.POST.dict()),
                why=why,
            )
        except ActionError as refused:
            problem = refused.message
        else:
            undo_at = reverse("merge_undo", args=[row.pk])
            toast_next(request, gettext("They are one person now."), undo=undo_at)
            return redirect("candidate", candidate_id)
    context = {"two": two.beside(request.user, candidate_id, twin_id), "problem": problem, "why": why}
    return render(request, "candidates/duplicates/beside.html", context, status=422 if problem else 200)


@signed_in(MERGE)
@require_POST
def apart(request: StaffRequest, candidate_id: int, twin_id: int) -> HttpResponse:
    """They are two: remembered, so that nobody is asked again."""
    tell_apart(candidate_id=candidate_id, other_id=twin_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Noted: they are two people."))
    back = request.POST.get("back", "")
    return redirect("duplicates") if back == "list" else redirect("candidate", candidate_id)


@signed_in(MERGE)
@require_POST
def undo_merge(request: StaffRequest, merge_id: int) -> HttpResponse:
    """Both are as they were; where that is refused, the house says why."""
    row = undo(merge_id=merge_id, by=request.user, now=timezone.now())
    back = reverse("candidate", args=[row.kept_id])
    return done(request, gettext("They are two people again."), back=back)
