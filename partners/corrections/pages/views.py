"""The pages of course corrections: of one role, a new one, and one of them."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from partners.corrections import actions, queries
from partners.corrections.pages.forms import CorrectionForm, StepForm
from partners.partnerships.models import Partnership

AT_ONCE, ROWS = 2, 4
"""Changes that the form begins with, one for each side, and that can be put down at once; the page takes more."""


@signed_in()
@require_safe
def correction_list(request: StaffRequest, partnership_id: int) -> HttpResponse:
    page = queries.list_page(request.user, partnership_id, now=timezone.now())
    context = {"page": page, "partnership": page.partnership, "role": page.partnership.requisition}
    return render(request, "partners/corrections/list.html", context)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def correction_new(request: StaffRequest, partnership_id: int) -> HttpResponse:
    now = timezone.now()
    partnership, slipping, people = queries.to_correct(request.user, partnership_id, now=now)
    data = request.POST if request.method == "POST" else None
    form = CorrectionForm(data, slipping=slipping, initial={"challenge": request.GET.get("challenge", "")})
    steps = [
        StepForm(data, people=people, prefix=f"step-{row}", initial={"owner": _owner(partnership, row)})
        for row in range(ROWS)
    ]
    if data is not None and _are_valid(form, steps):
        try:
            correction = _start(request, partnership, form, steps)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("The course is corrected. Your partner is told."))
            return redirect("correction", correction_id=correction.pk)
    context = {
        "form": form,
        "first": steps[:AT_ONCE],
        "more": steps[AT_ONCE:],
        "more_open": any(step.is_bound for step in steps[AT_ONCE:]),
        "slipping": slipping,
        "partnership": partnership,
        "role": partnership.requisition,
    }
    return render(request, "partners/corrections/new.html", context, status=200 if data is None else 422)


def _owner(partnership: Partnership, row: int) -> int | None:
    """The rows stand in turn for the manager and the recruiter."""
    role = partnership.requisition
    return role.recruiter_id if row % 2 else role.hiring_manager_id


def _are_valid(form: CorrectionForm, steps: list[StepForm]) -> bool:
    """All that somebody wrote in, each with its own errors."""
    written = [step for step in steps if step.has_changed()]
    for step in steps:
        if step not in written:
            step.is_bound = False
    return all([form.is_valid(), *(step.is_valid() for step in written)])


def _start(
    request: StaffRequest, partnership: Partnership, form: CorrectionForm, steps: list[StepForm]
) -> Any:
    return actions.start(
        partnership_id=partnership.pk,
        challenge=form.chosen(),
        changes=[step.change() for step in steps if step.is_bound],
        look_again_on=form.cleaned_data["look_again_on"],
        words=form.cleaned_data["words"],
        by=request.user,
        now=timezone.now(),
    )


@signed_in()
@require_safe
def correction(request: StaffRequest, correction_id: int) -> HttpResponse:
    return _page(request, correction_id)


def _page(
    request: StaffRequest, correction_id: int, *, form: StepForm | None = None, status: int = 200
) -> HttpResponse:
    page = queries.correction_page(request.user, correction_id, now=timezone.now())
    context = {
        "page": page,
        "correction": page.correction,
        "partnership": page.correction.partnership,
        "role": page.correction.partnership.requisition,
        "form": form or StepForm(people=page.people, initial={"owner": request.user.pk}),
    }
    return render(request, "partners/corrections/correction.html", context, status=status)


@signed_in()
@require_POST
def step_add(request: StaffRequest, correction_id: int) -> HttpResponse:
    page = queries.correction_page(request.user, correction_id, now=timezone.now())
    form = StepForm(request.POST, people=page.people)
    if form.is_valid():
        try:
            actions.add_step(
                correction_id=correction_id, change=form.change(), by=request.user, now=timezone.now()
            )
        except ActionError as error:
            show_error(form, error)
        else:
            return redirect("correction", correction_id=correction_id)
    return _page(request, correction_id, form=form, status=422)


@signed_in()
@require_POST
def step_done(request: StaffRequest, step_id: int) -> HttpResponse:
    done = request.POST.get("done") == "1"
    step = actions.set_step_done(step_id=step_id, done=done, by=request.user, now=timezone.now())
    return redirect("correction", correction_id=step.correction_id)


@signed_in()
@require_POST
def stop(request: StaffRequest, correction_id: int) -> HttpResponse:
    why = request.POST.get("why", "")
    stopped = actions.stop(correction_id=correction_id, why=why, by=request.user, now=timezone.now())
    toast_next(request, gettext("Stopped. What was recorded stays."))
    return redirect("correction_list", partnership_id=stopped.partnership_id)
