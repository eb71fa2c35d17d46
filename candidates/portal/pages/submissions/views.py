"""Whether somebody wants to be put forward to a client: read, answered, taken back. Looking answers nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError, Invalid, Missing, WrongState
from ats.kernel.languages import ours
from candidates.applications.models import Application
from candidates.portal import actions, queries
from candidates.portal.models import PortalLink
from candidates.portal.pages.views import by_link, too_often
from candidates.submissions import actions as submissions
from candidates.submissions.domain.question import version
from candidates.submissions.models import Submission, SubmissionState
from candidates.submissions.queries import is_over_for_them, of_application
from candidates.submissions.queries.texts import sentences_for


def _found(link: PortalLink, application_id: int) -> tuple[Application, Submission]:
    """`Missing` where it is another's, where its organisation is no client, or nobody has asked yet."""
    application = queries.application_of(link.candidate, application_id)
    row = of_application(application)
    if row is None or row.state == SubmissionState.WAITING:
        raise Missing("Nobody has asked.")
    return application, row


def _page(
    request: HttpRequest,
    link: PortalLink,
    token: str,
    application_id: int,
    *,
    problem: str = "",
    status: int = 200,
) -> HttpResponse:
    application, row = _found(link, application_id)
    sentences = sentences_for(application)
    context = {
        "application": application,
        "client": row.organisation,
        "row": row,
        "is_open": not is_over_for_them(application),
        "sentences": sentences,
        "version": version(sentences),
        "read": row.text.split("\n\n") if row.text else [],
        "problem": problem,
        "done": "done" in request.GET,
        "candidate": link.candidate,
        "organisation": row.organisation,
        "token": token,
    }
    return render(request, "candidates/portal/put_forward.html", context, status=status)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_submission(
    request: HttpRequest, link: PortalLink, token: str, application_id: int
) -> HttpResponse:
    """What is asked, in full; yes and no are two buttons of one form, alike in size."""
    if request.method != "POST":
        return _page(request, link, token, application_id)
    application, _ = _found(link, application_id)
    now = timezone.now()
    try:
        if problem := too_often(link):
            raise WrongState(problem)
        if (said := request.POST.get("answer", "")) not in {"yes", "no"}:
            raise Invalid(gettext("Choose yes or no."))
        ours(submissions.answer)(
            application=application,
            candidate=link.candidate,
            is_yes=said == "yes",
            version=request.POST.get("version", ""),
            now=now,
        )
        ours(actions.used)(link, now=now)
    except ActionError as refused:
        return _page(request, link, token, application_id, problem=refused.message, status=409)
    return _read_on(token, application_id)


@by_link
@require_POST
def status_submission_back(
    request: HttpRequest, link: PortalLink, token: str, application_id: int
) -> HttpResponse:
    """I take my yes back; the application ends with it."""
    application, _ = _found(link, application_id)
    now = timezone.now()
    try:
        if problem := too_often(link):
            raise WrongState(problem)
        ours(submissions.take_back)(application=application, candidate=link.candidate, now=now)
        ours(actions.used)(link, now=now)
    except ActionError as refused:
        return _page(request, link, token, application_id, problem=refused.message, status=409)
    return _read_on(token, application_id)


def _read_on(token: str, application_id: int) -> HttpResponse:
    return redirect(f"{reverse('status_submission', args=[token, application_id])}?done")
