"""What the search at the top offers while one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from candidates.finding.queries import suggestions


@signed_in()
@require_safe
def suggested(request: StaffRequest) -> HttpResponse:
    question = request.GET.get("q", "")
    context = {"found": suggestions(request.user, question), "asked": question.strip()}
    return render(request, "candidates/finding/suggestions.html", context)
