"""The signed-in person's time zone, for the request; their device; and their session, which ends when it rests."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ats.accounts.actions import access
from ats.accounts.domain import devices
from ats.kernel import walls
from ats.kernel.staff_words import gettext_lazy

PUBLIC = ("/careers/", "/status/", "/static/", "/brand/", "/mail/", "/healthz", "/readyz")
"""Nobody signs in there: the session is not even read."""
SESSION = "account_session"
"""An open page asks there whether its session stands; with `used=1` somebody has typed there since it last did."""
ASKS_BY_ITSELF = frozenset({"board_news", "intake_revision", "partnership_version"})
"""Addresses that an open page asks for news."""
IN_PART = frozenset({"intake", "dashboard"})
"""Of these an open page fetches, with `part=1`, what has changed of itself."""
OPEN = ("/accounts/2fa/", "/accounts/reauthenticate/", "/accounts/logout/", "/accounts/session/")
"""Where somebody sets up the second step that their role needs, or leaves; and what an open page asks."""
SECOND_STEP = gettext_lazy("Your role needs a second step to sign in.")
READING = frozenset({"GET", "HEAD"})
RESTED = gettext_lazy("You were signed out, for nothing was done here for a long time.")


class ViewerMiddleware:
    """Times are shown in the viewer's zone; the session is held to what the house asks for (`actions.access`)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC):
            return self.get_response(request)
        if not request.user.is_authenticated:
            return _after(request, self.get_response(request))
        request.user.reads_only = request.method in READING
        walls.begin(request.user)
        with timezone.override(request.user.time_zone):
            return _after(request, self.get_response(request))

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if request.path.startswith(PUBLIC) or not request.user.is_authenticated:
            return None
        if access.rests_too_long(request, used=not _asks_by_itself(request)):
            logout(request)
            messages.info(request, RESTED)
            return _answer(request, reverse("account_login"), 401, str(RESTED))
        if not request.path.startswith(OPEN) and access.owes_a_step(request, request.user):
            return _answer(request, reverse("mfa_index"), 403, str(SECOND_STEP))
        return None


def _asks_by_itself(request: HttpRequest) -> bool:
    """Nobody has to be there for it, so that it is no use of the session."""
    name = request.resolver_match.url_name if request.resolver_match else None
    if name == SESSION:
        return request.GET.get("used") != "1"
    return name in ASKS_BY_ITSELF or (name in IN_PART and request.GET.get("part") == "1")


def _answer(request: HttpRequest, way: str, status: int, said: str) -> HttpResponseBase:
    """There is somewhere else to go first."""
    if request.path.startswith("/api/"):
        code = "not_authenticated" if status == 401 else "permission_denied"
        errors = [{"code": code, "detail": said, "attr": None}]
        return JsonResponse({"type": "client_error", "errors": errors}, status=status)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": way})
    return redirect_to_login(request.get_full_path()) if status == 401 else redirect(way)


def _after(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Whoever has just signed in is known here from now on; of who has left, the browser keeps no pages."""
    if getattr(request, "has_signed_out", False):
        response["Clear-Site-Data"] = '"cache"'
    tokens = getattr(request, "device_tokens", None)
    if tokens is not None:
        response.set_cookie(
            settings.DEVICE_COOKIE_NAME,
            devices.cookie(tokens),
            max_age=devices.LASTS,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
