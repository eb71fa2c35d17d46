"""The settings page of what agreements propose."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.partnerships import actions, queries
from partners.partnerships.pages.forms import GraceForm
from partners.partnerships.rules import SET_RULES


@signed_in(SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: StaffRequest) -> HttpResponse:
    """The grace that a fresh agreement proposes, organisation by organisation."""
    rules = queries.house_rules()
    forms = {
        rule.organisation.pk: GraceForm(days=rule.days, prefix=f"of-{rule.organisation.pk}") for rule in rules
    }
    status = 200
    if request.method == "POST":
        chosen = number(request.POST.get("organisation", "")) or 0
        if chosen not in forms:
            raise Http404
        form = GraceForm(request.POST, days=0, prefix=f"of-{chosen}")
        if form.is_valid():
            try:
                days = form.cleaned_data["grace"]
                actions.set_grace(organisation_id=chosen, days=days, by=request.user, now=timezone.now())
            except ActionError as error:
                show_error(form, error)
            else:
                toast_next(request, "Saved. Agreements that are made already stay as they are.")
                return redirect("settings_agreements")
        forms[chosen], status = form, 422
    context = {"rules": [(rule, forms[rule.organisation.pk]) for rule in rules]}
    return render(request, "partners/partnerships/settings.html", context, status=status)
