"""Accepting an agreement, proposing other times, and writing to a partner."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.partnerships import actions, queries
from partners.partnerships.models import AgreementState
from partners.partnerships.pages.forms import TermsForm, WordForm
from partners.partnerships.rules import WRITE_WORD


@signed_in()
@require_POST
def accept(request: StaffRequest, partnership_id: int) -> HttpResponse:
    version = number(request.POST.get("version", "")) or 0
    agreement = actions.accept(
        partnership_id=partnership_id, version=version, by=request.user, now=timezone.now()
    )
    if agreement.state == AgreementState.ACCEPTED:
        toast_next(request, gettext("You have both accepted. It counts from now."))
    else:
        toast_next(request, gettext("Accepted. Your partner has been asked as well."))
    return redirect("partnership", partnership_id=partnership_id)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def propose(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """Change the times, and put them to the other side."""
    partnership, agreement = queries.to_propose(request.user, partnership_id)
    form = TermsForm(request.POST or None, agreement=agreement)
    if request.method == "POST" and form.is_valid():
        try:
            actions.propose(
                partnership_id=partnership_id,
                times=form.times(),
                version=form.cleaned_data["version"],
                grace=form.cleaned_data["grace"],
                by=request.user,
                now=timezone.now(),
            )
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            toast_next(request, gettext("Proposed. Your partner gets a mail and can accept it."))
            return redirect("partnership", partnership_id=partnership_id)
    context = {
        "partnership": partnership,
        "role": partnership.requisition,
        "form": form,
        "sides": queries.fields_by_side(form),
    }
    return render(request, "partners/partnerships/propose.html", context, status=422 if form.errors else 200)


@signed_in()
@require_POST
def update(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """The recruiting side says where the role stands."""
    words = request.POST.get("words", "")
    actions.give_update(partnership_id=partnership_id, words=words, by=request.user, now=timezone.now())
    toast_next(request, gettext("Sent."))
    return redirect("partnership", partnership_id=partnership_id)


@signed_in(WRITE_WORD)
@require_http_methods(["GET", "HEAD", "POST"])
def word(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """A recruiter writes to those with whom they fill the role."""
    partnership, people = queries.whom_to_write(request.user, partnership_id)
    role = partnership.requisition
    form = WordForm(
        request.POST if request.method == "POST" else None,
        people=people,
        initial={"to": role.hiring_manager_id},
    )
    if request.method == "POST" and form.is_valid():
        facts = {"to_id": form.cleaned_data["to"], "text": form.cleaned_data["text"]}
        try:
            actions.write_word(requisition_id=role.pk, by=request.user, now=timezone.now(), **facts)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Sent. The answer comes to your mailbox."))
            return redirect("partnership", partnership_id=partnership_id)
    context = {"partnership": partnership, "role": role, "form": form}
    return render(request, "partners/partnerships/word.html", context, status=422 if form.errors else 200)
