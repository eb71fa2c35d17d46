"""Settings about people and their access."""

from allauth.account.decorators import reauthentication_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ats.accounts import actions, queries
from ats.accounts.domain.roles import WHAT_THEY_DO
from ats.accounts.models import Role
from ats.accounts.pages import forms
from ats.accounts.queries import succession
from ats.accounts.queries.sign_in import people_without_second_step, policy
from ats.activity.describing import entries
from ats.kernel.errors import ActionError, Missing
from ats.kernel.staff_words import gettext
from ats.web.forms import show_error
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next


@signed_in(actions.MANAGE)
def people(request: StaffRequest) -> HttpResponse:
    form = forms.PeopleFilter(request.GET or None)
    wanted = form.cleaned_data if form.is_bound and form.is_valid() else {}
    page = Paginator(queries.people(**wanted), 50).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page_obj": page,
        "invitations": queries.open_invitations(),
        "now": timezone.now(),
    }
    return render(request, "ats/accounts/people.html", context)


@signed_in(actions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def sign_in(request: StaffRequest) -> HttpResponse:
    """What signing in asks of everybody; to change it, who does shows themselves again."""
    rules = policy()
    known = {"second_step_roles": rules.second_step_roles, "idle_minutes": rules.idle_minutes}
    form = forms.SignInForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            actions.change_policy(by=request.user, now=timezone.now(), **form.cleaned_data)
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("Saved. It holds for everybody within a minute."))
            return redirect("settings_sign_in")
    context = {"form": form, "without": people_without_second_step()}
    return render(request, "ats/accounts/sign_in.html", context, status=422 if form.errors else 200)


@signed_in(actions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: StaffRequest) -> HttpResponse:
    form = forms.InviteForm(request.POST or None)
    if form.is_valid():
        try:
            invitation = actions.invite(**form.facts(), by=request.user, now=timezone.now())
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(
                request, gettext("An invitation is on its way to %(email)s.") % {"email": invitation.email}
            )
            return redirect("settings_people")
    context = {"form": form, "roles": [(role.label, WHAT_THEY_DO[role]) for role in Role]}
    return render(request, "ats/accounts/invite.html", context, status=422 if form.errors else 200)


@signed_in(actions.MANAGE)
@require_POST
def revoke_invitation(request: StaffRequest, invitation_id: int) -> HttpResponse:
    invitation = actions.revoke_invitation(invitation_id=invitation_id, by=request.user, now=timezone.now())
    toast_next(
        request, gettext("The link sent to %(email)s does not work any more.") % {"email": invitation.email}
    )
    return redirect("settings_people")


@signed_in(actions.MANAGE)
def person(request: StaffRequest, user_id: int) -> HttpResponse:
    user = queries.person(user_id)
    if user is None:
        raise Missing(gettext("Nobody has this number."))
    context = {
        "person": user,
        "organisations": queries.organisations_of(user),
        "held": succession.held_by(user),
        "role_form": forms.RoleForm(initial={"role": user.role}),
        "manager_form": forms.ManagerForm(person=user),
        "roles": [(role.label, WHAT_THEY_DO[role]) for role in Role],
        "sessions": queries.session_list(user),
        "entries": entries(queries.security_log(user)),
    }
    return render(request, "ats/accounts/person.html", context)


@signed_in(actions.MANAGE)
@require_POST
def change_role(request: StaffRequest, user_id: int) -> HttpResponse:
    """Another role; where it ends what they hold, who takes that over is asked first."""
    user, chosen = queries.person(user_id), forms.RoleForm(request.POST)
    if user is None:
        raise Missing(gettext("Nobody has this number."))
    if not chosen.is_valid():
        return redirect("settings_person", user_id)
    role = chosen.cleaned_data["role"]
    lost = succession.lost_with(succession.held_by(user), role) if user.is_active else []
    asked = "asked" in request.POST
    form = forms.SuccessorsForm(request.POST if asked or not lost else None, person=user, held=lost)
    if form.is_valid():
        try:
            changed = actions.change_role(
                user_id=user_id, role=role, successors=form.successors(), by=request.user, now=timezone.now()
            )
        except ActionError as error:
            if not form.fields:  # nobody had to be asked, and so there is no form to say it beside
                raise
            show_error(form, error)
        else:
            toast_next(
                request,
                gettext("%(changed)s is now %(get_role_display)s.")
                % {"changed": changed.name, "get_role_display": changed.get_role_display()},
            )
            return redirect("settings_person", user_id)
    context = {"person": user, "held": lost, "form": form, "role": role, "role_label": Role(role).label}
    return render(request, "ats/accounts/other_role.html", context, status=422 if form.errors else 200)


