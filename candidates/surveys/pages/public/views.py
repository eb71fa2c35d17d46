"""The page on which a candidate answers. The link is the secret: no cookie, no sign-in, no script."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import Missing
from ats.kernel.languages import ours, speak
from ats.kernel.ratelimits import in_words, seconds_to_wait
from ats.web.client_address import client_ip
from ats.web.policy import public
from candidates.applications.models import Application
from candidates.surveys import actions
from candidates.surveys.actions.links import Link, read
from candidates.surveys.pages.public.forms import SurveyForm
from candidates.surveys.queries import asking


@public
@csrf_exempt  # as on the candidate's own page: nobody signs in here, and the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def survey(request: HttpRequest, signed: str) -> HttpResponse:
    """Looking changes nothing; one answer counts."""
    link = read(signed)
    application = _open(link)
    if link is None or application is None:
        return _page(request, {"state": "none"}, status=HTTPStatus.NOT_FOUND)
    speak(application.candidate.language)
    context = {"organisation": application.requisition.organisation, "application": application}
    if (link.application_id, link.occasion) in asking.used([link.application_id]):
        return _page(request, context | {"state": "answered", "again": request.method == "POST"})
    if link.is_over(timezone.now()):
        return _page(request, context | {"state": "over"}, status=HTTPStatus.GONE)
    if request.method == "POST":
        return _answer(request, application, link, context)
    return _page(request, context | {"state": "open", "form": _form(application, link)})


def _answer(
    request: HttpRequest, application: Application, link: Link, context: dict[str, Any]
) -> HttpResponse:
    form = _form(application, link, request.POST)
    asked = context | {"state": "open", "form": form}
    if wait := _wait(request, link):
        said = gettext("Several answers came from here just now. Please wait %(time)s, and send it again.")
        form.add_error(None, said % {"time": in_words(wait)})
        response = _page(request, asked, status=HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(wait)
        return response
    if not form.is_valid():
        return _page(request, asked, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        is_first = ours(actions.answer)(link=link, said=form.said(), now=timezone.now())
    except Missing:  # erased, or over, a moment ago
        return _page(request, {"state": "none"}, status=HTTPStatus.NOT_FOUND)
    return _page(request, context | {"state": "thanks" if is_first else "answered", "again": not is_first})


def _open(link: Link | None) -> Application | None:
    if link is None:
        return None
    rows = Application.objects.whole().filter(candidate__anonymised_at=None)
    return rows.filter(pk=link.application_id).first()


def _form(application: Application, link: Link, data: Any = None) -> SurveyForm:
    company = application.requisition.organisation.name
    return SurveyForm(data, occasion=link.occasion, company=company, label_suffix="")


def _wait(request: HttpRequest, link: Link) -> int:
    """Seconds until this place, or this survey, may be answered again."""
    which = f"{link.application_id}:{link.occasion}"
    return seconds_to_wait(settings.SURVEY_RATE, "survey", client_ip(request)) or seconds_to_wait(
        settings.SURVEY_LINK_RATE, "survey-link", which
    )


def _page(request: HttpRequest, context: dict[str, Any], *, status: int = HTTPStatus.OK) -> HttpResponse:
    response = render(request, "candidates/surveys/survey.html", context, status=status)
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
