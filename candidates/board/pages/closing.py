"""Ending a role so that nobody in play for it is left without an answer."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, gettext_lazy, ngettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.application_pages.forms import SweepForm
from candidates.application_pages.queries import no_letters, previews
from candidates.applications.actions import sweep
from candidates.applications.actions.decide import leaves_at
from candidates.applications.models import DispositionReason
from candidates.applications.queries import offered
from candidates.board.queries import role
from candidates.internal.queries import kept_in
from requisitions.models import Requisition, RequisitionState
from requisitions.roles.queries import get_requisition
from requisitions.roles.workflow import ENDED

ROLE = "application.rejected"


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Who is in play, what they are told, and how the role ends: all of it, or nothing."""
    requisition = get_requisition(
        request.user,
        requisition_id,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to end this role."),
    )
    if requisition.state in ENDED or requisition.state == RequisitionState.DRAFT:
        return redirect("requisition", requisition_id)
    kept = kept_in(request.user, requisition.pk)
    waiting, letter = role.waiting(requisition, kept=kept), None
    hired = number(request.GET.get("hired", ""))
    if request.method == "POST":
        form = SweepForm(request.POST)
        if "preview" not in request.POST and form.is_valid() and _swept(request, requisition, form):
            return redirect("requisition", requisition_id)
    else:
        letter = no_letters.letter_to_all(role.ids_in_play(requisition), requisition, now=timezone.now())
        form = SweepForm(initial=_first_words(requisition, letter, hired=hired is not None))
    context = {
        "requisition": requisition,
        "waiting": waiting,
        "offered": offered.offers_for(requisition.pk, now=timezone.now(), without=kept),
        "form": form,
        "template_problem": letter.problem if letter else "",
        "hired": role.place_of(requisition.pk, hired) if hired and hired not in kept else None,
        "mail": None,
        "problem": "",
    }
    if "preview" in request.POST and waiting.first:
        context |= _preview(waiting, form)
        if request.htmx:
            return render(request, "candidates/compose/preview.html", context)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "candidates/board/close.html", context, status=status)


def _first_words(requisition: Requisition, letter: no_letters.Letter, *, hired: bool) -> dict[str, Any]:
    return {
        "subject": letter.words.subject,
        "body": letter.body,
        "reason": "position-filled" if hired else "role-closed",
        "new_state": RequisitionState.FILLED if hired else RequisitionState.CLOSED,
    }


def _swept(request: StaffRequest, requisition: Requisition, form: SweepForm) -> bool:
    facts = form.cleaned_data
    try:
        told = sweep(
            requisition_id=requisition.pk,
            reason=facts["reason"],
            message=form.message,
            by=request.user,
            now=timezone.now(),
            new_state=facts["new_state"],
            end_reason=facts["end_reason"],
            claims_meant=facts["claims_meant"],
        )
    except ActionError as error:
        show_error(form, error)
        return False
    said = ngettext(
        "%(number)s person will be told, and the role is over.",
        "%(number)s people will be told, and the role is over.",
        told,
    )
    toast_next(request, said % {"number": told} if told else gettext("The role is over."))
    return True


def _preview(waiting: role.Waiting, form: SweepForm) -> dict[str, Any]:
    """What the first of them would get."""
    form.is_valid()
    facts, first = form.cleaned_data, waiting.first
    assert first is not None
    seen: dict[str, Any] = {"to": first.candidate, "leaves_at": leaves_at(first, timezone.now())}
    try:
        seen["mail"] = previews.as_sent(
            first,
            role=ROLE,
            subject=facts.get("subject", ""),
            body=facts.get("body", ""),
            now=timezone.now(),
            reason=DispositionReason.objects.filter(code=form.data.get("reason", "")).first(),
        )
    except ActionError as error:
        seen["problem"] = error.message
    return seen
