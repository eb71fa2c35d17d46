"""Looking back at a role, and saying what to keep of it."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.retrospectives import actions, queries
from partners.retrospectives.forms import KeepForm, LookBackForm
from partners.retrospectives.models import RetrospectiveState


def _page(request: StaffRequest, partnership_id: int, *, status: int = 200, **forms: Any) -> HttpResponse:
    page = queries.page(request.user, partnership_id, now=timezone.now())
    partnership = page.retrospective.partnership
    context = {
        "page": page,
        "partnership": partnership,
        "role": partnership.requisition,
        "form": LookBackForm(mine=page.own),
        "keep_form": KeepForm(),
    }
    return render(request, "partners/retrospectives/retrospective.html", context | forms, status=status)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def retrospective(request: StaffRequest, partnership_id: int) -> HttpResponse:
    """What happened, for all who may see the partnership; what the two wrote, for the two alone."""
    if request.method != "POST":
        return _page(request, partnership_id)
    form = LookBackForm(request.POST)
    if form.is_valid():
        try:
            found = actions.write(
                partnership_id=partnership_id, said=form.cleaned_data, by=request.user, now=timezone.now()
            )
        except ActionError as error:
            show_error(form, error)
        else:
            done = found.state == RetrospectiveState.DONE
            toast_next(
                request,
                gettext("You can read each other now.")
                if done
                else gettext("Kept. You read each other later."),
            )
            return redirect("retrospective", partnership_id)
    return _page(request, partnership_id, form=form, status=422)


@signed_in()
@require_POST
def keep(request: StaffRequest, partnership_id: int) -> HttpResponse:
    form = KeepForm(request.POST)
    if form.is_valid():
        try:
            actions.keep(
                partnership_id=partnership_id, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Kept for the next brief."))
            return redirect("retrospective", partnership_id)
    return _page(request, partnership_id, keep_form=form, status=422)


@signed_in()
@require_POST
def let_go(request: StaffRequest, partnership_id: int, keepsake_id: int) -> HttpResponse:
    actions.let_go(
        partnership_id=partnership_id, keepsake_id=keepsake_id, by=request.user, now=timezone.now()
    )
    toast_next(request, gettext("It is not kept any more."))
    return redirect("retrospective", partnership_id)
