"""The candidate's own page. Whoever holds the link may read it; only POST changes anything.

There is no cookie and nobody signs in here: the address is the secret, and who does not know it cannot have
a browser send anything to it. That is what a CSRF token would prove, so none is asked for; and the policy that
keeps the address out of referrers would make browsers hide where a form came from.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Missing, WrongState
from ats.kernel.languages import known, ours, speak, speaking
from ats.kernel.ratelimits import in_words, seconds_to_wait
from ats.web.client_address import client_ip
from ats.web.languages import remember
from ats.web.policy import public
from candidates.applications.actions import withdraw
from candidates.applications.models import Application, ApplicationState
from candidates.documents.actions import attach
from candidates.documents.domain.oversize import is_oversize
from candidates.documents.models import DocumentKind
from candidates.documents.views import inert
from candidates.internal.actions import let_know
from candidates.messages.actions import answer_sharing, receive
from candidates.offers.models import OfferState
from candidates.people.actions import change_contact
from candidates.people.domain.addresses import email_key
from candidates.portal import actions, queries
from candidates.portal.actions.make_links import by_token
from candidates.portal.models import PortalLink
from candidates.portal.pages.forms import DetailsForm, DocumentForm, LinkForm, MessageForm, WithdrawForm
from candidates.portal.queries.interviews import arranged_of
from candidates.portal.queries.status import is_untold

View = Callable[..., HttpResponseBase]
ACTS_RATE = "40/hour"
SAFE = frozenset({"GET", "HEAD"})
DONE = {
    "too-long": gettext_lazy(
        "That was more than we can keep, so nothing is kept. Please say it in fewer words."
    ),
    "message": gettext_lazy("Your message has arrived."),
    "withdrawn": gettext_lazy("You have withdrawn. Thank you for telling us."),
    "details": gettext_lazy("Your details were changed."),
    "address": gettext_lazy(
        "Your details were changed. We have asked at your new address and at the one before: "
        "the new one counts once both say yes."
    ),
    "preferences": gettext_lazy("Thank you. We keep to what you chose."),
    "sms": gettext_lazy("Thank you. We keep to what you chose."),
    "sms-ended": gettext_lazy("No more SMS are sent to you. Our mail goes on as before."),
    "document": gettext_lazy("Your document has arrived."),
    "interview_cancelled": gettext_lazy(
        "The interview is cancelled. Thank you for telling us; we look for another time with you."
    ),
    "matters": gettext_lazy("Thank you. We keep it in mind."),
    "asked": gettext_lazy("Whoever owes you the answer has heard, and so has who leads them."),
    "feedback": gettext_lazy("Your question has arrived. The day by which you hear from us stands below."),
    "answered": gettext_lazy("No date of ours has passed without an answer any more."),
    "confirmed": gettext_lazy("Thank you, your address is confirmed."),
    "praise": gettext_lazy("Thank you. We have noted your answer."),
    "manager": gettext_lazy("Thank you. Your manager may know now."),
    "same": gettext_lazy("Thank you. The team of your role knows now, and nobody else."),
}


def private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept by nobody, found by no search, and its address told to nobody."""
    response["Cache-Control"] = response.headers.get("Cache-Control", "private, no-store")
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def by_link(view: View) -> View:
    """Give the view the link in place of its token; where there is none, offer to send a new one."""

    @public
    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, token: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
        link = by_token(token, timezone.now())
        if link is None:
            return private(_ask_page(request, LinkForm(), over=True, status=404))
        speak(link.candidate.language)
        answer = view(request, link, token, *args, **kwargs)
        if answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED and request.method in SAFE:
            answer = redirect("status", token)  # who asks again for the address of a form sees their page
        return private(answer)

    return guarded


# --- Asking for a link


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def status_link(request: HttpRequest) -> HttpResponseBase:
    """Ask for a new link. The answer is the same whether the address is known or not."""
    if request.method != "POST":
        return private(_ask_page(request, LinkForm(), sent="sent" in request.GET))
    form = LinkForm(request.POST)
    if not form.is_valid():
        return private(_ask_page(request, form, status=400))
    email = form.cleaned_data["email"]
    wait = seconds_to_wait(settings.STATUS_LINK_RATE, "status-link", client_ip(request))
    wait = wait or seconds_to_wait(settings.STATUS_LINK_ADDRESS_RATE, "status-link-address", email_key(email))
    if wait:
        said = gettext("A link was asked for several times just now. Please wait %(time)s.")
        form.add_error(None, said % {"time": in_words(wait)})
        response = private(_ask_page(request, form, status=429))
        response["Retry-After"] = str(wait)
        return response
    ours(actions.ask_for_link)(email=email, now=timezone.now())
    return private(redirect(f"{reverse('status_link')}?sent"))


def _ask_page(
    request: HttpRequest, form: LinkForm, *, over: bool = False, sent: bool = False, status: int = 200
) -> HttpResponse:
    context = {"form": form, "over": over, "sent": sent}
    return render(request, "candidates/portal/ask.html", context, status=status)


