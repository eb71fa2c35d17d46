"""The partners' pages."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse


@login_required
def partnership_list(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_required
def dashboard(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


@login_required
def partnership(request: HttpRequest, partnership_id: int) -> HttpResponse:
    return HttpResponse()
