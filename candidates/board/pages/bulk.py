"""What is done from a board with all that are selected: write, reject, ask the manager."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.kernel.errors import ActionError, WrongState
from ats.kernel.staff_words import gettext, ngettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from candidates.application_pages.forms import BulkRejectForm, LetterForm
from candidates.application_pages.queries import application_for, no_letters, previews
from candidates.applications import actions
from candidates.applications.actions.bulk import BulkResult
from candidates.applications.models import Application, DispositionReason
from candidates.applications.queries import offered
from candidates.board.actions import bulk_write
from candidates.board.pages.views import MOST, permitted, selected
from candidates.board.queries import role as queries
from candidates.messages.actions import ROLE
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
        letter = context.setdefault("letter", None)
        context["further"] = queries.named(letter.further) if letter and letter.further else None
    context["whom"] = queries.named(ids)
    status = 422 if context["form"].is_bound and context["form"].errors else 200
    return render(request, f"candidates/board/{template}.html#dialog", context, status=status)


def preview(request: StaffRequest, ids: list[int], form: LetterForm, *, role: str) -> HttpResponse:
    """What the first of them would get."""
    first: Application = application_for(request.user, ids[0])
    form.is_valid()
    facts, reason = form.cleaned_data, form.data.get("reason", "")
    context: dict[str, Any] = {"to": first.candidate, "form": form, "leaves_at": None, "problem": ""}
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
    return render(request, "candidates/compose/preview.html", context)


def _said(result: BulkResult, what: str) -> str:
    return f"{what}{_refused(result)}"


def _refused(result: BulkResult) -> str:
    if not result.refused:
        return ""
    why = next(iter(result.refused.values()))
    return gettext(" Not %(number)s: %(why)s") % {"number": len(result.refused), "why": why}


def _wrote(number: int) -> str:
    return ngettext("Wrote to %(number)s person.", "Wrote to %(number)s people.", number) % {"number": number}


def _decided(number: int) -> str:
    said = ngettext(
        "Decided, and will tell %(number)s person.", "Decided, and will tell %(number)s people.", number
    )
    return said % {"number": number}


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
        return preview(request, ids, form, role=ROLE)
    if not form.is_valid():
        return _dialog(request, "message", requisition, ids, form=form)
    result = bulk_write(application_ids=ids, by=request.user, now=timezone.now(), **form.cleaned_data)
    return done(
        request, _said(result, _wrote(len(result.done))), back=reverse("board", args=[requisition_id])
    )


@signed_in()
@require_POST
def reject(request: StaffRequest, requisition_id: int) -> HttpResponse:
    requisition = permitted(request, requisition_id, "candidates.work_board")
    ids, now = chosen(request, requisition), timezone.now()
    if not ids or "body" not in request.POST:
        letter = no_letters.letter_to_all(ids, requisition, now=now)
        form = BulkRejectForm(initial={"subject": letter.words.subject, "body": letter.body})
        return _dialog(request, "reject", requisition, ids, form=form, letter=letter)
    form = BulkRejectForm(request.POST)
    if "preview" in request.POST:
        return preview(request, ids, form, role=no_letters.REJECTED)
    if form.is_valid():
        facts = form.cleaned_data
        result = actions.bulk_reject(
            application_ids=ids,
            reason=facts["reason"],
            message=form.message,
            by=request.user,
            now=now,
            claims_meant=facts["claims_meant"],
        )
        if result.done or result.input not in form.fields:
            return _rejected(request, requisition, result, now)
        form.add_error(result.input, result.shown)
    return _dialog(request, "reject", requisition, ids, form=form)


def _rejected(
    request: StaffRequest, requisition: Requisition, result: BulkResult, now: datetime
) -> HttpResponse:
    """Who was decided about, by name, with the way back for all of them."""
    text = _said(result, _decided(len(result.done)))
    if result.done:
        text += f" {queries.named(result.done)}."
    undo = (
        f"{reverse('board_reject_undo', args=[requisition.pk])}?at={now.timestamp():.6f}"
        if result.done
        else ""
    )
    return done(request, text, back=reverse("board", args=[requisition.pk]), undo=undo)


@signed_in()
@require_POST
def reject_undo(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Take back what was decided about many in one go: they stand in their columns again."""
    requisition = permitted(request, requisition_id, "candidates.work_board")
    at = _moment(request.GET.get("at", ""))
    ids = queries.rejected_together(requisition.pk, by=request.user, at=at) if at else []
    if not ids:
        raise WrongState(gettext("Nothing of this is left to take back."))
    result = actions.bulk_undo(application_ids=ids, by=request.user, now=timezone.now())
    text = ""
    if result.done:
        said = ngettext(
            "Taken back: %(whom)s is in play again.",
            "Taken back: %(whom)s are in play again.",
            len(result.done),
        )
        text = said % {"whom": queries.named(result.done)}
    text += _refused(result)
    return done(request, text.strip(), back=reverse("board", args=[requisition.pk]))


def _moment(text: str) -> datetime | None:
    """A moment as `timestamp()` writes it, to the microsecond."""
    whole, _, rest = text.partition(".")
    if not (whole.isdecimal() and rest.isdecimal() and len(whole) <= 11 and len(rest) == 6):
        return None
    return datetime.fromtimestamp(int(whole), UTC) + timedelta(microseconds=int(rest))


@signed_in()
@require_POST
def ask_manager(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Put the selected before the hiring manager, as one slate."""
    requisition = permitted(request, requisition_id, "candidates.work_board")
    ids = chosen(request, requisition)
    slate = ask(application_ids=ids, by=request.user, now=timezone.now())
    asked = slate.reviews.select_related("reviewer").first()
    reviewer = asked.reviewer if asked else requisition.hiring_manager
    said = ngettext(
        "%(reviewer)s is asked for a view on %(number)s candidate.",
        "%(reviewer)s is asked for a view on %(number)s candidates.",
        len(ids),
    )
    text = said % {"reviewer": reviewer, "number": len(ids)}
    return done(request, text, back=reverse("board", args=[requisition_id]))
