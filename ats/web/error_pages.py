"""What is said when something is wrong."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.csrf import requires_csrf_token

from ats.web.languages import is_for_candidates


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form's secret was missing or old: say how to go on, and change nothing."""
    return render(request, "403_csrf.html", _whose(request), status=403)


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
    return HttpResponse(render_to_string("500.html", _whose(request)), status=500)


def _wrong(request: HttpRequest, status: int, detail: str) -> HttpResponse:
    if _wants_json(request):
        return _problem(status, detail)
    return render(request, f"{status}.html", _whose(request), status=status)


def _whose(request: HttpRequest) -> dict[str, bool]:
    """Candidates are led to the open jobs and to their own page, and never to a door for colleagues."""
    return {"for_candidates": is_for_candidates(request.path_info)}


def _wants_json(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _problem(status: int, detail: str) -> JsonResponse:
    """The same shape as the API's other errors, for addresses that no endpoint answers."""
    kind = "server_error" if status == 500 else "client_error"
    code = {400: "bad_request", 403: "permission_denied", 404: "not_found", 500: "error"}[status]
    return JsonResponse(
        {"type": kind, "errors": [{"code": code, "detail": detail, "attr": None}]}, status=status
    )
