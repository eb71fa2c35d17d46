"""The page of an interview plan, and its kits."""

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, ngettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast, toast_next
from requisitions.interview_plan import actions, queries
from requisitions.interview_plan.actions.fetch import CHANGE
from requisitions.interview_plan.actions.write_kit import unlawful
from requisitions.interview_plan.models import PlannedInterview
from requisitions.interview_plan.pages.forms import (
    InterviewForm,
    KitForm,
    OrderForm,
    QuestionSet,
    TemplateChoice,
    TemplateForm,
)
from requisitions.interview_plan.queries import PlanPage
from requisitions.roles.models import Requisition

PAGE = "requisitions/interview_plan/plan.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


def who(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


def saved(form: Form, save: Callable[[], Any]) -> Any:
    """What the action made, or None with its refusal on the form."""
    if not form.is_bound or not form.is_valid():
        return None
    try:
        return save()
    except ActionError as error:
        show_error(form, error)
        return None


@signed_in()
@require_safe
def plan(request: StaffRequest, requisition_id: int) -> HttpResponse:
    page = queries.plan_page(request.user, requisition_id)
    context = _context(request, page)
    if context["may_change"]:
        context["templates"] = queries.templates()
    return render(request, PAGE, context)


def _context(request: StaffRequest, page: PlanPage) -> dict[str, Any]:
    role = page.requisition
    return {
        "page": page,
        "role": role,
        "coverage": page.coverage,
        "may_change": queries.may_change(request.user, role),
        "may_keep": request.user.has_perm("requisitions.change_pools"),
    }


@signed_in()
@require_POST
def plan_template(request: StaffRequest, requisition_id: int) -> HttpResponse:
    form = TemplateChoice(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose one of the templates."), field="template")
    planned = actions.use_template(
        requisition_id=requisition_id, template_id=form.cleaned_data["template"], **who(request)
    )
    said = ngettext(
        "%(number)s interview is planned. Now who takes part, and what each one assesses.",
        "%(number)s interviews are planned. Now who takes part, and what each one assesses.",
        len(planned),
    )
    toast_next(request, said % {"number": len(planned)})
    return redirect("plan", requisition_id)


@signed_in()
@form_page
def plan_keep(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Keep the plan as a template."""
    role = queries.role_for(request.user, requisition_id)
    form = TemplateForm(request.POST or None)
    kept = saved(
        form, lambda: actions.save_template(requisition_id=role.pk, **form.cleaned_data, **who(request))
    )
    if kept is not None:
        toast_next(request, gettext("%(kept)s can be used in every role now.") % {"kept": kept.name})
        return redirect("plan", requisition_id)
    return _form_page(request, role, form, title=gettext("Keep as a template"), submit=gettext("Keep it"))


@signed_in()
@form_page
def planned_new(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role = queries.role_for(request.user, requisition_id)
    form = _interview_form(request, role, None)
    planned = saved(
        form, lambda: actions.add_interview(requisition_id=role.pk, **form.cleaned_data, **who(request))
    )
    if planned is not None:
        toast_next(
            request,
            gettext("%(planned)s is planned. Now what it assesses, and what is asked.")
            % {"planned": planned.name},
        )
        return redirect("planned_kit", planned.pk)
    return _form_page(
        request, role, form, title=gettext("Plan an interview"), submit=gettext("Go on to the questions")
    )


@signed_in()
@form_page
def planned_edit(request: StaffRequest, planned_id: int) -> HttpResponse:
    planned = queries.planned_interview(request.user, planned_id)
    form = _interview_form(request, planned.requisition, planned)
    changed = saved(
        form, lambda: actions.change_interview(planned_id=planned_id, **form.cleaned_data, **who(request))
    )
    if changed is not None:
        toast_next(request, gettext("Saved. What is booked stays as it was booked."))
        return redirect("plan", planned.requisition_id)
    return _form_page(
        request, planned.requisition, form, title=planned.name, submit=gettext("Save"), planned=planned
    )


def _interview_form(
    request: StaffRequest, role: Requisition, planned: PlannedInterview | None
) -> InterviewForm:
    stages = queries.stages_for(role)
    form = InterviewForm(
        request.POST or None,
        stages=stages,
        team=queries.team_of(role),
        pools=queries.pools_for(role),
        planned=planned,
    )
    asked = request.GET.get("stage", "")
    if planned is None and asked in {str(number) for number, _ in stages}:
        form.initial["stage_id"] = int(asked)
    return form


def _form_page(
    request: StaffRequest,
    role: Requisition,
    form: Form,
    *,
    title: str,
    submit: str,
    planned: PlannedInterview | None = None,
) -> HttpResponse:
    context = {"role": role, "form": form, "title": title, "submit": submit, "planned": planned}
    template = "interview" if isinstance(form, InterviewForm) else "keep"
    status = 422 if form.errors else 200
    return render(request, f"requisitions/interview_plan/{template}.html", context, status=status)


@signed_in()
@form_page
def planned_kit(request: StaffRequest, planned_id: int) -> HttpResponse:
    planned = queries.planned_interview(request.user, planned_id)
    role = planned.requisition
    criteria = queries.criteria_of(role)
    data = request.POST if request.method == "POST" else None
    form = KitForm(
        data,
        criteria=criteria,
        initial={"criterion_ids": [row.pk for row in planned.criteria.all()], "avoid": planned.avoid},
    )
    questions = QuestionSet(
        data,
        prefix="q",
        criteria=[(row.pk, row.name) for row in criteria],
        initial=[
            {"text": row.text, "good": row.good, "criterion": row.criterion_id}
            for row in planned.questions.all()
        ],
    )
    if data is not None and questions.is_valid():
        lines = questions.lines()
        if saved(
            form,
            lambda: actions.set_kit(
                planned_id=planned_id, questions=lines, **form.cleaned_data, **who(request)
            ),
        ):
            toast_next(request, gettext("The kit is kept. What is booked keeps the one it was booked with."))
            return redirect("plan", role.pk)
    if refused := "knowingly" in form.errors:
        form.fields["knowingly"].required = True  # it is not optional any more
    wrong = bool(form.errors) or (data is not None and not questions.is_valid())
    context = {
        "role": role,
        "planned": planned,
        "form": form,
        "questions": questions,
        "findings": unlawful(role, questions.lines()) if refused else [],
    }
    return render(request, "requisitions/interview_plan/kit.html", context, status=422 if wrong else 200)


@signed_in()
@require_POST
def planned_retire(request: StaffRequest, planned_id: int) -> HttpResponse:
    planned = queries.planned_interview(request.user, planned_id)
    kept = actions.retire_interview(planned_id=planned_id, **who(request))
    toast_next(
        request,
        gettext("%(planned)s is out of the plan. What was booked goes on.") % {"planned": planned.name}
        if kept
        else gettext("%(planned)s is out of the plan.") % {"planned": planned.name},
    )
    return redirect("plan", planned.requisition_id)


@signed_in()
@require_POST
def planned_again(request: StaffRequest, planned_id: int) -> HttpResponse:
    planned = actions.plan_again(planned_id=planned_id, **who(request))
    toast_next(
        request, gettext("%(planned)s is in the plan again, with the kit it had.") % {"planned": planned.name}
    )
    return redirect("plan", planned.requisition_id)


@signed_in()
@require_POST
def planned_assess(request: StaffRequest, planned_id: int) -> HttpResponse:
    """Let it assess one must-have more, from the list of those that nobody assesses."""
    criterion = number(request.POST.get("criterion", ""))
    if criterion is None:
        raise Http404("There is no such criterion.")
    planned = actions.assess(planned_id=planned_id, criterion_id=criterion, **who(request))
    toast_next(
        request, gettext("%(planned)s assesses it now. Give it a question.") % {"planned": planned.name}
    )
    return redirect("planned_kit", planned_id)


@signed_in()
@require_POST
def plan_order(request: StaffRequest, stage_id: int) -> HttpResponse:
    """A stage's interviews in their new order, as dragged; with htmx the list alone comes back."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise Http404("There are no such interviews.")
    planned = actions.order_interviews(
        stage_id=stage_id, planned_ids=form.cleaned_data["interviews"], **who(request)
    )
    return _list(request, planned[0].requisition_id, "The order is kept.")


@signed_in()
@require_POST
def planned_shift(request: StaffRequest, planned_id: int) -> HttpResponse:
    """One place up or down: what dragging does, from the menu."""
    planned = queries.planned_interview(request.user, planned_id)
    order = queries.order_in(planned)
    at = order.index(planned_id)
    to = at + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    actions.order_interviews(stage_id=planned.stage_id, planned_ids=order, **who(request))
    return _list(request, planned.requisition_id, f"{planned.name} moved {'up' if to < at else 'down'}.")


def _list(request: StaffRequest, requisition_id: int, said: str) -> HttpResponse:
    if not request.htmx:
        toast_next(request, said)
        return redirect(reverse("plan", args=[requisition_id]))
    page = queries.plan_page(request.user, requisition_id, CHANGE)
    return toast(render(request, f"{PAGE}#stages", _context(request, page)), said)
