"""An approver's page behind the link of the mail, without signing in.

Looking changes nothing, so that mail scanners may look; only the form answers. Like a candidate's page it asks
for no CSRF token: there is no cookie, and who does not know the address cannot have a browser send anything to it.
"""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.approvals import actions, queries
from ats.approvals.domain import links
from ats.approvals.models import Approval, ApprovalState
from ats.approvals.pages.forms import AnswerForm
from ats.approvals.queries.by_link import by_token
from ats.kernel.errors import ActionError
from ats.kernel.ratelimits import in_words, seconds_to_wait
from ats.web.client_address import client_ip
from ats.web.forms import show_error
from ats.web.policy import public

RATE = "120/hour"
"""Requests from one address on the network."""


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    response = _answer(request, token, timezone.now())
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _answer(request: HttpRequest, token: str, now: datetime) -> HttpResponse:
    if wait := seconds_to_wait(RATE, "approval-link", client_ip(request)):
        said = f"That was a lot in a short while. Please wait {in_words(wait)}."
        return _over(request, said, status=429)
    approval = by_token(token)
    if approval is None:
        said = "It may have been passed on to somebody else, or answers now need a sign-in."
        return _over(request, said, status=404)
    with timezone.override(approval.approver.zone):
        if approval.state != ApprovalState.OPEN:
            context = _context(approval) | {"just_now": False, "unsent": _unsent(request)}
            return render(request, "ats/approvals/by_link_done.html", context)
        if links.is_over(approval, now):
            said = "It works for two weeks. Sign in to answer, or ask for a reminder: it brings a fresh link."
            return _over(request, said, status=410)
        return _confirm(request, approval, token, now)


def _confirm(request: HttpRequest, approval: Approval, token: str, now: datetime) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        try:
            if form.approves:
                actions.approve_by_link(token=token, note=form.words, now=now)
            else:
                actions.send_back_by_link(token=token, reason=form.words, now=now)
        except ActionError as error:
            show_error(form, error)
        else:
            done = _context(queries.again(approval)) | {"just_now": True, "unsent": ""}
            return render(request, "ats/approvals/by_link_done.html", done)
    context = _context(approval) | {"form": form, "since": queries.since(approval)}
    return render(request, "ats/approvals/by_link.html", context, status=422 if form.errors else 200)


def _context(approval: Approval) -> dict[str, object]:
    return {
        "approval": approval,
        "matter": approval.request,
        "kind": queries.kind_label(approval.request),
        "organisation": approval.request.organisation,
    }


def _over(request: HttpRequest, said: str, *, status: int) -> HttpResponse:
    context = {"said": said, "unsent": _unsent(request)}
    return render(request, "ats/approvals/by_link_over.html", context, status=status)


def _unsent(request: HttpRequest) -> str:
    """What somebody wrote while the question ended, to be copied."""
    return request.POST.get("note", "")[: actions.MAX_TEXT].strip()
