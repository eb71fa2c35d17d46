"""The path of a manager, page by page, and the exercise on made-up evidence."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.path import actions, queries
from partners.path.forms import ExerciseForm


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def path(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """One page of it; its end is said with a POST."""
    if request.method == "POST":
        actions.read(partnership_id=partnership_id, by=request.user, now=timezone.now())
        toast_next(request, gettext("Thank you. You find it again on the agreement's page."))
        return redirect("partnership", partnership_id)
    found = queries.path(request.user, partnership_id, number=number(request.GET.get("page", "")))
    context = {"path": found, "partnership": found.partnership, "role": found.partnership.requisition}
    return render(request, found.page.template, context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def exercise(request: StaffRequest) -> HttpResponse:
    """Mark four notes, and read what each is. What was marked is shown once and kept nowhere."""
    form = ExerciseForm(request.POST if request.method == "POST" else None)
    explained = None
    if request.method == "POST" and form.is_valid():
        actions.exercised(by=request.user, now=timezone.now())
        explained = queries.explained(form.cleaned_data)
    context = {"form": form, "explained": explained, "done_at": queries.exercise_done_at(request.user)}
    return render(request, "partners/path/exercise.html", context, status=422 if form.errors else 200)
