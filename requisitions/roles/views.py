"""The pages of requisitions: the list, one role, and its writing in steps."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ats.common.errors import ActionError
from ats.common.policy import signed_in
from ats.common.requests import StaffRequest
from ats.common.toasts import toast_next
from ats.organisation.actions import MANAGE
from ats.organisation.queries import anybody_hires
from requisitions.roles import actions, queries
from requisitions.roles.figures import panels
from requisitions.roles.forms import FilterForm, MemberForm, NewRoleForm
from requisitions.roles.pay import in_words
from requisitions.roles.steps import Step, steps_for
from requisitions.roles.workflow import ENDED

reads_and_writes = require_http_methods(["GET", "HEAD", "POST"])


@signed_in()
@require_safe
def requisition_list(request: StaffRequest) -> HttpResponse:
    form = FilterForm(request.GET)
    page, rows = queries.requisition_list(
        request.user, form.wanted(), page=request.GET.get("page", 1), now=timezone.now()
    )
    context = {
        "form": form,
        "page": page,
        "rows": rows,
        "may_add": request.user.has_perm("requisitions.add_requisition"),
    }
    template = "requisitions/roles/list.html"
    return render(request, f"{template}#list" if request.htmx.target == "list" else template, context)


@signed_in("requisitions.add_requisition")
@reads_and_writes
def requisition_new(request: StaffRequest) -> HttpResponse:
    form = NewRoleForm(request.POST or None, organisation=None, fixed=False)
    if request.method == "POST" and form.is_valid():
        try:
            role = actions.create_requisition(by=request.user, now=timezone.now(), **form.cleaned_data)
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            toast_next(request, f"{role.reference} is kept as a draft.")
            return redirect("requisition_step", role.pk, "pay")
    context = {
        "form": form,
        "anybody_hires": anybody_hires(),
        "may_add_organisation": request.user.has_perm(MANAGE),
    }
    return render(request, "requisitions/roles/new.html", context, status=422 if form.errors else 200)


@signed_in()
@require_safe
def requisition(request: StaffRequest, requisition_id: int) -> HttpResponse:
    now = timezone.now()
    whole = "all" in request.GET
    page = queries.overview(request.user, requisition_id, now=now, whole=whole)
    role = page.requisition
    context = {
        "page": page,
        "whole": whole,
        "role": role,
        "pay": in_words(role),
        "gaps": [(gap.text, _where(role.pk, gap.field)) for gap in page.gaps],
        "sees_approval": page.approval is not None and page.approval.seen_by(request.user),
        "runs": request.user.has_perm("requisitions.open_requisition", role),
        "may_change": role.state not in ENDED
        and request.user.has_perm("requisitions.change_requisition", role),
        **{
            f"panels_{place}": panels(place, role, user=request.user, now=now)
            for place in ("top", "main", "side")
        },
    }
    return render(request, "requisitions/roles/overview.html", context)


STEP_OF = {"hiring_manager": "team", "must_haves": "needs", "openings": "role"}


def _where(requisition_id: int, field: str) -> str:
    """The page on which a gap is closed."""
    if field == "pipeline":
        return reverse("pipeline", args=[requisition_id])
    return reverse("requisition_step", args=[requisition_id, STEP_OF[field]])


@signed_in()
@reads_and_writes
def requisition_edit(request: StaffRequest, requisition_id: int, step: str = "") -> HttpResponse:
    role = queries.with_facts(request.user, requisition_id, "requisitions.change_requisition")
    if role.state in ENDED:
        return redirect("requisition", requisition_id)
    runs = request.user.has_perm("requisitions.open_requisition", role)
    steps = steps_for(runs=runs)
    here = _step(steps, step)
    bound = here.bind(role, request.POST if request.method == "POST" else None)
    if request.method == "POST" and bound.is_valid():
        try:
            actions.change_requisition(
                requisition_id=requisition_id, by=request.user, now=timezone.now(), **bound.facts()
            )
        except ActionError as error:
            bound.refuse(error.field, error.message)
        else:
            return _after_step(request, requisition_id, steps, here)
    context = {"role": role, "bound": bound, "steps": steps, "here": here, "runs": runs}
    if here.name == "team":
        context |= {"members": role.members.all(), "member_form": MemberForm(prefix="member")}
    wrong = request.method == "POST"
    return render(request, "requisitions/roles/edit.html", context, status=422 if wrong else 200)


def _step(steps: list[Step], name: str) -> Step:
    if not name:
        return steps[0]
    found = next((one for one in steps if one.name == name), None)
    if found is None:
        raise Http404("There is no such step.")
    return found


def _after_step(request: StaffRequest, requisition_id: int, steps: list[Step], here: Step) -> HttpResponse:
    following = steps[steps.index(here) + 1 :]
    if "stay" in request.POST or not following:
        toast_next(request, "Saved.")
        return redirect("requisition", requisition_id)
    return redirect("requisition_step", requisition_id, following[0].name)
