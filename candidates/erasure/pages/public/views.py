"""Asking that one's data go, on one's own page; what ends with it is said first, and it can be called off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import WrongState
from ats.kernel.languages import ours
from candidates.erasure.actions.ask import ask, call_off
from candidates.erasure.queries.page import page_of
from candidates.portal import actions
from candidates.portal.models import PortalLink
from candidates.portal.pages.views import by_link


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_erase(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """What goes, what ends with it and what a law keeps; POST asks for it, or calls it off."""
    now, candidate = timezone.now(), link.candidate
    if request.method == "POST":
        try:
            if "keep" in request.POST:
                ours(call_off)(candidate_id=candidate.pk, by=candidate, now=now)
            else:
                ours(ask)(candidate=candidate, now=now)
            ours(actions.used)(link, now=now)
        except WrongState:  # done, or called off, in another tab: the page shows it
            pass
        return redirect("status_erase", token)
    context = {
        "token": token,
        "candidate": candidate,
        "organisation": actions.organisation_of(candidate),
        "page": page_of(candidate, now=now),
    }
    return render(request, "candidates/erasure/portal.html", context)
