"""A new hire's page of their first months. The address is the secret, as on the page of a candidate.

Looking changes nothing; there is no cookie, and so no CSRF token is asked for.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import ActionError
from ats.kernel.ratelimits import in_words, seconds_to_wait
from ats.web.client_address import client_ip
from ats.web.forms import show_error
from ats.web.policy import public
from partners.outcomes import actions, queries
from partners.outcomes.models import OutcomeLink
from partners.outcomes.pages.forms import NewHireForm

FROM_ONE_ADDRESS = "120/hour"
View = Callable[..., HttpResponseBase]


def by_link(view: View) -> View:
    """Give the view the link behind its token; the same answer for one that is over and one that never was."""

    @public
    @csrf_exempt
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
        response = _answer(view, request, token, **kwargs)
        response["Cache-Control"] = "private, no-store"
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


def _answer(view: View, request: HttpRequest, token: str, **kwargs: Any) -> HttpResponseBase:
    if wait := seconds_to_wait(FROM_ONE_ADDRESS, "first-months", client_ip(request)):
        return _over(
            request,
            gettext("That was a lot in a short while. Please wait %(time)s.") % {"time": in_words(wait)},
            429,
        )
    link = queries.by_token(token, timezone.now())
    if link is None:
        return _over(
            request, gettext("It works for two months. With the next question comes a new one."), 404
        )
    try:
        return view(request, link, token, **kwargs)
    except ActionError as error:
        return _over(request, error.message, 409)


def _over(request: HttpRequest, said: str, status: int) -> HttpResponse:
    return render(request, "partners/outcomes/over.html", {"said": said}, status=status)


@by_link
def first_months(request: HttpRequest, link: OutcomeLink, token: str) -> HttpResponse:
    """What was agreed, and what is asked; sending says that it was read."""
    problem = ""
    if request.method == "POST":
        try:
            actions.note_seen(token=token, words=request.POST.get("words", ""), now=timezone.now())
        except ActionError as error:
            problem = error.message
        else:
            return redirect("first_months", token=token)
    page = queries.new_hires_page(link)
    context = _around(page, token) | {"problem": problem, "typed": request.POST.get("words", "")}
    return render(request, "partners/outcomes/first_months.html", context, status=422 if problem else 200)


@by_link
def answer(request: HttpRequest, link: OutcomeLink, token: str, day: int) -> HttpResponse:
    page = queries.new_hires_page(link)
    review, outcome = page.review(day), page.outcome
    form = NewHireForm(
        request.POST if request.method == "POST" else None, expected=outcome.expected, points=outcome.points
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_as_new_hire(token=token, day=day, said=form.said(), now=timezone.now())
        except ActionError as error:
            show_error(form, error)
        else:
            return redirect("first_months", token=token)
    context = _around(page, token) | {"review": review, "form": form}
    return render(request, "partners/outcomes/answer.html", context, status=422 if form.errors else 200)


def _around(page: queries.NewHiresPage, token: str) -> dict[str, Any]:
    role = page.outcome.partnership.requisition
    return {"page": page, "token": token, "role": role, "organisation": role.organisation}
