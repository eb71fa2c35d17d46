"""What a candidate gets by SMS: their number, confirmed by a code, what goes there, and its end with one click."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError, WrongState
from ats.kernel.languages import ours
from ats.kernel.ratelimits import seconds_to_wait
from ats.web.client_address import client_ip
from candidates.portal.models import PortalLink
from candidates.portal.pages.sms.forms import CodeForm, NumberForm, WhatForm
from candidates.portal.pages.views import back, by_link, too_often
from candidates.sms import actions, queries
from candidates.sms.actions.choose import MINUTES, TOO_OFTEN


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_sms(request: HttpRequest, link: PortalLink, token: str) -> HttpResponseBase:
    """See it; choose others of what goes to the number that is confirmed."""
    choice = queries.choice_of(link.candidate)
    if request.method != "POST" or choice is None:
        return _page(request, link, token)
    form = WhatForm.of(choice, request.POST)
    if _done(link, form, lambda: _change_what(link, form)):
        return back(token, "sms")
    return _page(request, link, token, what=form)


def _change_what(link: PortalLink, form: Form) -> None:
    ours(actions.change_what)(
        candidate=link.candidate, about_what=form.cleaned_data["about_what"], now=timezone.now()
    )


@by_link
@require_POST
def status_sms_number(request: HttpRequest, link: PortalLink, token: str) -> HttpResponseBase:
    """Ask for a code at this number."""
    form = NumberForm.for_candidate(link.candidate, None, request.POST)
    if _done(link, form, lambda: _ask(request, link, form)):
        return redirect("status_sms", token)
    return _page(request, link, token, number=form)


def _ask(request: HttpRequest, link: PortalLink, form: Form) -> None:
    if seconds_to_wait(settings.SMS_CODE_RATE, "sms-code", client_ip(request)):
        raise WrongState(TOO_OFTEN)
    said = form.cleaned_data
    ours(actions.ask_for_code)(
        candidate=link.candidate, number=said["number"], about_what=said["about_what"], now=timezone.now()
    )


@by_link
@require_POST
def status_sms_code(request: HttpRequest, link: PortalLink, token: str) -> HttpResponseBase:
    """The number is theirs, if the code is right."""
    form = CodeForm(request.POST, auto_id="%s", label_suffix="")
    if _done(link, form, lambda: _confirm(link, form)):
        return back(token, "sms")
    return _page(request, link, token, code=form)


def _confirm(link: PortalLink, form: Form) -> None:
    ours(actions.confirm)(candidate=link.candidate, typed=form.cleaned_data["code"], now=timezone.now())


@by_link
@require_POST
def status_sms_end(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """One click, and the number is forgotten; it is never refused for having been asked too often."""
    candidate, now = link.candidate, timezone.now()
    ours(actions.end)(candidate=candidate, where="on their own page", by=candidate, now=now)
    return back(token, "sms-ended")


def _done(link: PortalLink, form: Form, act: Callable[[], None]) -> bool:
    """Do it if the form is filled in; what is refused stands at its field."""
    if not form.is_valid():
        return False
    try:
        if problem := too_often(link):
            raise WrongState(problem)
        act()
    except ActionError as refused:
        field = getattr(refused, "field", None)
        form.add_error(field if field in form.fields else None, refused.message)
        return False
    return True


def _page(
    request: HttpRequest,
    link: PortalLink,
    token: str,
    *,
    what: Form | None = None,
    number: Form | None = None,
    code: Form | None = None,
) -> HttpResponse:
    candidate, now = link.candidate, timezone.now()
    choice, account = queries.choice_of(candidate), queries.account_for(candidate)
    if choice is None and account is None:
        raise Http404("No SMS are sent here.")
    waiting = queries.code_of(candidate, now)
    context: dict[str, Any] = {
        "choice": choice,
        "account": account,
        "waiting": waiting,
        "minutes": MINUTES,
        "what_form": what or (WhatForm.of(choice) if choice else None),
        "number_form": number or NumberForm.for_candidate(candidate, choice),
        "code_form": code or CodeForm(auto_id="%s", label_suffix=""),
        "candidate": candidate,
        "organisation": account.organisation if account else None,
        "token": token,
        "page": reverse("status_sms", args=[token]),
    }
    status = 400 if what or number or code else 200
    return render(request, "candidates/portal/sms.html", context, status=status)
