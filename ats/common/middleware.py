"""What every request carries: an id, the caller's address, its time, and no copy left in caches."""

import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ats.common import views

_request_id: ContextVar[uuid.UUID | None] = ContextVar("request_id", default=None)

# Probes call by the address of a container, which is not in ALLOWED_HOSTS: they are answered first.
PROBES = {"/healthz": views.healthz, "/readyz": views.readyz}


def current_request_id() -> uuid.UUID | None:
    """The id of the request that is being answered; None in a task or a command."""
    return _request_id.get()


def client_ip(request: HttpRequest) -> str:
    """The caller's address. Behind our proxy (TRUST_PROXY) it is the one that the proxy itself wrote last."""
    if settings.TRUST_PROXY:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return forwarded
    return str(request.META.get("REMOTE_ADDR") or "")


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id = uuid.uuid4()
        token = _request_id.set(request_id)
        try:
            probe = PROBES.get(request.path_info)
            response = probe(request) if probe else self.get_response(request)
        finally:
            _request_id.reset(token)
        response["X-Request-ID"] = str(request_id)
        # Nearly every page is somebody's own: nothing is kept unless the view says that it may be.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.2f}"
        return response
