"""The settings page of how often somebody sits in before they interview alone."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.shadowing import actions, queries
from candidates.shadowing.pages.forms import NeededForm
from candidates.shadowing.rules import SET_SHADOWING


@signed_in(SET_SHADOWING)
@require_http_methods(["GET", "HEAD", "POST"])
def shadowing(request: StaffRequest) -> HttpResponse:
    """A number for each organisation."""
    every = {row.pk: (row, needed) for row, needed in queries.by_organisation()}
    forms = {
        pk: NeededForm(initial={"needed": needed}, prefix=f"of-{pk}") for pk, (_, needed) in every.items()
    }
    status = 200
    if request.method == "POST":
        chosen = number(request.POST.get("organisation", "")) or 0
        if chosen not in forms:
            raise Http404
        form = NeededForm(request.POST, prefix=f"of-{chosen}")
        if form.is_valid():
            actions.set_needed(
                organisation_id=chosen, by=request.user, now=timezone.now(), **form.cleaned_data
            )
            toast_next(request, gettext("Saved. What is booked stays booked."))
            return redirect("settings_shadowing")
        forms[chosen], status = form, 422
    context = {"rows": [(row, forms[pk]) for pk, (row, _) in every.items()]}
    return render(request, "candidates/shadowing/settings.html", context, status=status)