@public
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def status_address(request: HttpRequest, signed: str) -> HttpResponseBase:
    """Answer from one of the two addresses, by the mail that went there; opening the link alone changes nothing."""
    now = timezone.now()
    found = actions.asked_by(signed, now=now)
    if found is None:
        return private(_ask_page(request, LinkForm(), over=True, status=404))
    asked, side = found
    context: dict[str, Any] = {"email": asked.email, "is_old": side == actions.OLD, "problem": "", "said": ""}
    context["organisation"] = actions.organisation_of(asked.candidate)
    if request.method == "POST":
        try:
            context["said"] = _answered(signed, said_no="no" in request.POST and side == actions.OLD, now=now)
        except ActionError as refused:
            context["problem"] = refused.message
    status = 400 if context["problem"] else 200
    with speaking(asked.candidate.language):
        return private(render(request, "candidates/portal/address.html", context, status=status))


def _answered(signed: str, *, said_no: bool, now: datetime) -> str:
    """What has come of it: `refused`, `changed`, or `waiting` for the other yes."""
    if said_no:
        ours(actions.say_no)(signed=signed, now=now)
        return "refused"
    return "changed" if ours(actions.say_yes)(signed=signed, now=now).done_at else "waiting"


# --- The page


@by_link
@require_safe
def status(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """Where I stand, what is next, by when, from whom."""
    return _page(request, link, token)


def _page(
    request: HttpRequest,
    link: PortalLink,
    token: str,
    *,
    message: MessageForm | None = None,
    about: int | None = None,
    document: DocumentForm | None = None,
    status: int = 200,
) -> HttpResponse:
    portal = queries.portal_of(link.candidate, now=timezone.now())
    context = {
        "portal": portal,
        "candidate": link.candidate,
        "organisation": portal.organisation,
        "token": token,
        "done": DONE.get(request.GET.get("done", "")),
        "message_form": message,
        "message_about": about,
        "document_form": document or DocumentForm(auto_id="%s", label_suffix=""),
    }
    with timezone.override(portal.zone):
        return render(request, "candidates/portal/status.html", context, status=status)


def back(token: str, done: str, place: str = "") -> HttpResponse:
    return redirect(f"{reverse('status', args=[token])}?done={done}{place}")


def too_often(link: PortalLink) -> str:
    wait = seconds_to_wait(ACTS_RATE, "portal", str(link.candidate_id))
    said = gettext("That was a lot in a short while. Please wait %(time)s.")
    return said % {"time": in_words(wait)} if wait else ""


# --- What one can do there


@by_link
@require_POST
def status_message(request: HttpRequest, link: PortalLink, token: str, application_id: int) -> HttpResponse:
    """Write to us about one application."""
    now = timezone.now()
    application = queries.application_of(link.candidate, application_id)
    form = MessageForm(request.POST, auto_id=f"%s_{application_id}", label_suffix="")
    if form.is_valid():
        try:
            if problem := too_often(link):
                raise WrongState(problem)
            ours(receive)(
                candidate=link.candidate, application=application, body=form.cleaned_data["body"], now=now
            )
            ours(actions.used)(link, now=now)
        except ActionError as refused:
            form.add_error("body", refused.message)
        else:
            return back(token, "message", f"#messages-{application_id}")
    return _page(request, link, token, message=form, about=application_id, status=400)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_withdraw(request: HttpRequest, link: PortalLink, token: str, application_id: int) -> HttpResponse:
    """Withdraw an application; asked once, on a page of its own."""
    now = timezone.now()
    application = queries.application_of(link.candidate, application_id)
    form = WithdrawForm(request.POST if request.method == "POST" else None, auto_id="%s", label_suffix="")
    problem = ""
    if form.is_bound and form.is_valid():
        try:
            _withdraw(application, link, form.cleaned_data["reason"], now=now)
            ours(actions.used)(link, now=now)
        except ActionError as refused:
            problem = refused.message
            application.refresh_from_db(fields=["state", "decided_by"])
            if application.state == ApplicationState.WITHDRAWN and application.decided_by_id is None:
                return back(token, "withdrawn")  # a second click
        else:
            return back(token, "withdrawn")
    arranged = arranged_of([application.pk], now=now, booked=True, asked=False).get(application.pk)
    context = {
        "application": application,
        "organisation": application.requisition.organisation,
        "interviews": arranged.interviews if arranged else [],
        "has_offer": application.offers.filter(state=OfferState.SENT).exists(),
        "form": form,
        "problem": problem,
        "token": token,
    }
    failed = form.is_bound
    return render(request, "candidates/portal/withdraw.html", context, status=400 if failed else 200)


def _withdraw(application: Application, link: PortalLink, reason: str, *, now: datetime) -> None:
    """Withdraw; where we have decided and not told them yet, their word reaches us as a message.

    Anything else would tell them of the decision before we do.
    """
    if is_untold(application):
        words = f"I withdraw my application. {reason}".strip()
        ours(receive)(candidate=link.candidate, application=application, body=words, now=now)
    else:
        ours(withdraw)(application=application, by=link.candidate, reason_text=reason, now=now)


@by_link
@require_http_methods(["GET", "HEAD", "POST"])
def status_details(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """My data: see it, change it."""
    candidate = link.candidate
    form = DetailsForm.of(candidate, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            done = _change(link, form)
        except ActionError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
        else:
            return back(token, done)
    context = {
        "form": form,
        "candidate": candidate,
        "organisation": actions.organisation_of(candidate),
        "token": token,
    }
    status = 400 if form.is_bound else 200
    return render(request, "candidates/portal/details.html", context, status=status)


def _change(link: PortalLink, form: DetailsForm) -> str:
    now, candidate = timezone.now(), link.candidate
    # Of a page that was opened before it had a field, what it did not ask is left as it is.
    facts = {name: value for name, value in form.cleaned_data.items() if name in form.data}
    email = facts.pop("email")
    if problem := too_often(link):
        raise WrongState(problem)
    ours(change_contact)(candidate=candidate, by=candidate, now=now, **facts)
    ours(actions.used)(link, now=now)
    if email == candidate.email:
        return "details"
    if email_key(email) == candidate.email_key:  # written differently, the same letterbox
        ours(change_contact)(candidate=candidate, by=candidate, now=now, email=email)
        return "details"
    ours(actions.ask_to_change_email)(candidate=candidate, email=email, now=now)
    return "address"


@by_link
@require_POST
def status_confirm(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """This is my address: mail reaches me."""
    ours(actions.used)(link, now=timezone.now())
    return back(token, "confirmed")


@by_link
@require_POST
def status_language(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """Speak to me in this language, here and by mail; and in this browser where I am not known."""
    language, mine = request.POST.get("language", ""), reverse("status", args=[token])
    came_from = request.POST.get("back", "")
    response = redirect(came_from if came_from.startswith(mine) and "//" not in came_from else mine)
    if language not in known():
        return response
    ours(change_contact)(candidate=link.candidate, by=link.candidate, now=timezone.now(), language=language)
    return remember(response, language)


@by_link
@require_POST
def status_same(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """Whether who came to us with my address another way is I, too."""
    now = timezone.now()
    ours(actions.say_whether_same)(
        candidate=link.candidate, is_same=request.POST.get("same") == "yes", now=now
    )
    ours(actions.used)(link, now=now)
    return back(token, "same")


@by_link
@require_POST
def status_praise(request: HttpRequest, link: PortalLink, token: str, praise_id: int) -> HttpResponse:
    """Whether kind words of mine may be shared; I can change my mind."""
    now = timezone.now()
    agrees = request.POST.get("share") == "yes"
    try:
        ours(answer_sharing)(candidate=link.candidate, praise_id=praise_id, agrees=agrees, now=now)
    except Missing:
        return _page(request, link, token, status=404)
    ours(actions.used)(link, now=now)
    return back(token, "praise")


@by_link
@require_POST
def status_manager(request: HttpRequest, link: PortalLink, token: str, application_id: int) -> HttpResponse:
    """My manager may know of this application; or I ask the recruiter first, by a message."""
    now = timezone.now()
    application = queries.application_of(link.candidate, application_id)
    ours(let_know)(candidate=link.candidate, application_id=application.pk, now=now)
    ours(actions.used)(link, now=now)
    return back(token, "manager")


@by_link
@require_POST
def status_add_document(request: HttpRequest, link: PortalLink, token: str) -> HttpResponse:
    """Add a document."""
    if is_oversize(request):
        form = DocumentForm({}, auto_id="%s", label_suffix="")
        form.errors["document"] = form.error_class(
            [gettext("This file is larger than 10 MB. Attach a smaller one.")]
        )
        return _page(request, link, token, document=form, status=413)
    form = DocumentForm(request.POST, request.FILES, auto_id="%s", label_suffix="")
    if form.is_valid():
        now = timezone.now()
        try:
            if problem := too_often(link):
                raise WrongState(problem)
            ours(attach)(
                candidate=link.candidate,
                application=queries.open_application_of(link.candidate),
                kind=DocumentKind.OTHER,
                upload=form.cleaned_data["document"],
                by=link.candidate,
                now=now,
                field="document",
            )
            ours(actions.used)(link, now=now)
        except ActionError as refused:
            form.add_error("document", refused.message)
        else:
            return back(token, "document", "#documents")
    return _page(request, link, token, document=form, status=400)


@by_link
@require_safe
def status_document(request: HttpRequest, link: PortalLink, token: str, document_id: int) -> HttpResponseBase:
    """One of my files, as I gave it."""
    document = queries.document_of(link.candidate, document_id)
    return inert(
        FileResponse(
            document.file.open("rb"),
            as_attachment=True,
            filename=document.filename,
            content_type=document.content_type,
        ),
        cache="private, no-store",
    )