@signed_in(actions.MANAGE)
@require_POST
def set_manager(request: StaffRequest, user_id: int) -> HttpResponse:
    """For whom somebody works: what they apply for themselves is kept from that person."""
    user = queries.person(user_id)
    if user is None:
        raise Missing(gettext("Nobody has this number."))
    form = forms.ManagerForm(request.POST, person=user)
    if form.is_valid():
        manager = form.cleaned_data["manager"]
        changed = actions.set_manager(
            user_id=user_id,
            manager_id=manager.pk if manager else None,
            by=request.user,
            now=timezone.now(),
        )
        toast_next(
            request,
            (
                gettext("%(person)s works for %(manager)s.")
                % {"person": changed.name, "manager": manager.name}
                if manager
                else gettext("%(person)s works for nobody who is named.") % {"person": changed.name}
            ),
        )
    return redirect("settings_person", user_id)


@signed_in(actions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: StaffRequest, user_id: int) -> HttpResponse:
    """For which organisations they work; between the others and them stands a wall."""
    user = queries.person(user_id)
    if user is None:
        raise Missing(gettext("Nobody has this number."))
    known = {"sees": forms.ALL if user.works_for is None else forms.SOME, "organisations": user.works_for}
    form = forms.OrganisationsForm(request.POST or None, initial=known)
    if form.is_valid():
        try:
            changed = actions.set_works_for(
                user_id=user_id, organisations=form.chosen(), by=request.user, now=timezone.now()
            )
        except ActionError as error:
            show_error(form, error)
        else:
            said = gettext("%(person)s sees this from their next step on.") % {"person": changed.name}
            toast_next(request, said)
            return redirect("settings_person", user_id)
    context = {"person": user, "form": form}
    return render(request, "ats/accounts/organisations.html", context, status=422 if form.errors else 200)


@signed_in(actions.MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def deactivate(request: StaffRequest, user_id: int) -> HttpResponse:
    """What they still hold, who takes it over, and the end of their access."""
    user = queries.person(user_id)
    if user is None:
        raise Missing(gettext("Nobody has this number."))
    held = succession.held_by(user)
    form = forms.SuccessorsForm(request.POST if request.method == "POST" else None, person=user, held=held)
    if request.method == "POST" and form.is_valid():
        try:
            actions.deactivate(
                user_id=user_id, successors=form.successors(), by=request.user, now=timezone.now()
            )
        except ActionError as error:
            show_error(form, error)
        else:
            toast_next(request, gettext("%(user)s has no access any more.") % {"user": user.name})
            return redirect("settings_person", user_id)
    context = {"person": user, "held": held, "form": form}
    return render(request, "ats/accounts/end_access.html", context, status=422 if form.errors else 200)


@signed_in(actions.MANAGE)
@require_POST
def reactivate(request: StaffRequest, user_id: int) -> HttpResponse:
    user = actions.reactivate(user_id=user_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("%(user)s has access again.") % {"user": user.name})
    return redirect("settings_person", user_id)


@signed_in(actions.MANAGE)
@require_POST
def end_sessions(request: StaffRequest, user_id: int) -> HttpResponse:
    user = actions.end_sessions(user_id=user_id, by=request.user, now=timezone.now())
    toast_next(request, gettext("%(user)s is signed out everywhere.") % {"user": user.name})
    return redirect("settings_person", user_id)


@signed_in(actions.MANAGE)
@require_POST
@reauthentication_required()
def forget_second_steps(request: StaffRequest, user_id: int) -> HttpResponse:
    user = actions.forget_second_steps(user_id=user_id, by=request.user, now=timezone.now())
    toast_next(
        request, gettext("%(user)s signs in with the password alone now, and was told.") % {"user": user.name}
    )
    return redirect("settings_person", user_id)
