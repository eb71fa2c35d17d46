"""Pages of one's own access."""

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ats.accounts import actions
from ats.accounts.pages import forms
from ats.accounts.queries.invitation import by_token
from ats.kernel.errors import ActionError
from ats.web.forms import show_error
from ats.web.policy import public, signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    invitation = by_token(token, now=timezone.now())
    if invitation is None:
        return render(request, "ats/accounts/invitation_gone.html", status=410)
    form = forms.AcceptForm(request.POST or None, initial={"name": invitation.name})
    if form.is_valid():
        try:
            user = actions.accept_invitation(token=token, **form.cleaned_data, now=timezone.now())
        except ActionError as error:
            show_error(form, error)
        else:
            login(request, user, backend=BACKEND)
            return redirect("/")
    context = {"form": form, "invitation": invitation}
    return render(request, "ats/accounts/invitation.html", context, status=422 if form.errors else 200)


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: StaffRequest) -> HttpResponse:
    user = request.user
    known = {name: getattr(user, name) for name in actions.PROFILE}
    form = forms.ProfileForm(request.POST or None, initial=known)
    if form.is_valid():
        actions.change_profile(user=user, now=timezone.now(), **form.cleaned_data)
        toast_next(request, "Your profile is saved.")
        return redirect("account_profile")
    return render(request, "ats/accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@signed_in()
def addresses(request: StaffRequest) -> HttpResponse:
    """allauth's page for several addresses: here everybody has the one that they were invited with."""
    return redirect("account_profile")
