"""What every request carries: an id, the caller's address, its time, and no copy left in caches."""

import time
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from ats.kernel import request_context

# Probes call by the address of a container, which is not in ALLOWED_HOSTS: they are answered first.
PROBES = frozenset({"/healthz", "/readyz"})


class QueryCount:
    """Counts the queries of a request, for the bench (COUNT_QUERIES=1)."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.count += 1
        return execute(*args)


class RequestMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request_id, queries = uuid.uuid4(), QueryCount()
        counting = connection.execute_wrapper(queries) if settings.COUNT_QUERIES else nullcontext()
        with (
            request_context.running(id=request_id, via="api" if request.path.startswith("/api/") else "web"),
            counting,
        ):
            is_probe = request.path_info in PROBES
            response = resolve(request.path_info).func(request) if is_probe else self.get_response(request)
        response["X-Request-ID"] = str(request_id)
        # Nearly every page is somebody's own: nothing is kept unless the view says that it may be.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        response["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.2f}"
        if settings.COUNT_QUERIES:
            response["Server-Timing"] += f', db;desc="{queries.count}"'
        return response

    def process_view(self, request: HttpRequest, *view: Any) -> None:
        """No text of ours holds the character NUL, and the database takes none that does."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("There is a NUL in the query.")
