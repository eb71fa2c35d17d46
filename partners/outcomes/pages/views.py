"""What came of one hire, and how well people were chosen over all of them."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, NotAllowed, WrongState
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.outcomes import actions, queries
from partners.outcomes.pages.forms import AgreeForm, ManagerForm
from partners.outcomes.rules import QUALITY


@signed_in(QUALITY)
@require_safe
def quality(request: StaffRequest) -> HttpResponse:
    context = {
        "quality": queries.quality(now=timezone.now()),
        "minimum": queries.MINIMUM,
        "running": queries.in_their_first_months(request.user),
    }
    return render(request, "partners/outcomes/quality.html", context)


@signed_in()
@require_safe
def hire_outcome(request: StaffRequest, application_id: int) -> HttpResponse:
    return _page(request, application_id)


def _page(request: StaffRequest, application_id: int, form: AgreeForm | None = None) -> HttpResponse:
    page = queries.page(request.user, application_id)
    form = form or AgreeForm(initial=AgreeForm.initial_of(page.expected))
    role = page.outcome.partnership.requisition
    context = {"page": page, "outcome": page.outcome, "role": role, "form": form}
    status = 422 if form.errors else 200
    return render(request, "partners/outcomes/hire.html", context, status=status)


@signed_in()
@require_POST
def agree(request: StaffRequest, application_id: int) -> HttpResponse:
    """Put down the outcomes that manager and new hire have agreed."""
    page = queries.page(request.user, application_id)
    form = AgreeForm(request.POST)
    if form.is_valid():
        try:
            actions.agree(
                outcome_id=page.outcome.pk, expected=form.expected(), by=request.user, now=timezone.now()
            )
        except (NotAllowed, WrongState):
            raise
        except ActionError as error:
            form.add_error("outcomes", error.message)
        else:
            toast_next(
                request,
                gettext("Agreed. %(first_name)s gets it by mail.") % {"first_name": page.person.first_name},
            )
            return redirect("hire_outcome", application_id=application_id)
    return _page(request, application_id, form)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: StaffRequest, outcome_review_id: int) -> HttpResponse:
    """The manager's side of one review."""
    row = queries.review_to_write(request.user, outcome_review_id)
    outcome = row.outcome
    form = ManagerForm(
        request.POST if request.method == "POST" else None, expected=outcome.expected, points=outcome.points
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_as_manager(review_id=row.pk, said=form.said(), by=request.user, now=timezone.now())
        except WrongState:
            raise
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Written down."))
            return redirect("hire_outcome", application_id=outcome.hire.application_id)
    context = {"review": row, "outcome": outcome, "role": outcome.partnership.requisition, "form": form}
    return render(request, "partners/outcomes/review.html", context, status=422 if form.errors else 200)
