"""A candidate's offer: read, kept, asked about, accepted or declined. Opening a link answers nothing."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Conflict, Invalid, WrongState
from ats.kernel.languages import ours
from ats.web.client_address import known_ip
from candidates.applications.actions.note import note_matters
from candidates.compose import quiet_hours
from candidates.offers.actions import answer as answering
from candidates.offers.actions import keep_documents
from candidates.offers.pages.views import as_pdf
from candidates.portal import actions, queries
from candidates.portal.models import PortalLink
from candidates.portal.pages.offers.forms import AcceptForm, DeclineForm
from candidates.portal.pages.views import back, by_link, too_often
from candidates.portal.queries import offers
from candidates.portal.queries.offers import OfferOfMine

answers = require_http_methods(["GET", "HEAD", "POST"])


def _page(
    request: HttpRequest, mine: OfferOfMine, token: str, template: str, *, status: int = 200, **context: Any
) -> HttpResponse:
    application = mine.offer.application
    organisation = application.requisition.organisation
    context |= {
        "mine": mine,
        "offer": mine.offer,
        "application": application,
        "requisition": application.requisition,
        "candidate": application.candidate,
        "organisation": organisation,
        "token": token,
    }
    with timezone.override(quiet_hours.zone_for(application)):
        return render(request, f"candidates/portal/{template}.html", context, status=status)


@by_link
@require_safe
def status_offer(request: HttpRequest, link: PortalLink, token: str, offer_id: int) -> HttpResponse:
    """The offer, as one reads it on a phone: the letter's words and all of its terms."""
    try:
        mine = offers.offer_of(link.candidate, offer_id, now=timezone.now())
    except offers.NotYetTold:
        return redirect("status", token)
    return _page(
        request, mine, token, "offer", done="done" in request.GET, meanwhile="changed" in request.GET
    )


@by_link
@require_safe
def status_offer_letter(
    request: HttpRequest, link: PortalLink, token: str, offer_id: int, kind: str
) -> HttpResponse:
    """The letter, or the signed one, as a file to keep."""
    mine = offers.offer_of(link.candidate, offer_id, now=timezone.now())
    return as_pdf(offers.document_of(mine.offer, kind), keep_documents.filename(mine.offer, kind))


@by_link
@answers
def status_offer_accept(request: HttpRequest, link: PortalLink, token: str, offer_id: int) -> HttpResponse:
    """Accept by typing one's name, on a page of its own."""
    now = timezone.now()
    mine = offers.offer_of(link.candidate, offer_id, now=now)
    form = AcceptForm(
        request.POST if request.method == "POST" else None,
        initial={"sha256": mine.sha256},
        known_as=link.candidate.name,
        auto_id="%s",
        label_suffix="",
    )

    def accept() -> None:
        ours(answering.accept)(
            offer=mine.offer,
            typed_name=form.cleaned_data["typed_name"],
            sha256=form.cleaned_data["sha256"],
            ip=known_ip(request),
            user_agent=request.headers.get("User-Agent", ""),
            candidate=link.candidate,
            now=now,
        )

    return _answered(request, link, token=token, mine=mine, form=form, answer=accept, template="accept")


@by_link
@answers
def status_offer_decline(request: HttpRequest, link: PortalLink, token: str, offer_id: int) -> HttpResponse:
    """Decline, with a reason if one likes to give it."""
    now = timezone.now()
    mine = offers.offer_of(link.candidate, offer_id, now=now)
    form = DeclineForm(request.POST if request.method == "POST" else None, auto_id="%s", label_suffix="")

    def decline() -> None:
        ours(answering.decline)(
            offer=mine.offer, reason=form.cleaned_data["reason"], candidate=link.candidate, now=now
        )

    return _answered(request, link, token=token, mine=mine, form=form, answer=decline, template="decline")


def _answered(
    request: HttpRequest,
    link: PortalLink,
    *,
    token: str,
    mine: OfferOfMine,
    form: forms.Form,
    answer: Callable[[], None],
    template: str,
) -> HttpResponse:
    """Ask on a page; with a POST, answer, and go back to the offer."""
    if form.is_bound and form.is_valid():
        try:
            if problem := too_often(link):
                raise WrongState(problem)
            answer()
            ours(actions.used)(link, now=mine.now)
        except Conflict:  # another version is to be read first
            return redirect(f"{reverse('status_offer', args=[token, mine.offer.pk])}?changed")
        except ActionError as refused:
            form.add_error(refused.field if refused.field in form.fields else None, refused.message)
            mine = offers.offer_of(link.candidate, mine.offer.pk, now=mine.now)
        else:
            return redirect(f"{reverse('status_offer', args=[token, mine.offer.pk])}?done")
    status = 400 if form.is_bound else 200
    return _page(request, mine, token, f"offer_{template}", form=form, status=status)


@by_link
@require_POST
def status_matters(request: HttpRequest, link: PortalLink, token: str, application_id: int) -> HttpResponse:
    """Say what matters to one in a job."""
    application = queries.application_of(link.candidate, application_id)
    now = timezone.now()
    try:
        ours(note_matters)(
            application=application, text=request.POST.get("matters", ""), by=link.candidate, now=now
        )
    except Invalid:  # no browser that keeps to the field's own limit sends as much
        return back(token, "too-long", f"#matters-{application_id}")
    ours(actions.used)(link, now=now)
    return back(token, "matters", f"#matters-{application_id}")
