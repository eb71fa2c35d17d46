"""The settings page of what agreements propose."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.partnerships import actions, queries
from partners.partnerships.domain.house import HouseTerms
from partners.partnerships.domain.terms import not_yet
from partners.partnerships.pages.forms import RulesForm
from partners.partnerships.rules import SET_RULES


@signed_in(SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def agreements(request: StaffRequest) -> HttpResponse:
    """What a fresh agreement proposes, organisation by organisation."""
    rules = queries.house_rules()
    forms = {row.pk: RulesForm(rules=terms, prefix=f"of-{row.pk}") for row, terms in rules}
    status = 200
    if request.method == "POST":
        chosen = number(request.POST.get("organisation", "")) or 0
        if chosen not in forms:
            raise Http404
        form = RulesForm(request.POST, rules=HouseTerms(), prefix=f"of-{chosen}")
        if form.is_valid():
            try:
                actions.set_rules(
                    organisation_id=chosen, rules=form.rules(), by=request.user, now=timezone.now()
                )
            except ActionError as error:
                show_error(form, error)
            else:
                toast_next(request, gettext("Saved. Agreements that are made already stay as they are."))
                return redirect("settings_agreements")
        forms[chosen], status = form, 422
    shown = [(row, forms[row.pk], queries.fields_by_side(forms[row.pk])) for row, _ in rules]
    context = {"rules": shown, "not_yet": not_yet()}
    return render(request, "partners/partnerships/settings.html", context, status=status)
