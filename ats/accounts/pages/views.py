"""Pages of one's own access."""

from allauth.account.decorators import reauthentication_required
from allauth.account.forms import LoginForm
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from ats.accounts import actions
from ats.accounts.actions import access
from ats.accounts.domain.codes import MOST_TRIES
from ats.accounts.pages import forms
from ats.accounts.queries.invitation import by_token
from ats.kernel.errors import ActionError
from ats.kernel.numbers import number
from ats.kernel.staff_words import gettext, gettext_lazy
from ats.web.client_address import ip_and_device
from ats.web.forms import show_error
from ats.web.policy import public, signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next

RIGHT_CODE_ONLY = gettext_lazy("The code is right; the password is not.")
SIGNED_OUT_THERE = gettext_lazy("Signed out there. API tokens and the address of your calendar go on.")
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


@public
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """For who cannot be told from somebody who guesses: the mailed code and the password, on one page.

    It looks the same for an address that is nobody's.
    """
    email, now = request.session.get("sign_in_asked"), timezone.now()
    if not email or request.user.is_authenticated:
        return redirect("account_login")
    if request.method != "POST":
        if "sign_in_code" not in request.session:
            request.session["sign_in_code"] = actions.ask_code(email=email, now=now)
        form = forms.CodeForm(initial={"next": request.GET.get("next", "")})
        return render(request, "ats/accounts/code.html", {"form": form, "email": email})
    form = forms.CodeForm(request.POST)
    if form.is_valid() and (answer := _sign_in_by_code(request, form, email)) is not None:
        return answer
    return render(request, "ats/accounts/code.html", {"form": form, "email": email}, status=422)


def _sign_in_by_code(request: HttpRequest, form: forms.CodeForm, email: str) -> HttpResponse | None:
    """The answer if this is settled, in or out; else what is wrong stands in the form."""
    now, question = timezone.now(), request.session.get("sign_in_code")
    typed, where = form.cleaned_data["code"], ip_and_device(request)
    if not question or not actions.try_code(question=question, typed=typed, where=where, now=now):
        return _wrong_code(request, form)
    request.has_sign_in_code = True  # type: ignore[attr-defined]
    sign_in = LoginForm({"login": email, "password": form.cleaned_data["password"]}, request=request)
    if not sign_in.is_valid():
        mismatch = sign_in.has_error(NON_FIELD_ERRORS, "email_password_mismatch")
        form.add_error("password", RIGHT_CODE_ONLY if mismatch else sign_in.non_field_errors()[0])
        return None
    if not actions.use_code(question=question, now=now):
        return _begin_again(request)
    _forget_code(request)
    return sign_in.login(request, redirect_url=_own(request, form.cleaned_data["next"]))


def _wrong_code(request: HttpRequest, form: forms.CodeForm) -> HttpResponse | None:
    """What became of a code in the meantime is not said: of an address that is nobody's there is none."""
    request.session["sign_in_tries"] = tries = request.session.get("sign_in_tries", 0) + 1
    if tries >= MOST_TRIES:
        return _begin_again(request)
    form.add_error("code", gettext("This is not the code, or its time is over."))
    return None


def _begin_again(request: HttpRequest) -> HttpResponse:
    _forget_code(request)
    messages.error(request, gettext("That was tried too often. Begin again."))
    return redirect("account_login")


def _forget_code(request: HttpRequest) -> None:
    for name in ("sign_in_asked", "sign_in_code", "sign_in_tries"):
        request.session.pop(name, None)


def _own(request: HttpRequest, way: str) -> str | None:
    return way if url_has_allowed_host_and_scheme(way, {request.get_host()}) else None


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: StaffRequest) -> HttpResponse:
    user = request.user
    known = {name: getattr(user, name) for name in actions.PROFILE}
    form = forms.ProfileForm(request.POST or None, initial=known)
    if form.is_valid():
        actions.change_profile(user=user, now=timezone.now(), **form.cleaned_data)
        toast_next(request, gettext("Your profile is saved."))
        return redirect("account_profile")
    return render(request, "ats/accounts/profile.html", {"form": form}, status=422 if form.errors else 200)


@signed_in()
@never_cache
@require_http_methods(["GET", "HEAD"])
def session(request: StaffRequest) -> JsonResponse:
    """For a page that stands open (static/js/resting.js): after how many seconds without use its session ends."""
    return JsonResponse({"seconds": access.seconds_left(request)})


@signed_in()
@require_http_methods(["GET", "HEAD", "POST"])
@reauthentication_required(allow_get=True)
def sessions(request: StaffRequest) -> HttpResponse:
    """Where somebody is signed in; to end that elsewhere, they show themselves again."""
    user = request.user
    if request.method == "POST":
        chosen = (number(request.POST["session"]) or 0) if "session" in request.POST else None
        here = str(request.session.session_key)
        many = actions.end_elsewhere(user, here=here, session_id=chosen, now=timezone.now())
        toast_next(request, str(SIGNED_OUT_THERE) if many else gettext("That session has ended already."))
        return redirect("usersessions_list")
    rows = UserSession.objects.purge_and_list(user)
    rows.sort(key=lambda each: (each.is_current(), each.last_seen_at), reverse=True)
    return render(request, "usersessions/usersession_list.html", {"sessions": rows})


@signed_in()
def addresses(request: StaffRequest) -> HttpResponse:
    """allauth's page for several addresses: here everybody has the one that they were invited with."""
    return redirect("account_profile")
