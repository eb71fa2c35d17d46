"""What the search at the top offers while one types."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from candidates.finding.queries import everywhere, suggestions
from candidates.people_pages import cells
from candidates.people_pages.domain.columns import Wish


@signed_in()
@require_safe
def suggested(request: StaffRequest) -> HttpResponse:
    question = request.GET.get("q", "")
    context = {"found": suggestions(request.user, question), "asked": question.strip()}
    return render(request, "candidates/finding/suggestions.html", context)


@signed_in()
@require_safe
def searched(request: StaffRequest) -> HttpResponse:
    """People, roles, notes and messages that a question finds."""
    question = request.GET.get("q", "")
    found, wish = everywhere(request.user, question), Wish(columns=("applications",))
    rows = cells.rows(found.people.lines(), wish, are_picked=False) if found.people else ""
    context = {"found": found, "asked": question.strip(), "rows": rows}
    return render(request, "candidates/finding/everywhere.html", context)
