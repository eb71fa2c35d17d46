"""The inbox: messages that came in by mail and that a person has to place."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.inbox import actions, queries
from candidates.inbox.forms import AsideForm, FindForm, PlaceForm

ON_A_PAGE = 50


@signed_in(actions.HANDLE)
@require_safe
def inbox(request: StaffRequest) -> HttpResponse:
    """What found no place; and, behind it, what somebody set aside."""
    shows_aside = request.GET.get("show") == "aside"
    rows = queries.set_aside(request.user) if shows_aside else queries.inbox(request.user)
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "shows_aside": shows_aside, "what": queries.WHAT}
    return render(request, "candidates/inbox/list.html", context)


@signed_in(actions.HANDLE)
@require_safe
def message(request: StaffRequest, incoming_id: int) -> HttpResponse:
    return _page(request, queries.opened(request.user, incoming_id))


def _page(request: StaffRequest, opened: queries.Opened, aside: AsideForm | None = None) -> HttpResponse:
    find = FindForm(request.GET or None)
    wanted = find.cleaned_data["q"] if find.is_bound and find.is_valid() else ""
    found: Any = ()
    if opened.can_be_placed:
        found = (
            queries.search(wanted, request.user) if wanted else queries.suggestions(opened.row, request.user)
        )
    context = {
        "opened": opened,
        "mail": opened.row,
        "is_waiting": queries.is_waiting(opened.row),
        "kind": queries.WHAT.get(opened.row.kind, ""),
        "found": found,
        "wanted": wanted,
        "find": find,
        "aside": aside or AsideForm(),
    }
    return render(request, "candidates/inbox/message.html", context, status=422 if aside else 200)


@signed_in(actions.HANDLE)
@require_POST
def place(request: StaffRequest, incoming_id: int) -> HttpResponse:
    form = PlaceForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose the application that it belongs to."), field="application")
    number = form.cleaned_data["application"]
    said = actions.place(incoming_id=incoming_id, application_id=number, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("It is in the conversation with %(candidate)s, and waits for an answer.")
        % {"candidate": said.candidate},
    )
    return redirect("application", number)


@signed_in(actions.HANDLE)
@require_POST
def note(request: StaffRequest, incoming_id: int) -> HttpResponse:
    kept = actions.note(incoming_id=incoming_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("It is kept as a note."))
    return redirect("application", kept.application_id)


@signed_in(actions.HANDLE)
@require_POST
def set_aside(request: StaffRequest, incoming_id: int) -> HttpResponse:
    form = AsideForm(request.POST)
    if form.is_valid():
        try:
            actions.set_aside(
                incoming_id=incoming_id,
                reason=form.cleaned_data["reason"],
                by=request.user,
                now=timezone.now(),
            )
        except Invalid as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("It is set aside."))
            return redirect("inbox")
    return _page(request, queries.opened(request.user, incoming_id), form)
