"""What is done from a board with all that are selected: write, reject, ask the manager."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.common import when
from ats.common.answers import done
from ats.common.errors import ActionError
from ats.common.policy import signed_in
from ats.common.requests import StaffRequest
from candidates.applications import actions, offered, previews
from candidates.applications.bulk import BulkResult
from candidates.applications.forms import BulkRejectForm, LetterForm
from candidates.applications.models import Application, DispositionReason
from candidates.applications.page import application_for
from candidates.conversation.actions import ROLE
from candidates.desk import queries
from candidates.desk.actions import bulk_write
from candidates.desk.views import MOST, permitted, selected
from candidates.reviews.actions import ask
from requisitions.models import Requisition


def chosen(request: StaffRequest, requisition: Requisition) -> list[int]:
    """The selected applications that are of this requisition."""
    return list(queries.places(requisition.pk, selected(request, requisition, now=timezone.now())))


def _dialog(
    request: StaffRequest, template: str, requisition: Requisition, ids: list[int], **context: Any
) -> HttpResponse:
    context |= {"requisition": requisition, "ids": ids, "count": len(ids), "most": MOST}
    if template == "reject":
        context["offered"] = offered.offers_to(ids, now=timezone.now())
        context["left_out"] = sum(offer.in_hand for offer in context["offered"])
        context["touched"] = len(ids) - context["left_out"]
    status = 422 if context["form"].is_bound and context["form"].errors else 200
    return render(request, f"candidates/desk/{template}.html#dialog", context, status=status)


def _preview(request: StaffRequest, ids: list[int], form: LetterForm, *, role: str) -> HttpResponse:
    """What the first of them would get."""
    first: Application = application_for(request.user, ids[0])
    form.is_valid()
    facts, reason = form.cleaned_data, form.data.get("reason", "")
    context: dict[str, Any] = {"to": first.candidate}
    try:
        context["mail"] = previews.as_sent(
            first,
            role=role,
            subject=facts.get("subject", ""),
            body=facts.get("body", ""),
            now=timezone.now(),
            reason=DispositionReason.objects.filter(code=reason).first(),
        )
    except ActionError as error:
        context["problem"] = error.message
    return render(request, "candidates/applications/preview.html", context)


def _said(result: BulkResult, what: str) -> str:
    text = f"{what} {when.counted(len(result.done), 'person', 'people')}."
    if result.refused:
        text += f" Not {len(result.refused)}: {next(iter(result.refused.values()))}"
    return text


@signed_in()
@require_POST
def message(request: StaffRequest, requisition_id: int) -> HttpResponse:
    requisition = permitted(request, requisition_id, "candidates.work_board")
    ids = chosen(request, requisition)
    if not ids or "body" not in request.POST:
        subject, body = previews.words_to_many(requisition.organisation, ROLE)
        return _dialog(
            request, "message", requisition, ids, form=LetterForm(initial={"subject": subject, "body": body})
        )
    form = LetterForm(request.POST)
    if "preview" in request.POST:
        return _preview(request, ids, form, role=ROLE)
    if not form.is_valid():
        return _dialog(request, "message", requisition, ids, form=form)
    result = bulk_write(application_ids=ids, by=request.user, now=timezone.now(), **form.cleaned_data)
    return done(request, _said(result, "Wrote to"), back=reverse("board", args=[requisition_id]))


@signed_in()
@require_POST
def reject(request: StaffRequest, requisition_id: int) -> HttpResponse:
    requisition = permitted(request, requisition_id, "candidates.work_board")
    ids = chosen(request, requisition)
    role = "application.rejected"
    if not ids or "body" not in request.POST:
        subject, body = previews.words_to_many(requisition.organisation, role)
        form = BulkRejectForm(initial={"subject": subject, "body": body})
        return _dialog(request, "reject", requisition, ids, form=form)
    form = BulkRejectForm(request.POST)
    if "preview" in request.POST:
        return _preview(request, ids, form, role=role)
    if not form.is_valid():
        return _dialog(request, "reject", requisition, ids, form=form)
    facts = form.cleaned_data
    result = actions.bulk_reject(
        application_ids=ids,
        reason=facts["reason"],
        message=form.message,
        by=request.user,
        now=timezone.now(),
    )
    return done(
        request, _said(result, "Decided, and will tell"), back=reverse("board", args=[requisition_id])
    )


@signed_in()
@require_POST
def ask_manager(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Put the selected before the hiring manager, as one slate."""
    requisition = permitted(request, requisition_id, "candidates.work_board")
    ids = chosen(request, requisition)
    ask(application_ids=ids, by=request.user, now=timezone.now())
    text = f"{requisition.hiring_manager} is asked for a view on {when.counted(len(ids), 'candidate', 'candidates')}."
    return done(request, text, back=reverse("board", args=[requisition_id]))
