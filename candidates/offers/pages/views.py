"""Making an offer: its terms, the close beside them, the letter as it is sent."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.applications.actions.note import note_matters
from candidates.applications.models import Application
from candidates.offers import actions, queries
from candidates.offers.actions import keep_documents
from candidates.offers.domain import pdf
from candidates.offers.domain import terms as terms_
from candidates.offers.models import Offer, OfferState
from candidates.offers.pages.forms import PLACEHOLDERS, ExtendForm, MattersForm, OfferForm, WithdrawForm
from candidates.offers.queries import Close, letter

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
@reads_and_writes
def offer_new(request: StaffRequest, application_id: int) -> HttpResponse:
    """Begin an offer to this person; one that is on its way is shown instead."""
    application = queries.application_to_offer(request.user, application_id)
    live = queries.live_offer_of(application)
    if live is not None:
        return redirect("offer", live.pk)
    if "take" in request.POST:
        form = _with_our_letter(request, application)
    elif request.method == "POST":
        form = OfferForm(request.POST)
        made = _held(
            form,
            lambda: actions.draft(
                application_id=application_id, by=request.user, now=timezone.now(), **form.cleaned_data
            ),
        )
        if made is not None:
            return redirect("offer", made.pk)
    else:
        form = OfferForm(initial=_first_terms(application))
    requisition = application.requisition
    context = {
        "application": application,
        "form": form,
        "close": Close(application),
        "matters_form": MattersForm(initial={"matters": application.matters}),
        "placeholders": PLACEHOLDERS,
        "no_range": requisition.pay_min is None or requisition.pay_max is None,
    }
    status = 422 if form.is_bound else 200
    return render(request, "candidates/offers/new.html", context, status=status)


def _first_terms(application: Application) -> dict[str, Any]:
    """The last offer's terms, where there was one; else what the role suggests."""
    last = queries.last_terms_of(application)
    if last is not None:
        return OfferForm.initial_of(last, last.offer)
    words = letter.template_for(application.requisition.organisation, application.candidate.language)
    return terms_.suggested(application.requisition) | {
        "valid_days": 5,
        "letter": words.body,
        "language": words.language,
    }


def _with_our_letter(request: StaffRequest, application: Application) -> OfferForm:
    """What was typed so far, with the letter that an offer in the chosen language begins with."""
    words = letter.template_for(application.requisition.organisation, request.POST.get("language", ""))
    return OfferForm(initial=request.POST.dict() | {"letter": words.body, "language": words.language})


def _held(form: forms.Form, action: Callable[[], Offer]) -> Offer | None:
    """The offer, where form and action take it; else the form says why not."""
    if not form.is_valid():
        return None
    try:
        return action()
    except ActionError as error:
        show_error(form, error)
        return None


@signed_in()
@reads_and_writes
def offer(request: StaffRequest, offer_id: int) -> HttpResponse:
    """An offer: whose move it is, its terms, the letter; a POST changes the terms."""
    page = queries.offer_page(request.user, offer_id, now=timezone.now())
    form = None
    if "take" in request.POST and page.may_change:
        form = _with_our_letter(request, page.offer.application)
    elif request.method == "POST":
        form = given = OfferForm(request.POST)
        changed = _held(
            form,
            lambda: actions.change_terms(
                offer_id=offer_id, by=request.user, now=timezone.now(), **given.cleaned_data
            ),
        )
        if changed is not None:
            toast_next(
                request,
                gettext("Kept as version %(number)s.") % {"number": changed.next_number or changed.number},
            )
            return redirect("offer", offer_id)
    elif page.may_change and ("change" in request.GET):
        form = OfferForm(initial=OfferForm.initial_of(page.worked_on, page.offer))
    return _offer_page(request, page, form=form)


def _offer_page(
    request: StaffRequest,
    page: queries.OfferPage,
    *,
    form: OfferForm | None = None,
    withdraw_form: WithdrawForm | None = None,
) -> HttpResponse:
    application = page.offer.application
    context = {
        "page": page,
        "offer": page.offer,
        "application": application,
        "candidate": application.candidate,
        "requisition": application.requisition,
        "close": page.close,
        "form": form,
        "matters_form": MattersForm(initial={"matters": application.matters}),
        "placeholders": PLACEHOLDERS,
        "withdraw_form": withdraw_form or WithdrawForm(auto_id="withdraw_%s"),
        "extend_form": ExtendForm(auto_id="extend_%s"),
    }
    status = 422 if (form is not None and form.is_bound) or withdraw_form is not None else 200
    return render(request, "candidates/offers/offer.html", context, status=status)


