"""Hires: who starts when, handed to the personnel system."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.hires import actions, queries
from candidates.hires.forms import FirstDayForm, NotComingForm
from candidates.hires.models import HireRecord
from candidates.hires.queries import export, facts

ON_A_PAGE = 50
FORMATS = {
    "csv": ("text/csv; charset=utf-8", export.as_csv),
    "json": ("application/json", export.as_json),
}


@signed_in("candidates.export_hires")
@require_safe
def hire_list(request: StaffRequest) -> HttpResponse:
    """Who was hired, and who has not been handed over yet."""
    page = Paginator(queries.hires_for(request.user), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "hires": page.object_list, "fresh": queries.new_hires(request.user)}
    return render(request, "candidates/hires/list.html", context)


@signed_in("candidates.export_hires")
@require_POST
def hire_export(request: StaffRequest) -> HttpResponse:
    """The hires as a file: all who come, or those that were never exported."""
    kind = request.POST.get("format", "csv")
    if kind not in FORMATS:
        raise Invalid(gettext("Export as CSV or JSON."))
    content_type, write = FORMATS[kind]
    hires = queries.to_export(request.user, only_new="new" in request.POST)
    now = timezone.now()
    actions.note_export(hires=hires, by=request.user, now=now)
    answer = HttpResponse(write(hires), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="hires-{now:%Y-%m-%d}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@signed_in("candidates.export_hires")
@require_safe
def hire(request: StaffRequest, hire_id: int) -> HttpResponse:
    """One hire: what is handed over, and what may come in between."""
    found = queries.hire_for(request.user, hire_id)
    return _page(request, found)


def _page(
    request: StaffRequest,
    found: HireRecord,
    *,
    first_day: FirstDayForm | None = None,
    not_coming: NotComingForm | None = None,
) -> HttpResponse:
    initial = {"starts_on": found.starts_on}
    context = {
        "hire": found,
        "facts": facts.said(found.facts),
        "first_day": first_day or FirstDayForm(initial=initial, auto_id="first_day_%s"),
        "not_coming": not_coming or NotComingForm(auto_id="not_coming_%s"),
    }
    wrong = first_day is not None or not_coming is not None
    return render(request, "candidates/hires/hire.html", context, status=422 if wrong else 200)


@signed_in("candidates.export_hires")
@require_POST
def hire_first_day(request: StaffRequest, hire_id: int) -> HttpResponse:
    """They start on another day."""
    found, form = queries.hire_for(request.user, hire_id), FirstDayForm(request.POST, auto_id="first_day_%s")
    if _done(
        request,
        found,
        form,
        actions.set_first_day,
        said=gettext("Kept. The days before the first one follow it."),
    ):
        return redirect("hire", hire_id)
    return _page(request, found, first_day=form)


@signed_in("candidates.export_hires")
@require_POST
def hire_not_coming(request: StaffRequest, hire_id: int) -> HttpResponse:
    """They said yes and do not come: open the seat again."""
    found, form = (
        queries.hire_for(request.user, hire_id),
        NotComingForm(request.POST, auto_id="not_coming_%s"),
    )
    said = gettext("The seat is open again, and the hiring manager is told.")
    if _done(request, found, form, actions.not_coming, said=said):
        return redirect("hire", hire_id)
    return _page(request, found, not_coming=form)


def _done(
    request: StaffRequest, found: HireRecord, form: Form, act: Callable[..., object], *, said: str
) -> bool:
    """Whether the form was good and the action done with it; if not, the form says why."""
    if not form.is_valid():
        return False
    try:
        act(hire_id=found.pk, by=request.user, now=timezone.now(), **form.cleaned_data)
    except ActionError as error:
        show_error(form, error)
        return False
    toast_next(request, said)
    return True
