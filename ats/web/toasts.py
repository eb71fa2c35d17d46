"""Telling the person what was just done, with a way back where there is one."""

from typing import TypeVar

from django.conf import settings
from django.contrib import messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.messages.storage.session import SessionStorage
from django.http import HttpRequest, HttpResponseBase
from django_htmx.http import trigger_client_event

R = TypeVar("R", bound=HttpResponseBase)


class Cookie(CookieStorage):
    """Under a name that no other host can set (`__Host-`)."""

    cookie_name = settings.MESSAGE_COOKIE_NAME


class Storage(FallbackStorage):
    """Django's own: a cookie for the one page that comes next, the session where there is more."""

    storage_classes = (Cookie, SessionStorage)


def toast(response: R, text: str, *, undo: str = "", level: str = "info") -> R:
    """For htmx: `response` brings up a toast; `undo` is an address that a POST to takes it back."""
    detail = {"text": text, "level": level} | ({"undo": undo} if undo else {})
    return trigger_client_event(response, "toast", detail)


def toast_next(request: HttpRequest, text: str, *, undo: str = "", level: int = messages.SUCCESS) -> None:
    """For a redirect: the next page shows the toast."""
    messages.add_message(request, level, text, extra_tags=f"undo={undo}" if undo else "")
