"""The settings page of interviewers' pools and of plan templates."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.kernel.staff_words import gettext
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next
from requisitions.interview_plan import actions, queries
from requisitions.interview_plan.actions.change_pools import CHANGE
from requisitions.interview_plan.pages.forms import MemberForm, PoolForm, PoolNameForm
from requisitions.interview_plan.pages.views import form_page, saved, who


@signed_in(CHANGE)
@form_page
def pools(request: StaffRequest) -> HttpResponse:
    organisations = queries.organisations()
    form = PoolForm(request.POST or None, organisations=organisations)
    made = saved(form, lambda: actions.add_pool(**form.cleaned_data, **who(request)))
    if made is not None:
        toast_next(request, gettext("%(made)s is there. Now who is in it.") % {"made": made.name})
        return redirect("settings_pool", made.pk)
    templates = queries.templates()
    context = {
        "form": form,
        "pools": queries.pools(),
        "organisations": organisations,
        "templates": templates,
        "own": any(not template.is_shipped for template in templates),
    }
    return render(
        request, "requisitions/interview_plan/pools.html", context, status=422 if form.errors else 200
    )


@signed_in(CHANGE)
@form_page
def pool(request: StaffRequest, pool_id: int) -> HttpResponse:
    """A pool: adding somebody is its form; each member has a small one of their own."""
    row = queries.pool(pool_id)
    form = MemberForm(request.POST or None, people=queries.colleagues(without=row), auto_id="new_%s")
    member = saved(form, lambda: actions.set_member(pool_id=pool_id, **form.cleaned_data, **who(request)))
    if member is not None:
        toast_next(request, gettext("%(user)s is in the pool.") % {"user": member.user})
        return redirect("settings_pool", pool_id)
    context = {
        "pool": row,
        "form": form,
        "name_form": PoolNameForm(initial={"name": row.name}, auto_id="pool_%s"),
        "today": timezone.localdate(),
    }
    return render(
        request, "requisitions/interview_plan/pool.html", context, status=422 if form.errors else 200
    )


@signed_in(CHANGE)
@form_page
def pool_member(request: StaffRequest, pool_id: int, user_id: int) -> HttpResponse:
    """What holds for somebody in a pool, on a page of its own."""
    row = queries.pool(pool_id)
    member = next((one for one in row.members.all() if one.user_id == user_id), None)
    if member is None:
        return redirect("settings_pool", pool_id)
    form = MemberForm(
        request.POST or None,
        people=[(user_id, str(member.user))],
        initial={name: getattr(member, name) for name in MemberForm.base_fields},
    )
    if saved(form, lambda: actions.set_member(pool_id=pool_id, **form.cleaned_data, **who(request))):
        toast_next(request, gettext("Saved."))
        return redirect("settings_pool", pool_id)
    context = {"pool": row, "member": member, "form": form}
    return render(
        request, "requisitions/interview_plan/pool_member.html", context, status=422 if form.errors else 200
    )


@signed_in(CHANGE)
@require_POST
def pool_rename(request: StaffRequest, pool_id: int) -> HttpResponse:
    actions.rename_pool(pool_id=pool_id, name=request.POST.get("name", ""), **who(request))
    toast_next(request, gettext("Saved."))
    return redirect("settings_pool", pool_id)


@signed_in(CHANGE)
@require_POST
def pool_remove(request: StaffRequest, pool_id: int) -> HttpResponse:
    actions.remove_pool(pool_id=pool_id, **who(request))
    toast_next(request, gettext("The pool is removed."))
    return redirect("settings_pools")


@signed_in(CHANGE)
@require_POST
def pool_member_remove(request: StaffRequest, member_id: int) -> HttpResponse:
    row = actions.remove_member(member_id=member_id, **who(request))
    toast_next(request, gettext("Taken out. Interviews that they have stay theirs."))
    return redirect("settings_pool", row.pk)


@signed_in(CHANGE)
@require_POST
def plan_template_remove(request: StaffRequest, template_id: int) -> HttpResponse:
    actions.remove_template(template_id=template_id, **who(request))
    toast_next(request, gettext("The template is removed. Plans that came from it stay."))
    return redirect("settings_pools")
