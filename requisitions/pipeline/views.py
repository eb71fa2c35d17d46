"""The page on which the steps of a role are laid out."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, Invalid
from ats.kernel.kept import retold
from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast, toast_next
from requisitions.pipeline import actions, queries
from requisitions.pipeline.forms import NewStageForm, OrderForm, StageForm, TemplateForm
from requisitions.pipeline.models import StageKind
from requisitions.roles.models import Requisition
from requisitions.roles.workflow import ENDED

PAGE = "requisitions/pipeline/pipeline.html"
CHANGE = "requisitions.change_pipeline"
reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


def _who(request: StaffRequest) -> dict[str, Any]:
    return {"by": request.user, "now": timezone.now()}


@signed_in()
@require_safe
def pipeline(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role, stages = queries.pipeline(request.user, requisition_id, "requisitions.view_requisition")
    context = _context(request, role, stages)
    if context["may_change"]:
        context["templates"] = queries.templates()
    return render(request, PAGE, context)


def _context(request: StaffRequest, role: Requisition, stages: list[Any]) -> dict[str, Any]:
    movable = [stage for stage in stages if stage.kind not in actions.FIXED]
    return {
        "role": role,
        "stages": stages,
        "may_change": role.state not in ENDED and request.user.has_perm(CHANGE, role),
        "first": movable[0].pk if movable else None,
        "last": movable[-1].pk if movable else None,
        "empty": not any(stage.ever for stage in stages),
        "days": sum(stage.promise_days for stage in stages if stage.kind != StageKind.HIRED),
    }


@signed_in()
@require_POST
def pipeline_template(request: StaffRequest, requisition_id: int) -> HttpResponse:
    form = TemplateForm(request.POST)
    if not form.is_valid():
        raise Invalid(gettext("Choose one of the templates."), field="template")
    template = form.cleaned_data["template"]
    actions.use_template(requisition_id=requisition_id, template_id=template.pk, **_who(request))
    toast_next(request, gettext("The steps are those of %(template)s.") % {"template": template.name})
    return redirect("pipeline", requisition_id)


@signed_in()
@require_POST
def pipeline_order(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """The list in its new order, as dragged; with htmx the list alone comes back."""
    form = OrderForm(request.POST)
    if not form.is_valid():
        raise Http404("There are no such steps.")
    actions.order_stages(
        requisition_id=requisition_id, stage_ids=form.cleaned_data["stages"], **_who(request)
    )
    return _list(request, requisition_id, "The order is kept.")


@signed_in()
@require_POST
def stage_shift(request: StaffRequest, stage_id: int) -> HttpResponse:
    """One place up or down: what dragging does, from the menu."""
    role, stage = queries.stage_of(request.user, stage_id, CHANGE)
    if stage is None:
        raise Http404("There is no such step.")
    order = list(role.stages.order_by("position").values_list("pk", flat=True))
    at = order.index(stage_id)
    to = at + (-1 if request.POST.get("way") == "up" else 1)
    if 0 <= to < len(order):
        order[at], order[to] = order[to], order[at]
    actions.order_stages(requisition_id=role.pk, stage_ids=order, **_who(request))
    return _list(
        request,
        role.pk,
        (gettext("%(stage)s moved up.") if to < at else gettext("%(stage)s moved down."))
        % {"stage": retold(stage.name)},
    )


def _list(request: StaffRequest, requisition_id: int, said: str) -> HttpResponse:
    if not request.htmx:
        toast_next(request, said)
        return redirect("pipeline", requisition_id)
    role, stages = queries.pipeline(request.user, requisition_id, CHANGE)
    return toast(render(request, f"{PAGE}#stages", _context(request, role, stages)), said)


@signed_in()
@reads_and_writes
def stage_new(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role, stages = queries.pipeline(request.user, requisition_id, CHANGE)
    form = NewStageForm(request.POST or None, stages=stages)
    if request.method == "POST" and form.is_valid():
        try:
            stage = actions.add_stage(requisition_id=requisition_id, **form.cleaned_data, **_who(request))
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            toast_next(request, gettext("%(stage)s is one of the steps now.") % {"stage": stage.name})
            return redirect("pipeline", requisition_id)
    return _form_page(request, role, form, title=gettext("Add a step"), submit=gettext("Add the step"))


@signed_in()
@reads_and_writes
def stage_edit(request: StaffRequest, stage_id: int) -> HttpResponse:
    role, stage = queries.stage_of(request.user, stage_id, CHANGE)
    form = StageForm(request.POST or None, stage=stage)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_stage(stage_id=stage_id, **form.cleaned_data, **_who(request))
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            toast_next(request, gettext("Saved. What was promised before stays as it was promised."))
            return redirect("pipeline", role.pk)
    return _form_page(request, role, form, title=stage.name, submit=gettext("Save"))


def _form_page(
    request: StaffRequest, role: Requisition, form: StageForm, *, title: str, submit: str
) -> HttpResponse:
    context = {"role": role, "form": form, "title": title, "submit": submit}
    status = 422 if form.errors else 200
    return render(request, "requisitions/pipeline/stage.html", context, status=status)


@signed_in()
@require_POST
def stage_remove(request: StaffRequest, stage_id: int) -> HttpResponse:
    role, stage = queries.stage_of(request.user, stage_id, CHANGE)
    actions.remove_stage(stage_id=stage_id, **_who(request))
    toast_next(request, gettext("%(stage)s is taken out.") % {"stage": stage.name})
    return redirect("pipeline", role.pk)
