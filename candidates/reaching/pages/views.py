"""The page on which somebody is reached another way: by telephone, at another address, or not at all, with why."""

from collections.abc import Callable

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.reaching import actions, queries
from candidates.reaching.pages.forms import AddressForm, AsideForm, CalledForm


@signed_in()
@require_safe
def another_way(request: StaffRequest, application_id: int) -> HttpResponse:
    """Why a message did not reach them, and by which way they can be."""
    return _page(request, application_id)


def _page(request: StaffRequest, application_id: int, form: Form | None = None) -> HttpResponse:
    found = queries.page(request.user, application_id, permission=actions.PERMISSION)
    given = {type(form): form}
    offered = request.GET.get("email", "")
    first = {"email": offered} if offered in found.known else {}
    context = {
        "found": found,
        "row": found.row,
        "application": found.application,
        "candidate": found.application.candidate,
        "may_change": request.user.has_perm(actions.CHANGE, found.application.candidate),
        "called": given.get(CalledForm) or CalledForm(prefix="called"),
        "address": given.get(AddressForm) or AddressForm(prefix="address", initial=first),
        "aside": given.get(AsideForm) or AsideForm(prefix="aside"),
    }
    status = 422 if form is not None else 200
    return render(request, "candidates/reaching/another_way.html", context, status=status)


def _done(request: StaffRequest, application_id: int, form: Form, act: Callable[[Form], str]) -> HttpResponse:
    """Carry it out and go on to the application; or the page again, with what is wrong beside its field."""
    if form.is_valid():
        try:
            said = act(form)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, said)
            return redirect("application", application_id)
    return _page(request, application_id, form)


@signed_in()
@require_POST
def called(request: StaffRequest, application_id: int) -> HttpResponse:
    def act(form: Form) -> str:
        note = form.cleaned_data["note"]
        actions.note_called(application_id=application_id, note=note, by=request.user, now=timezone.now())
        return gettext("Noted. They count as told.")

    return _done(request, application_id, CalledForm(request.POST, prefix="called"), act)


@signed_in()
@require_POST
def address(request: StaffRequest, application_id: int) -> HttpResponse:
    def act(form: Form) -> str:
        email = form.cleaned_data["email"]
        is_sent = actions.write_to(
            application_id=application_id, email=email, by=request.user, now=timezone.now()
        )
        if is_sent:
            return gettext("The message goes to %(email)s.") % {"email": email}
        return gettext(
            "The address is kept. What the message said is not so any more: write to them yourself."
        )

    return _done(request, application_id, AddressForm(request.POST, prefix="address"), act)


@signed_in()
@require_POST
def by_sms(request: StaffRequest, application_id: int) -> HttpResponse:
    actions.send_sms(application_id=application_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("An SMS is on its way. They still have to be reached."))
    return redirect("another_way", application_id)


@signed_in()
@require_POST
def aside(request: StaffRequest, application_id: int) -> HttpResponse:
    def act(form: Form) -> str:
        reason = form.cleaned_data["reason"]
        actions.set_aside(application_id=application_id, reason=reason, by=request.user, now=timezone.now())
        return gettext("It is set aside.")

    return _done(request, application_id, AsideForm(request.POST, prefix="aside"), act)
