"""Answering a request that did something, in the way that the page it came from can use."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRefresh, trigger_client_event

from ats.web.toasts import toast, toast_next


def is_live(request: HttpRequest) -> bool:
    """Whether the page that asked follows changes by itself, as a board does."""
    htmx = getattr(request, "htmx", None)
    return htmx is not None and "/board/" in (htmx.current_url_abs_path or "")


def done(request: HttpRequest, text: str, *, back: str, undo: str = "") -> HttpResponse:
    """It is done: a live page is told and closes its dialogue, any other is shown afresh with the words."""
    if is_live(request):
        answer = HttpResponse(status=204)
        for event in ("close-dialog", "close-sheet", "board-changed"):
            trigger_client_event(answer, event)
        return toast(answer, text, undo=undo)
    toast_next(request, text, undo=undo)
    return HttpResponseClientRefresh() if getattr(request, "htmx", False) else redirect(back)
