"""The signed-in person's time zone, for the request; and their session, seen now and then."""

import math
import time
from collections.abc import Callable

from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

PUBLIC = ("/careers/", "/status/", "/static/", "/brand/", "/mail/", "/healthz", "/readyz")
"""Nobody signs in there: the session is not even read."""
SEEN_AGAIN_AFTER = 300
ASKED_AGAIN_AFTER = 60
MOST_NOTED = 10_000
_noted: dict[str, float] = {}


class ViewerMiddleware:
    """Times are shown in the viewer's zone; a session's last use is noted every five minutes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(PUBLIC) or not request.user.is_authenticated:
            return self.get_response(request)
        _note_use(request)
        with timezone.override(request.user.time_zone):
            return self.get_response(request)


def _note_use(request: HttpRequest) -> None:
    """Each process remembers for a minute what it has seen to, so that not every page asks the cache."""
    key, now = request.session.session_key, time.monotonic()
    if not key or now - _noted.get(key, -math.inf) < ASKED_AGAIN_AFTER:
        return
    if len(_noted) >= MOST_NOTED:
        _noted.clear()
    _noted[key] = now
    if cache.add(f"session-seen:{key}", 1, SEEN_AGAIN_AFTER):
        UserSession.objects.create_from_request(request)
