"""The settings page of feedback: how deep each organisation goes."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from candidates.feedback import actions, queries
from candidates.feedback.models import FeedbackRules
from candidates.feedback.pages.forms import RulesForm
from candidates.feedback.rules import SET_RULES


@signed_in(SET_RULES)
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_rules(request: StaffRequest) -> HttpResponse:
    """A table of depths for each organisation."""
    every = {row.pk: (row, rules) for row, rules in queries.by_organisation()}
    forms = {pk: RulesForm(initial=_initial(rules), prefix=f"of-{pk}") for pk, (_, rules) in every.items()}
    status = 200
    if request.method == "POST":
        chosen = number(request.POST.get("organisation", "")) or 0
        if chosen not in forms:
            raise Http404
        form = RulesForm(request.POST, prefix=f"of-{chosen}")
        if form.is_valid():
            actions.set_rules(
                organisation_id=chosen,
                depths=form.depths,
                answer_days=form.cleaned_data["answer_days"],
                by=request.user,
                now=timezone.now(),
            )
            toast_next(request, gettext("Saved. It holds from now on."))
            return redirect("settings_feedback")
        forms[chosen], status = form, 422
    context = {"rows": [(row, forms[pk]) for pk, (row, _) in every.items()]}
    return render(request, "candidates/feedback/settings.html", context, status=status)


def _initial(rules: FeedbackRules) -> dict[str, object]:
    return {name: getattr(rules, name) for name in (*actions.KINDS, "answer_days")}
