"""The room of declined requests: the list, a record, and what is added to it."""

from typing import Any

from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.declined import actions, queries
from partners.declined.pages.forms import AddForm, AnswerForm, DeclineForm, SupportedForm, SupportForm
from partners.declined.rules import RECORD, VIEW

PAGE = "partners/declined/record.html"


@signed_in(VIEW)
@require_safe
def declined_list(request: StaffRequest) -> HttpResponse:
    page, rows = queries.listing(request.user, number=request.GET.get("page", "1"))
    context = {
        "page": page,
        "rows": rows,
        "asked": queries.asked_of(request.user),
        "may_record": request.user.has_perm(RECORD),
    }
    return render(request, "partners/declined/list.html", context)


@signed_in(RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def declined_new(request: StaffRequest) -> HttpResponse:
    """From a warning it begins with the rule, the role and whoever leads it; all of it can be changed."""
    user, given = request.user, request.POST if request.method == "POST" else None
    known = queries.known_of(
        user,
        code=request.GET.get("rule", ""),
        role=number(request.GET.get("role", "")),
        application=number(request.GET.get("application", "")),
    )
    roles = queries.roles(user, also=known.get("requisition"))
    form = DeclineForm(given, people=queries.people(but=user), roles=roles, initial=known)
    if given is not None and form.is_valid():
        try:
            record = actions.decline(form.facts(), by=user, now=timezone.now(), **form.places())
        except ActionError as error:
            _show(form, error, support="wants_support")
        else:
            toast_next(request, gettext("On record. Whoever asked does not see it."))
            return redirect("declined", declined_id=record.pk)
    context = {"form": form}
    return render(request, "partners/declined/new.html", context, status=422 if form.errors else 200)


def _show(form: Form, error: ActionError, **renamed: str) -> None:
    error.field = renamed.get(error.field or "", error.field)
    show_error(form, error)


@signed_in(VIEW)
@require_safe
def declined(request: StaffRequest, declined_id: int) -> HttpResponse:
    return _page(request, declined_id)


def _page(request: StaffRequest, declined_id: int, **wrong: Form) -> HttpResponse:
    page = queries.record_page(request.user, declined_id)
    context: dict[str, Any] = {
        "page": page,
        "record": page.record,
        "add_form": AddForm(),
        "answer_form": AnswerForm(
            initial={"text": "" if page.is_answered else page.record.alternative}, prefix="answer"
        ),
        "support_form": SupportForm(prefix="support"),
        "supported_form": SupportedForm(prefix="supported"),
    }
    return render(request, PAGE, context | wrong, status=422 if wrong else 200)


@signed_in(VIEW)
@require_POST
def add(request: StaffRequest, declined_id: int) -> HttpResponse:
    form = AddForm(request.POST)
    if form.is_valid():
        try:
            actions.add(declined_id=declined_id, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Added. It stays as it is."))
            return redirect("declined", declined_id=declined_id)
    return _page(request, declined_id, add_form=form)


@signed_in(VIEW)
@require_POST
def answer(request: StaffRequest, declined_id: int) -> HttpResponse:
    """An ordinary message to whoever asked; nothing in it says that anything is on record."""
    form = AnswerForm(request.POST, prefix="answer")
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            actions.answer(declined_id=declined_id, text=text, by=request.user, now=timezone.now())
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(
                request, gettext("Sent, as any message to a partner. That you answered is noted here.")
            )
            return redirect("declined", declined_id=declined_id)
    return _page(request, declined_id, answer_form=form)


@signed_in(VIEW)
@require_POST
def support(request: StaffRequest, declined_id: int) -> HttpResponse:
    """Asked for by who recorded it, or given by somebody else who sees it."""
    given = request.POST.get("way") == "given"
    form = (
        SupportedForm(request.POST, prefix="supported")
        if given
        else SupportForm(request.POST, prefix="support")
    )
    act = actions.give_support if given else actions.ask_support
    if form.is_valid():
        try:
            text = form.cleaned_data["text"]
            act(declined_id=declined_id, text=text, by=request.user, now=timezone.now())
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(
                request,
                gettext("Noted. Thank you.") if given else gettext("Asked. It is a due row of theirs now."),
            )
            return redirect("declined", declined_id=declined_id)
    return _page(request, declined_id, **{"supported_form" if given else "support_form": form})


@signed_in(VIEW)
@require_POST
def export(request: StaffRequest, declined_id: int) -> HttpResponse:
    """All of it, to keep or to hand in; that it was handed out is added to it."""
    whole = actions.hand_out(declined_id=declined_id, by=request.user, now=timezone.now())
    answered = HttpResponse(whole, content_type="application/zip")
    answered["Content-Disposition"] = f'attachment; filename="declined-request-{declined_id}.zip"'
    answered["Cache-Control"] = "no-store"
    return answered
