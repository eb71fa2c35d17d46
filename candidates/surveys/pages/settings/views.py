"""The settings page of surveys: how each organisation asks."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.surveys import actions, queries
from candidates.surveys.models import SurveyRules
from candidates.surveys.pages.settings.forms import AskingForm
from candidates.surveys.rules import SET_SURVEYS

ASKED = (
    *("is_on", "apply_one_in", "after_interviews"),
    *("customers_percent", "value_a_year", "currency"),
)


@signed_in(SET_SURVEYS)
@require_http_methods(["GET", "HEAD", "POST"])
def surveys(request: StaffRequest) -> HttpResponse:
    """A switch and a sample for each organisation."""
    every = {row.pk: (row, rules) for row, rules in queries.by_organisation()}
    forms = {pk: AskingForm(initial=_initial(rules), prefix=f"of-{pk}") for pk, (_, rules) in every.items()}
    status = 200
    if request.method == "POST":
        chosen = number(request.POST.get("organisation", "")) or 0
        if chosen not in forms:
            raise Http404
        form = AskingForm(request.POST, prefix=f"of-{chosen}")
        if form.is_valid():
            actions.set_asking(
                organisation_id=chosen, by=request.user, now=timezone.now(), **form.cleaned_data
            )
            toast_next(request, gettext("Saved. It holds from now on."))
            return redirect("settings_surveys")
        forms[chosen], status = form, 422
    context = {"rows": [(row, forms[pk]) for pk, (row, _) in every.items()]}
    return render(request, "candidates/surveys/settings.html", context, status=status)


def _initial(rules: SurveyRules) -> dict[str, object]:
    return {name: getattr(rules, name) for name in ASKED}
