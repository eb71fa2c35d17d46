"""How an application ends: the dialogues in which it is decided, and what is said then."""

import re
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.responses import done
from ats.web.toasts import toast_next
from candidates.application_pages import queries as reads
from candidates.application_pages.forms import HireForm, LetterForm, NoForm, RejectForm
from candidates.application_pages.queries import no_letters, previews
from candidates.application_pages.views import back_to
from candidates.applications import actions
from candidates.applications.actions import fetch
from candidates.applications.actions.decide import leaves_at
from candidates.applications.models import Application, DispositionKind, DispositionReason
from candidates.applications.queries import decided, offered, unapproved
from candidates.compose import letters

NO_PROBLEM = {"problem": "", "template_problem": ""}
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


def _reason(code: str) -> DispositionReason | None:
    return DispositionReason.objects.filter(code=code.replace("\0", ""), is_active=True).first()


def _target(request: StaffRequest, application_id: int, permission: str) -> Application:
    target = reads.application_for(request.user, application_id, fetch.MOVE)
    fetch.check_may(target, request.user, permission)
    return target


def _dialog(request: StaffRequest, template: str, target: Application, **context: Any) -> HttpResponse:
    """In a dialogue where htmx asks, else as a page of its own."""
    form = context["form"]
    context |= {
        "application": target,
        "candidate": target.candidate,
        "requisition": target.requisition,
        "leaves_at": leaves_at(target, timezone.now()),
        "version": request.POST.get("version") or target.version,
    }
    if template == "reject":
        context["offered"] = [offer] if (offer := offered.offer_to(target, now=timezone.now())) else []
    part = "#dialog" if request.htmx else ""
    status = 422 if form.is_bound and form.errors else 200
    return render(request, f"candidates/decision_pages/{template}.html{part}", context, status=status)


@signed_in()
@reads_and_writes
def reject(request: StaffRequest, application_id: int) -> HttpResponse:
    """Decide not to go on: why, and the message that says so, seen before it leaves."""
    target = _target(request, application_id, fetch.DECIDE)
    if request.method == "POST":
        form = RejectForm(request.POST)
        if "preview" in request.POST:
            return _preview(request, target, form, role="application.rejected")
        if form.is_valid() and _held(form, lambda: _reject(request, target, form)):
            silent = form.cleaned_data["silent"]
            said = (
                f"{target.candidate.name} {'is not told yet: it stays a debt' if silent else 'will be told'}."
            )
            undo = reverse("application_undo", args=[application_id])
            if "feedback" in request.POST and not silent:
                return _on_to_feedback(request, application_id, f"Decided. {said}", undo=undo)
            return done(request, f"Decided. {said}", back=back_to(application_id), undo=undo)
        kind = _kind(form["reason"].value())
        return _dialog(request, "reject", target, form=form, kind=kind, begun=None, **NO_PROBLEM)
    begun = decided.decided(target, request.user)
    code = request.GET.get("reason", begun.reason if begun else "")
    now = timezone.now()
    seen = reads.decision_preview(application_id=application_id, by=request.user, now=now, reason=code)
    # Without a reason yet, its paragraph is empty.
    body = re.sub(r"\n{3,}", "\n\n", seen.body)
    first = {"reason": code, "subject": seen.subject, "body": body, "note": begun.words if begun else ""}
    form = RejectForm(initial=first)
    problems = {"problem": seen.problem, "template_problem": seen.template_problem}
    context = {"form": form, "kind": _kind(code), "begun": begun} | problems
    if request.htmx.target == "decision-letter":
        return render(
            request, "candidates/decision_pages/reject.html#letter", context | {"application": target}
        )
    return _dialog(request, "reject", target, **context)


def _on_to_feedback(request: StaffRequest, application_id: int, said: str, *, undo: str) -> HttpResponse:
    """Decided, and the feedback is written next: it leaves right after the decision."""
    toast_next(request, said, undo=undo)
    address = reverse("feedback", args=[application_id])
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


def _kind(code: str | None) -> str:
    reason = _reason(code or "")
    return reason.kind if reason else ""


def _reject(request: StaffRequest, target: Application, form: RejectForm) -> None:
    facts, now = form.cleaned_data, timezone.now()
    if _kind(facts["reason"]) == DispositionKind.WITHDREW:
        actions.withdraw(
            application=target, by=request.user, reason_text=facts["note"], now=now, reason=facts["reason"]
        )
        return
    actions.reject(
        application_id=target.pk,
        reason=facts["reason"],
        by=request.user,
        now=now,
        message=form.letter,
        note=facts["note"],
        send_at=facts["send_at"],
        version=number(request.POST.get("version", "")),
        ends_offer=facts["ends_offer"],
        claims_meant=facts["claims_meant"],
    )


