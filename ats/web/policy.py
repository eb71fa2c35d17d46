"""Every view says who may open it: `@public`, or `@signed_in` with the permission that it asks for."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from ats.kernel import guards, walls
from ats.kernel.errors import ActionError, Invalid, NotAllowed
from ats.web.toasts import toast

View = Callable[..., HttpResponseBase]
STATUS = {Invalid: 422, NotAllowed: 403}


def public(view: View) -> View:
    """Anybody may open it; what it shows is for everybody, or its address is the secret."""
    view.policy = "public"  # type: ignore[attr-defined]
    return view


def signed_in(permission: str = "") -> Callable[[View], View]:
    """Only who has signed in, and who has this permission without an object, may open it.

    An action's refusal that the view does not answer itself is told to the person (see `refused`), and so is
    the database's own.
    """

    def declare(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return _to_sign_in(request)
            walls.begin(request.user)
            if permission and not request.user.has_perm(permission):
                raise PermissionDenied
            try:
                return view(request, *args, **kwargs)
            except ActionError as error:
                return refused(request, error)
            except IntegrityError as error:
                if (said := guards.refusal(error)) is None:
                    raise
                return refused(request, said)

        guarded.policy = permission or "signed in"  # type: ignore[attr-defined]
        return guarded

    return declare


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    if request.headers.get(
        "X-By-Itself"
    ):  # a sign in a corner asked, and nobody: the page says what has ended
        return HttpResponse(status=204)
    if request.headers.get("HX-Request"):
        # The whole page goes to the sign-in, and comes back to where it was, not to the fragment.
        return HttpResponse(status=204, headers={"HX-Redirect": reverse("account_login")})
    return redirect_to_login(request.get_full_path())


def refused(request: HttpRequest, error: ActionError) -> HttpResponseBase:
    """The refusal as an answer: a toast for htmx, else back to the page it came from with the message."""
    status = STATUS.get(type(error), 409)
    request.was_refused = status == 403  # type: ignore[attr-defined]
    if request.headers.get("HX-Request"):
        answer = HttpResponse(status=status, headers={"HX-Reswap": "none"})
        return toast(answer, error.message, level="error")
    came_from = request.headers.get("Referer", "")
    if request.method == "POST" and url_has_allowed_host_and_scheme(came_from, {request.get_host()}):
        messages.error(request, error.message)
        return redirect(came_from)
    return render(request, "refused.html", {"message": error.message}, status=status)