@signed_in()
@require_POST
def offer_submit(request: StaffRequest, offer_id: int) -> HttpResponse:
    made = actions.submit(
        offer_id=offer_id, by=request.user, now=timezone.now(), with_gaps="with_gaps" in request.POST
    )
    at_once = OfferState.APPROVED in (made.state, made.next_state)
    toast_next(request, gettext("Approved: nobody has to be asked.") if at_once else gettext("Asked."))
    return redirect("offer", offer_id)


@signed_in()
@require_POST
def offer_send(request: StaffRequest, offer_id: int) -> HttpResponse:
    made = actions.send(offer_id=offer_id, by=request.user, now=timezone.now())
    name = made.application.candidate.name
    again = gettext("%(name)s has the new version now, and is told.")
    first = gettext("On its way to %(name)s. Until it leaves you can take it back.")
    toast_next(request, (again if made.renewed_at else first) % {"name": name})
    return redirect("offer", offer_id)


@signed_in()
@require_POST
def offer_drop_next(request: StaffRequest, offer_id: int) -> HttpResponse:
    actions.drop_next(offer_id=offer_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("Dropped. What they have stands."))
    return redirect("offer", offer_id)


@signed_in()
@require_POST
def offer_extend(request: StaffRequest, offer_id: int) -> HttpResponse:
    day = _one_field(ExtendForm(request.POST), "until_day")
    actions.extend(offer_id=offer_id, until_day=day, by=request.user, now=timezone.now())
    toast_next(request, gettext("They have more time, and are told."))
    return redirect("offer", offer_id)


@signed_in()
@require_POST
def offer_withdraw(request: StaffRequest, offer_id: int) -> HttpResponse:
    form = WithdrawForm(request.POST, auto_id="withdraw_%s")
    now = timezone.now()
    if form.is_valid():
        try:
            actions.withdraw(offer_id=offer_id, reason=form.cleaned_data["reason"], by=request.user, now=now)
        except Invalid as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("The offer is withdrawn."))
            return redirect("offer", offer_id)
    page = queries.offer_page(request.user, offer_id, now=now)
    return _offer_page(request, page, withdraw_form=form)


def _one_field(form: forms.Form, name: str) -> Any:
    if not form.is_valid():
        raise Invalid(str(form.errors[name][0]), field=name)
    return form.cleaned_data[name]


@signed_in()
@require_POST
def application_matters(request: StaffRequest, application_id: int) -> HttpResponse:
    """Note what matters to this person, and go back to where one was."""
    application = queries.application_to_offer(request.user, application_id)
    text = _one_field(MattersForm(request.POST), "matters")
    note_matters(application=application, text=text, by=request.user, now=timezone.now())
    live = queries.live_offer_of(application)
    if request.POST.get("back") == "application":
        return redirect(f"{reverse('application', args=[application_id])}#matters")
    return redirect("offer", live.pk) if live else redirect("offer_new", application_id)


# --- The letter


@signed_in()
@require_safe
def offer_letter(request: StaffRequest, offer_id: int) -> HttpResponse:
    """The letter of a version as PDF: the bytes that are sent."""
    made = queries.offer_for(request.user, offer_id)
    number = _version(request, made)
    return as_pdf(queries.letter_bytes(made, number), keep_documents.filename(made, "letter", number))


@signed_in()
@require_safe
def offer_signed(request: StaffRequest, offer_id: int) -> HttpResponse:
    """The letter with the page that says who signed it."""
    made = queries.offer_for(request.user, offer_id)
    return as_pdf(queries.signed_bytes(made), keep_documents.filename(made, "signed"))


@signed_in()
@require_safe
def offer_page_picture(request: StaffRequest, offer_id: int, number: int) -> HttpResponse:
    """One page of the letter as a picture."""
    made = queries.offer_for(request.user, offer_id)
    picture = pdf.picture(queries.letter_bytes(made, _version(request, made)), number)
    if picture is None:
        raise Http404(gettext("There is no such page."))
    return as_picture(picture)


def _version(request: StaffRequest, made: Offer) -> int:
    """The version that is asked for; without a number, the one that holds."""
    asked = request.GET.get("version", "")
    return int(asked) if asked.isdecimal() and len(asked) < 5 else made.number


def as_picture(content: bytes) -> HttpResponse:
    answer = HttpResponse(content, content_type="image/png")
    answer["Cache-Control"] = "private, no-store"
    return answer


def as_pdf(content: bytes, filename: str) -> HttpResponse:
    """A download: no browser opens it inside one of our pages."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = "private, no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