def _held(form: LetterForm, action: Any) -> bool:
    try:
        action()
    except ActionError as error:
        show_error(form, error)
        return False
    return True


def _preview(request: StaffRequest, target: Application, form: LetterForm, *, role: str) -> HttpResponse:
    """The message as it would leave; unfinished facts beside it do not matter yet."""
    form.is_valid()
    subject, body = (form.cleaned_data.get(name, "") for name in ("subject", "body"))
    context: dict[str, Any] = {
        "to": target.candidate,
        "leaves_at": leaves_at(target, timezone.now()),
        "form": form,
        "problem": "",
    }
    try:
        context["mail"] = previews.as_sent(
            target,
            role=role,
            subject=subject,
            body=body,
            now=timezone.now(),
            reason=_reason(form.data.get("reason", "")) or target.reason,
        )
    except ActionError as error:
        context["problem"] = error.message
    return render(request, "candidates/compose/preview.html", context)


@signed_in()
@reads_and_writes
def hire(request: StaffRequest, application_id: int) -> HttpResponse:
    """Hire into an open seat; after the last one, what becomes of the others is asked at once."""
    target = _target(request, application_id, fetch.FILL)
    seats = reads.seats_left(target)
    asks = unapproved.asks_for_yes(target)
    if request.method == "POST":
        form = HireForm(request.POST, asks_for_yes=asks and request.user.oversees)
        if "preview" in request.POST:
            return _preview(request, target, form, role="application.hired")
        if form.is_valid() and _held(form, lambda: _hire(request, target, form)):
            return _after_hire(request, target, seats)
    else:
        subject, body = letters.preview("application.hired", application=target)
        form = HireForm(
            initial={"subject": subject, "body": body}, asks_for_yes=asks and request.user.oversees
        )
    is_refused = asks and not request.user.oversees
    return _dialog(request, "hire", target, form=form, seats=seats, is_refused=is_refused)


def _hire(request: StaffRequest, target: Application, form: HireForm) -> None:
    facts = form.cleaned_data
    actions.hire(
        application_id=target.pk,
        by=request.user,
        now=timezone.now(),
        starts_on=facts["starts_on"],
        message=form.message,
        version=number(request.POST.get("version", "")),
        without_offer=facts.get("without_offer", ""),
    )


def _after_hire(request: StaffRequest, target: Application, seats: int) -> HttpResponse:
    if seats > 1:
        undo = reverse("application_undo", args=[target.pk])
        said = gettext("Hired %(name)s.") % {"name": target.candidate.name}
        return done(request, said, back=back_to(target.pk), undo=undo)
    address = f"{reverse('requisition_close', args=[target.requisition_id])}?hired={target.pk}"
    return HttpResponseClientRedirect(address) if request.htmx else redirect(address)


@signed_in()
@reads_and_writes
def tell(request: StaffRequest, application_id: int) -> HttpResponse:
    """Tell somebody the outcome who does not know it yet."""
    target = _target(request, application_id, fetch.DECIDE)
    role, problem = "application.rejected", ""
    if request.method == "POST":
        form = NoForm(request.POST)
        if "preview" in request.POST:
            return _preview(request, target, form, role=role)
        if form.is_valid() and _held(form, lambda: _tell(request, target, form)):
            said = gettext("%(name)s will be told.") % {"name": target.candidate.name}
            return done(request, said, back=back_to(application_id))
    else:
        reason = target.reason.candidate_text if target.reason else ""
        subject, body, problem = no_letters.letter_to(target, now=timezone.now(), reason=reason)
        form = NoForm(initial={"subject": subject, "body": body})
    return _dialog(request, "tell", target, form=form, template_problem=problem)


def _tell(request: StaffRequest, target: Application, form: NoForm) -> None:
    actions.tell(
        application_id=target.pk,
        message=form.message,
        by=request.user,
        now=timezone.now(),
        claims_meant=form.cleaned_data["claims_meant"],
    )


@signed_in()
@require_POST
def undo(request: StaffRequest, application_id: int) -> HttpResponse:
    """Take the decision back; the message that waited goes with it."""
    target = actions.undo_decision(application_id=application_id, by=request.user, now=timezone.now())
    said = gettext("Taken back: %(name)s is in play again.") % {"name": target.candidate.name}
    return done(request, said, back=back_to(application_id))
