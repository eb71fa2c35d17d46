"""Asking for the page of an application, and sending its forms."""

from typing import Any

from candidates.models import Application

HTMX = {"HTTP_HX_REQUEST": "true"}
DIALOG = HTMX | {"HTTP_HX_TARGET": "dialog"}


def page(client: Any, application: Application, **headers: str) -> str:
    answer = client.get(f"/applications/{application.pk}/", **headers)
    assert answer.status_code == 200
    return answer.content.decode()


def post(client: Any, application: Application, what: str, **facts: Any) -> Any:
    headers = facts.pop("headers", {})
    return client.post(f"/applications/{application.pk}/{what}/", facts, **headers)
