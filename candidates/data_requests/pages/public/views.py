"""Pages for whoever the data is about. On their own page, and behind a link, the address is the secret."""

from http import HTTPStatus
from typing import Any

from django import forms
from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Missing, WrongState
from ats.kernel.languages import Words, ours, speak
from ats.kernel.ratelimits import in_words, seconds_to_wait
from ats.web.client_address import client_ip
from ats.web.policy import public
from candidates.data_requests import actions
from candidates.data_requests.models import DataCopy
from candidates.data_requests.pages.public.forms import ComplaintForm, CorrectionForm, OwnComplaintForm
from candidates.data_requests.queries.mine import mine
from candidates.documents.views import inert
from candidates.people.domain.addresses import email_key
from candidates.portal.actions import organisation_of, used
from candidates.portal.models import PortalLink
from candidates.portal.pages.views import by_link, private, too_often

DONE: dict[str, Words] = {
    "copy": gettext_lazy(
        "We are putting the copy together. Its link comes by mail, in a few minutes at most times."
    ),
    "correction": gettext_lazy(
        "Your request has arrived. You hear from us within a month, by mail and here."
    ),
    "complaint": gettext_lazy(
        "Your complaint has arrived. You hear from us within 30 days, by mail and here."
    ),
}


# --- Their own page


@by_link
@require_safe
def status_data(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """What I can ask for about my data, and what became of what I asked."""
    return _page(request, link, token)


def _page(
    request: HttpRequest, link: PortalLink, token: str, *, problem: str = "", status: int = 200, **forms_: Any
) -> HttpResponse:
    now, candidate = timezone.now(), link.candidate
    context = {
        "mine": mine(candidate, now=now),
        "candidate": candidate,
        "organisation": organisation_of(candidate),
        "token": token,
        "done": DONE.get(request.GET.get("done", "")),
        "problem": problem,
        "correction": forms_.get("correction") or CorrectionForm(auto_id="correction-%s", label_suffix=""),
        "complaint": forms_.get("complaint") or OwnComplaintForm(auto_id="complaint-%s", label_suffix=""),
    }
    return render(request, "candidates/data_requests/your_data.html", context, status=status)


def _back(token: str, done: str) -> HttpResponse:
    return redirect(f"{reverse('status_data', args=[token])}?done={done}")


@by_link
@require_POST
def status_data_copy(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """A copy of everything: its link goes by mail, for whoever holds a link to this page need not be me."""
    now = timezone.now()
    try:
        if problem := too_often(link):
            raise WrongState(problem)
        ours(actions.ask_for_copy)(candidate=link.candidate, now=now)
        ours(used)(link, now=now)
    except ActionError as refused:
        return _page(request, link, token, problem=refused.message, status=409)
    return _back(token, "copy")


@by_link
@require_POST
def status_data_correction(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """Put right what I cannot change myself."""
    form = CorrectionForm(request.POST, auto_id="correction-%s", label_suffix="")
    if _sent(link, form, actions.ask_for_correction):
        return _back(token, "correction")
    return _page(request, link, token, correction=form, status=400)


@by_link
@require_POST
def status_data_complaint(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """I complain about how my data is handled."""
    form = OwnComplaintForm(request.POST, auto_id="complaint-%s", label_suffix="")
    if _sent(link, form, actions.complain):
        return _back(token, "complaint")
    return _page(request, link, token, complaint=form, status=400)


def _sent(link: PortalLink, form: forms.Form, act: Any) -> bool:
    """Whether it has arrived; if not, the form says why."""
    if not form.is_valid():
        return False
    now = timezone.now()
    try:
        if problem := too_often(link):
            raise WrongState(problem)
        ours(act)(candidate=link.candidate, text=form.cleaned_data["text"], now=now)
        ours(used)(link, now=now)
    except ActionError as refused:
        form.add_error("text", refused.message)
        return False
    return True


# --- The link to a copy


@public
@csrf_exempt  # as on the candidate's own page: the address is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def data_copy(request: HttpRequest, key: str) -> HttpResponseBase:
    """Looking changes nothing, for programs look at links in mails; only the button downloads."""
    now = timezone.now()
    copy = actions.by_token(key)
    if copy is None:
        return _copy_page(request, "none", status=HTTPStatus.NOT_FOUND)
    speak(copy.candidate.language)
    if not copy.is_there(now):
        return _copy_page(request, "over", copy, status=HTTPStatus.GONE)
    if request.method != "POST":
        return _copy_page(request, "ready", copy)
    try:
        taken = ours(actions.take)(copy=copy, now=now)
    except Missing:  # a moment ago, or by its term
        return _copy_page(request, "over", copy, status=HTTPStatus.GONE)
    name = f"your-data-{taken.settled_at:%Y-%m-%d}.zip"
    download = FileResponse(
        taken.file.open("rb"), as_attachment=True, filename=name, content_type="application/zip"
    )
    return private(inert(download, cache="private, no-store"))


def _copy_page(
    request: HttpRequest, state: str, copy: DataCopy | None = None, *, status: int = HTTPStatus.OK
) -> HttpResponseBase:
    context = {
        "state": state,
        "copy": copy,
        "organisation": organisation_of(copy.candidate) if copy else None,
    }
    return private(render(request, "candidates/data_requests/copy.html", context, status=status))


# --- Everybody


@public
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_complaint(request: HttpRequest) -> HttpResponse:
    """Anybody complains about how we handle their data; who is known here or not is told to nobody."""
    if request.method != "POST":
        return _complaint_page(request, ComplaintForm(), sent="sent" in request.GET)
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return _complaint_page(request, form, status=400)
    if wait := _wait(request, form.cleaned_data["email"]):
        said = gettext(
            "This form was sent very often in a short while. Please wait %(time)s and send it again."
        )
        form.add_error(None, said % {"time": in_words(wait)})
        answer = _complaint_page(request, form, status=429)
        answer["Retry-After"] = str(wait)
        return answer
    given = form.cleaned_data
    try:
        ours(actions.complain)(
            text=given["text"],
            name=given["name"],
            email=given["email"],
            language=get_language() or "",
            organisation=given.get("organisation") or form.only_company,
            now=timezone.now(),
        )
    except ActionError as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        return _complaint_page(request, form, status=400)
    return redirect(f"{reverse('privacy_complaint')}?sent")


def _wait(request: HttpRequest, email: str) -> int:
    """Seconds until this place, or this address, may send it again: each sends a mail to what was typed."""
    return seconds_to_wait(settings.COMPLAINT_RATE, "complaint", client_ip(request)) or seconds_to_wait(
        settings.COMPLAINT_ADDRESS_RATE, "complaint-address", email_key(email)
    )


def _complaint_page(
    request: HttpRequest, form: ComplaintForm, *, sent: bool = False, status: int = 200
) -> HttpResponse:
    context = {"form": form, "sent": sent, "organisation": form.only_company}
    return render(request, "candidates/data_requests/complain.html", context, status=status)
