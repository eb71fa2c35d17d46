"""Hires: who starts when, handed to the personnel system."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from ats.common.errors import Invalid
from ats.common.policy import signed_in
from ats.common.requests import StaffRequest
from ats.common.toasts import toast_next
from candidates.hires import actions, exporting, queries
from candidates.offers.forms import RenegeForm

FORMATS = {
    "csv": ("text/csv; charset=utf-8", exporting.as_csv),
    "json": ("application/json", exporting.as_json),
}


@signed_in("candidates.export_hires")
@require_safe
def hire_list(request: StaffRequest) -> HttpResponse:
    """Who was hired, and who has not been handed over yet."""
    hires = queries.hires_for(request.user)
    fresh = sum(hire.exported_at is None and hire.ended_at is None for hire in hires)
    return render(request, "candidates/hires/list.html", {"hires": hires, "fresh": fresh})


@signed_in("candidates.export_hires")
@require_POST
def hire_export(request: StaffRequest) -> HttpResponse:
    """The hires as a file: all who come, or those that were never exported."""
    kind = request.POST.get("format", "csv")
    if kind not in FORMATS:
        raise Invalid("Export as CSV or JSON.")
    content_type, write = FORMATS[kind]
    hires = queries.to_export(request.user, only_new="new" in request.POST)
    now = timezone.now()
    actions.note_export(hires=hires, by=request.user, now=now)
    answer = HttpResponse(write(hires), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="hires-{now:%Y-%m-%d}.{kind}"'
    answer["Cache-Control"] = "private, no-store"
    return answer


@signed_in()
@require_POST
def offer_renege(request: StaffRequest, offer_id: int) -> HttpResponse:
    """They accepted and do not come: open the seat again."""
    form = RenegeForm(request.POST)
    if not form.is_valid():
        raise Invalid(str(form.errors["reason"][0]), field="reason")
    offer = actions.renege(
        offer_id=offer_id, reason=form.cleaned_data["reason"], by=request.user, now=timezone.now()
    )
    toast_next(request, "The seat is open again, and the hiring manager is told.")
    return redirect("offer", offer.pk)
