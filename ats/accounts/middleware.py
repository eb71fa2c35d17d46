"""The signed-in person's time zone, for the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone


class ViewerMiddleware:
    """Times are shown in the viewer's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(("/careers/", "/status/", "/static/", "/healthz", "/readyz")):
            return self.get_response(request)  # nobody signs in there: the session is not even read
        zone = getattr(request.user, "time_zone", None)
        if not zone:
            return self.get_response(request)
        with timezone.override(zone):
            return self.get_response(request)
