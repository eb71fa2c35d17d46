"""Asking for a yes, noting one, putting somebody forward, and the list of all of it."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.errors import Invalid
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.submissions import actions
from candidates.submissions.pages.forms import AnswerForm, ListForm
from candidates.submissions.queries import listing
from candidates.submissions.rules import VIEW

ON_A_PAGE = 50


def _done(
    request: StaffRequest, application_id: int, act: Callable[..., Any], said: str, **given: Any
) -> HttpResponse:
    act(application_id=application_id, by=request.user, now=timezone.now(), **given)
    toast_next(request, said)
    return redirect("application", application_id)


@signed_in()
@require_POST
def ask(request: StaffRequest, application_id: int) -> HttpResponse:
    said = gettext("The question is on its way. Until they say yes, nobody at the client sees them.")
    return _done(request, application_id, actions.ask, said)


@signed_in()
@require_POST
def put_forward(request: StaffRequest, application_id: int) -> HttpResponse:
    """For a further role of a client to which they said yes."""
    said = gettext("Put forward. They are told, and can take it back.")
    return _done(request, application_id, actions.put_forward, said)


@signed_in()
@require_POST
def end(request: StaffRequest, application_id: int) -> HttpResponse:
    """After a no."""
    return _done(request, application_id, actions.end_after_no, gettext("Ended. They are thanked."))


@signed_in()
@require_POST
def note_answer(request: StaffRequest, application_id: int) -> HttpResponse:
    """A yes or a no that was given elsewhere."""
    form = AnswerForm(request.POST, auto_id="yes_%s", label_suffix="")
    if not form.is_valid():
        field, errors = next(iter(form.errors.items()))
        raise Invalid(str(errors[0]), field=field)
    said = gettext("Noted. They are put forward from now on, and told.")
    said = said if form.cleaned_data["is_yes"] else gettext("Noted. Nobody at the client hears of it.")
    return _done(request, application_id, actions.note_answer, said, **form.cleaned_data)


@signed_in(VIEW)
@require_safe
def submission_list(request: StaffRequest) -> HttpResponse:
    """Who was put forward to which client, for which role, when, until when, and what became of it."""
    form = ListForm(request.GET, clients=listing.clients())
    rows = listing.listed(request.user, **form.wanted())
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "lines": [(row, listing.was_hired_within(row)) for row in page.object_list],
        "now": timezone.now(),
        "asked": request.GET.urlencode(),
    }
    return render(request, "candidates/submissions/list.html", context)


@signed_in(VIEW)
@require_safe
def submission_export(request: StaffRequest) -> HttpResponse:
    """The same as a file."""
    form = ListForm(request.GET, clients=listing.clients())
    rows = listing.listed(request.user, **form.wanted())[: listing.MOST]
    answer = HttpResponse(listing.as_csv(rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="submissions-{timezone.now():%Y-%m-%d}.csv"'
    answer["Cache-Control"] = "private, no-store"
    return answer
