"""Two who meet half-way: the database ends one of them, and what it asked for is done once more.

There is one lock order (docs/adr/0025-one-lock-order.md); this is for the day on which it was forgotten. An
action that was ended left nothing. It is repeated once, and only where nothing of the request has been
committed; otherwise, or when it happens again, the answer says in words that it may be sent again.
"""

import logging
import random
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy

from ats.kernel import request_context

logger = logging.getLogger(__name__)

ENDED = frozenset({"40P01", "40001"})
"""Deadlock detected; could not serialise access (PostgreSQL's classes of errors)."""

SAID = gettext_lazy("Somebody else was changing the same thing at this very moment. Please send it again.")


def met_half_way(error: BaseException) -> bool:
    """Whether the database ended this because of somebody else, and it can simply be done again."""
    return getattr(error.__cause__, "pgcode", None) in ENDED


class RepeatMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with request_context.counting_commits():
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponseBase | None:
        if not met_half_way(exception):
            return None
        logger.warning("%s %s met somebody half-way", request.method, request.path_info, exc_info=exception)
        if request_context.committed() or not _rewound(request):
            return _busy(request)
        time.sleep(random.uniform(0.02, 0.2))  # noqa: S311 - the other one goes first
        match = request.resolver_match
        assert match is not None
        try:
            answer: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
        except Exception as again:
            if not met_half_way(again):
                raise
            return _busy(request)
        return answer


def _rewound(request: HttpRequest) -> bool:
    """Make what was sent readable once more; False where it was read from the wire and is not kept."""
    for _, uploads in request.FILES.lists():
        for upload in uploads:
            upload.seek(0)
    return not request.path_info.startswith("/api/") or hasattr(request, "_body")


def _busy(request: HttpRequest) -> HttpResponseBase:
    if request.path_info.startswith("/api/"):
        errors = [{"code": "busy", "detail": SAID, "attr": None}]
        answer: HttpResponse = JsonResponse({"type": "server_error", "errors": errors}, status=503)
    else:
        answer = render(request, "503.html", {"message": SAID}, status=503)
    answer["Retry-After"] = "1"
    return answer
