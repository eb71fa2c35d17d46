"""What happens to a role as a whole: it opens, waits, goes on, ends; people join and leave its team."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.kernel.errors import ActionError
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from requisitions.roles import actions, queries
from requisitions.roles.figures import panels
from requisitions.roles.forms import EndForm, MemberForm, ReasonForm
from requisitions.roles.models import RequisitionState
from requisitions.roles.workflow import ENDED


def _who(request: StaffRequest, requisition_id: int) -> dict[str, Any]:
    return {"requisition_id": requisition_id, "by": request.user, "now": timezone.now()}


@signed_in()
@require_POST
def requisition_open(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role = actions.open_requisition(**_who(request, requisition_id))
    said = "The role is open." if role.state == RequisitionState.OPEN else "Approval is asked for."
    toast_next(request, said)
    return redirect("requisition", requisition_id)


@signed_in()
@require_POST
def requisition_resume(request: StaffRequest, requisition_id: int) -> HttpResponse:
    actions.resume(**_who(request, requisition_id))
    toast_next(request, "The role is open again.")
    return redirect("requisition", requisition_id)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def requisition_hold(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role = queries.get_requisition(request.user, requisition_id, "requisitions.open_requisition")
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and _done(
        form, lambda: actions.hold(**_who(request, role.pk), **form.cleaned_data)
    ):
        toast_next(request, "The role is on hold.")
        return redirect("requisition", requisition_id)
    context = {"role": role, "form": form}
    return render(request, "requisitions/roles/hold.html", context, status=422 if form.errors else 200)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def requisition_end(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Where nobody is in play, it ends here; else the floors above show how everybody is told first."""
    role = queries.get_requisition(request.user, requisition_id, "requisitions.open_requisition")
    draft = role.state == RequisitionState.DRAFT
    form = EndForm(request.POST or None, draft=draft)
    if request.method == "POST" and _done(
        form, lambda: actions.end(**_who(request, role.pk), **form.cleaned_data)
    ):
        toast_next(request, f"The role is {form.cleaned_data['new_state']}.")
        return redirect("requisition", requisition_id)
    context = {
        "role": role,
        "form": form,
        "draft": draft,
        "over": role.state in ENDED,
        "panels": panels("end", role, user=request.user, now=timezone.now()),
    }
    return render(request, "requisitions/roles/end.html", context, status=422 if form.errors else 200)


def _done(form: Form, action: Callable[[], Any]) -> bool:
    """Whether the form held and the action did it; what was refused stands on the form."""
    if not form.is_valid():
        return False
    try:
        action()
    except ActionError as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
        return False
    return True


@signed_in()
@require_POST
def member_add(request: StaffRequest, requisition_id: int) -> HttpResponse:
    form = MemberForm(request.POST, prefix="member")
    if form.is_valid():
        actions.add_member(**_who(request, requisition_id), **form.cleaned_data)
        toast_next(request, f"{form.cleaned_data['user']} is on the team.")
    else:
        toast_next(request, "Choose a person, and what they are in this team.", level=messages.ERROR)
    return redirect("requisition_step", requisition_id, "team")


@signed_in()
@require_POST
def member_remove(request: StaffRequest, requisition_id: int, member_id: int) -> HttpResponse:
    actions.remove_member(**_who(request, requisition_id), member_id=member_id)
    toast_next(request, "Taken off the team.")
    return redirect("requisition_step", requisition_id, "team")
