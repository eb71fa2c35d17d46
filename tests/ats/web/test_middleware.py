import re
import uuid
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from ats.kernel import request_context
from ats.web.client_address import client_ip
from ats.web.middleware import RequestMiddleware
from tests.factories import make_user


def test_each_request_has_an_id_of_its_own(rf: RequestFactory) -> None:
    seen: list[uuid.UUID | None] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request_context.request_id.get())
        return HttpResponse()

    answers = [RequestMiddleware(view)(rf.get("/")) for _ in range(2)]

    assert [answer["X-Request-ID"] for answer in answers] == [str(request_id) for request_id in seen]
    assert len(set(seen)) == 2
    assert request_context.request_id.get() is None


def test_the_id_does_not_outlive_a_view_that_fails(rf: RequestFactory) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        raise LookupError

    with pytest.raises(LookupError):
        RequestMiddleware(view)(rf.get("/"))

    assert request_context.request_id.get() is None


def test_nothing_is_kept_unless_the_view_says_so(rf: RequestFactory) -> None:
    def public(request: HttpRequest) -> HttpResponse:
        return HttpResponse(headers={"Cache-Control": "public, max-age=60"})

    assert RequestMiddleware(lambda request: HttpResponse())(rf.get("/"))["Cache-Control"] == "no-store"
    assert RequestMiddleware(public)(rf.get("/"))["Cache-Control"] == "public, max-age=60"


@pytest.mark.django_db
def test_the_time_in_the_app_is_told_to_whom_we_know(client: Client) -> None:
    pages = ("/careers/", "/status/", reverse("account_login"))
    assert [client.get(path).headers.get("Server-Timing") for path in pages] == [None, None, None]
    client.force_login(make_user())
    assert re.fullmatch(r"app;dur=\d+\.\d\d", client.get("/candidates/")["Server-Timing"])


@pytest.mark.parametrize(
    ("trusted", "forwarded", "expected"),
    [
        (False, "203.0.113.9", "10.0.0.1"),
        (True, "203.0.113.9", "203.0.113.9"),
        # Whoever calls can write what they like in front; only our own proxy writes the last.
        (True, "1.2.3.4, 203.0.113.9", "203.0.113.9"),
        (True, "", "10.0.0.1"),
    ],
)
def test_the_callers_address(
    rf: RequestFactory, settings: Any, trusted: bool, forwarded: str, expected: str
) -> None:
    settings.TRUST_PROXY = trusted

    request = rf.get("/", headers={"x-forwarded-for": forwarded}, REMOTE_ADDR="10.0.0.1")

    assert client_ip(request) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/careers/?q=%00", 400),
        ("/careers/?department=a%00b", 400),
        ("/?x=%00", 400),
        ("/brand/logos/%00.png", 404),
    ],
)
def test_an_address_with_a_nul_is_not_understood(client: Any, path: str, status: int) -> None:
    assert client.get(path).status_code == status
