"""Pages of the house itself: is it alive, is it ready, and what is said when something is wrong."""

from collections.abc import Callable

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

_migrated = False


def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Everything a page needs is there: the database, the broker, the newest tables."""
    checks = {"database": _check(_database), "broker": _check(_broker)}
    checks["migrations"] = _check(_migrations) if checks["database"] == "ok" else "unknown"
    ready = set(checks.values()) == {"ok"}
    return JsonResponse(
        {"status": "ready" if ready else "not ready", "checks": checks}, status=200 if ready else 503
    )


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret was missing or old: say how to go on, and change nothing."""
    return render(request, "403_csrf.html", status=403)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _wrong(request, 400, "This request was not understood.")


@requires_csrf_token
def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _wrong(request, 403, "You may not do this.")


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _wrong(request, 404, "There is nothing here.")


@requires_csrf_token
def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke, perhaps the database: the page is made without asking anybody anything."""
    if _wants_json(request):
        return _problem(500, "Something went wrong on our side.")
    return HttpResponse(render_to_string("500.html"), status=500)


def _wrong(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    if _wants_json(request):
        return _problem(status, detail)
    return render(request, f"{status}.html", status=status)


def _wants_json(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _problem(status: int, detail: str) -> JsonResponse:
    """The same shape as the API's other errors, for addresses that no endpoint answers."""
    kind = "server_error" if status == 500 else "client_error"
    code = {400: "bad_request", 403: "permission_denied", 404: "not_found", 500: "error"}[status]
    return JsonResponse(
        {"type": kind, "errors": [{"code": code, "detail": detail, "attr": None}]}, status=status
    )


class _NotReadyError(Exception):
    pass


def _check(look: Callable[[], None]) -> str:
    try:
        look()
    except _NotReadyError as problem:
        return str(problem)
    except (DatabaseError, redis.RedisError, OSError):
        return "unreachable"
    return "ok"


def _database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")


def _broker() -> None:
    client = redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
    try:
        client.ping()
    finally:
        client.close()


def _migrations() -> None:
    global _migrated  # noqa: PLW0603  (reading the plan costs; once none is missing, none comes back)
    if _migrated:
        return
    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if missing:
        raise _NotReadyError(f"{missing} missing")
    _migrated = True
