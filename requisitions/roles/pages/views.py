"""The pages of requisitions: the list, one role, its writing in steps, and what happens to it as a whole."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ats.kernel.errors import ActionError, NotAllowed
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.organisation.actions import MANAGE
from ats.organisation.queries import anybody_hires
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from requisitions.roles import actions, queries
from requisitions.roles.domain.pay import in_words
from requisitions.roles.models import Requisition, RequisitionState
from requisitions.roles.pages.cards import notices, panels
from requisitions.roles.pages.forms import EndForm, FilterForm, MemberForm, NewRoleForm, ReasonForm
from requisitions.roles.pages.wizard import Step, leave_to, next_stop, steps_for, text_of, way, where
from requisitions.roles.workflow import ENDED, IN_WORDS

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
    if request.htmx.target == "list":
        return render(request, f"{template}#list", context)
    return render(request, template, context | {"notices": notices(request.user, now=timezone.now())})


@signed_in("requisitions.add_requisition")
@reads_and_writes
def requisition_new(request: StaffRequest) -> HttpResponse:
    form = NewRoleForm(request.POST or None, organisation=None, fixed=False, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            role = actions.create_requisition(by=request.user, now=timezone.now(), **form.facts())
        except ActionError as error:
            form.add_error(error.field if error.field in form.fields else None, error.message)
        else:
            toast_next(request, gettext("%(reference)s is kept as a draft.") % {"reference": role.reference})
            leads = request.user.has_perm("requisitions.change_team", role)
            return _go_on(request, queries.with_way(request.user, role.pk), "role", runs=True, leads=leads)
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
        "gaps": [(gap.text, where(role, gap.field)) for gap in page.gaps],
        "text_href": text_of(role),
        "ahead": [(gap.text, where(role, gap.field)) for gap in page.ahead],
        "sees_approval": page.approval is not None and page.approval.seen_by(request.user),
        "runs": request.user.has_perm("requisitions.open_requisition", role),
        "leads": request.user.has_perm("requisitions.change_team", role),
        "may_change": role.state not in ENDED
        and request.user.has_perm("requisitions.change_requisition", role),
        **{
            f"panels_{place}": panels(place, role, user=request.user, now=now)
            for place in ("top", "main", "side")
        },
    }
    return render(request, "requisitions/roles/overview.html", context)


@signed_in()
@reads_and_writes
def requisition_edit(request: StaffRequest, requisition_id: int, step: str = "") -> HttpResponse:
    role = queries.with_way(request.user, requisition_id)
    if role.state in ENDED:
        return redirect("requisition", requisition_id)
    runs = request.user.has_perm("requisitions.open_requisition", role)
    leads = request.user.has_perm("requisitions.change_team", role)
    here = _step(steps_for(runs=runs), step)
    if here.led and not leads:
        raise NotAllowed(
            {
                "pay": gettext("Ask %(recruiter)s to change the pay."),
                "team": gettext("Ask %(recruiter)s to change the team."),
            }[here.name]
            % {"recruiter": role.recruiter}
        )
    bound = here.bind(role, request.POST if request.method == "POST" else None)
    if not leads:
        leave_to(bound.form, role)
    if request.method == "POST" and bound.is_valid():
        try:
            actions.change_requisition(
                requisition_id=requisition_id, by=request.user, now=timezone.now(), **bound.facts()
            )
        except ActionError as error:
            bound.refuse(error.field, error.message)
        else:
            if "stay" in request.POST:
                toast_next(request, gettext("Saved."))
                return redirect("requisition", requisition_id)
            following = queries.with_way(request.user, requisition_id)
            return _go_on(request, following, here.name, runs=runs, leads=leads)
    stops = way(role, runs=runs, leads=leads, now=timezone.now())
    context = {
        "role": role,
        "bound": bound,
        "stops": stops,
        "here": here,
        "following": next_stop(stops, here.name),
    }
    if here.name == "team":
        context |= {
            "members": role.members.all(),
            "member_form": MemberForm(prefix="member", organisation=role.organisation_id),
        }
    wrong = request.method == "POST"
    return render(request, "requisitions/roles/edit.html", context, status=422 if wrong else 200)


def _step(steps: list[Step], name: str) -> Step:
    if not name:
        return steps[0]
    found = next((one for one in steps if one.name == name), None)
    if found is None:
        raise Http404("There is no such step.")
    return found


def _go_on(request: StaffRequest, role: Requisition, here: str, *, runs: bool, leads: bool) -> HttpResponse:
    """On to the next step that is missing; to the role where none is."""
    following = next_stop(way(role, runs=runs, leads=leads, now=timezone.now()), here)
    if following is None:
        toast_next(request, gettext("Saved."))
        return redirect("requisition", role.pk)
    return redirect(following.href)


def _who(request: StaffRequest, requisition_id: int) -> dict[str, Any]:
    return {"requisition_id": requisition_id, "by": request.user, "now": timezone.now()}


@signed_in()
@require_POST
def requisition_open(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role = actions.open_requisition(**_who(request, requisition_id))
    said = (
        gettext("The role is open.")
        if role.state == RequisitionState.OPEN
        else gettext("Approval is asked for.")
    )
    toast_next(request, said)
    return redirect("requisition", requisition_id)


@signed_in()
@require_POST
def requisition_resume(request: StaffRequest, requisition_id: int) -> HttpResponse:
    actions.resume(**_who(request, requisition_id))
    toast_next(request, gettext("The role is open again."))
    return redirect("requisition", requisition_id)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def requisition_hold(request: StaffRequest, requisition_id: int) -> HttpResponse:
    role = queries.get_requisition(
        request.user,
        requisition_id,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to put this role on hold."),
    )
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and _done(
        form, lambda: actions.hold(**_who(request, role.pk), **form.cleaned_data)
    ):
        toast_next(request, gettext("The role is on hold."))
        return redirect("requisition", requisition_id)
    context = {"role": role, "form": form}
    return render(request, "requisitions/roles/hold.html", context, status=422 if form.errors else 200)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def requisition_end(request: StaffRequest, requisition_id: int) -> HttpResponse:
    """Where nobody is in play, it ends here; else the floors above show how everybody is told first."""
    role = queries.get_requisition(
        request.user,
        requisition_id,
        "requisitions.open_requisition",
        ask=gettext_lazy("Ask %(recruiter)s to end this role."),
    )
    draft = role.state == RequisitionState.DRAFT
    form = EndForm(request.POST or None, draft=draft)
    if request.method == "POST" and _done(
        form, lambda: actions.end(**_who(request, role.pk), **form.cleaned_data)
    ):
        toast_next(
            request,
            gettext("The role is %(state)s.") % {"state": IN_WORDS[form.cleaned_data["new_state"]]},
        )
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
        toast_next(
            request,
            gettext("%(user)s is on the team.") % {"user": form.cleaned_data["user"]},
        )
    else:
        toast_next(request, gettext("Choose a person, and what they are in this team."), level=messages.ERROR)
    return redirect("requisition_step", requisition_id, "team")


@signed_in()
@require_POST
def member_remove(request: StaffRequest, requisition_id: int, member_id: int) -> HttpResponse:
    actions.remove_member(**_who(request, requisition_id), member_id=member_id)
    toast_next(request, gettext("Taken off the team."))
    return redirect("requisition_step", requisition_id, "team")
