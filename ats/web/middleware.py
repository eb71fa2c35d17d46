"""What every request carries: an id, the caller's address, its time, and no copy left in caches."""

import logging
import time
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any

from django.conf import settings
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import resolve

from ats.kernel import guards, request_context, walls
from ats.kernel.numbers import number
from ats.web.error_pages import bad_request
from ats.web.refusals import note_refusal

logger = logging.getLogger(__name__)

READ = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "latin-1", "windows-1252"})
"""In which encodings forms are read; others, said in a header, are no text or no longer in use."""

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
"""No page of ours knows another; to many, TRACE or a made-up one would be as good as GET."""

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
            walls.ending(),
        ):
            response = self._answer(request)
        note_refusal(request, response)
        response["X-Request-ID"] = str(request_id)
        # Nearly every page is somebody's own: nothing is kept unless the view says that it may be.
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "no-store"
        if "public" not in response["Cache-Control"]:
            response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if settings.COUNT_QUERIES or _is_known(request):
            response["Server-Timing"] = f"app;dur={(time.perf_counter() - started) * 1000:.2f}"
        if settings.COUNT_QUERIES:
            response["Server-Timing"] += f', db;desc="{queries.count}"'
        return response

    def _answer(self, request: HttpRequest) -> HttpResponse:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if request.path_info in PROBES:
            return resolve(request.path_info).func(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> None:
        """What no row of ours can answer to is refused before anybody looks for it."""
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("There is a NUL in the query.")
        if request.encoding and _plain(request.encoding) not in READ:
            raise BadRequest("Send it as UTF-8.")
        if any(_is_beyond(value) for name, value in kwargs.items() if isinstance(value, int) or name == "pk"):
            raise Http404("No row has such a number.")

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """What was given is larger or further away than a column holds: a mistake of who gave it, and noted."""
        if not guards.is_no_data(exception):
            return None
        logger.warning("%s %s was no data", request.method, request.path_info, exc_info=exception)
        return bad_request(request, exception)


def _is_known(request: HttpRequest) -> bool:
    """Whether somebody signed in asks: to strangers we do not say how long we looked for what they asked."""
    user = getattr(request, "_cached_user", None)  # asking for `user` would ask the database
    return user is not None and user.is_authenticated


def _plain(encoding: str) -> str:
    return encoding.strip("'\" ").lower().replace("_", "-")


def _is_beyond(value: Any) -> bool:
    """Whether this is a number that no column of row numbers holds."""
    return str(value).isdecimal() and number(str(value)) is None
