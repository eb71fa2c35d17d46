"""Telling the person what was just done, with a way back where there is one."""

from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import trigger_client_event

R = TypeVar("R", bound=HttpResponseBase)


def toast(response: R, text: str, *, undo: str = "", level: str = "info") -> R:
    """For htmx: `response` brings up a toast; `undo` is an address that a POST to takes it back."""
    detail = {"text": text, "level": level} | ({"undo": undo} if undo else {})
    return trigger_client_event(response, "toast", detail)


def toast_next(request: HttpRequest, text: str, *, undo: str = "", level: int = messages.SUCCESS) -> None:
    """For a redirect: the next page shows the toast."""
    messages.add_message(request, level, text, extra_tags=f"undo={undo}" if undo else "")
