"""Pages about the upkeep of the house: is it alive, is it ready, and what was restored."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from ats.kernel.staff_words import gettext
from ats.upkeep import actions, ready
from ats.web.policy import signed_in
from ats.web.requests import StaffRequest
from ats.web.toasts import toast_next


def healthz(request: HttpRequest) -> JsonResponse:
    """This process answers."""
    return JsonResponse({"status": "ok"})


def readyz(request: HttpRequest) -> JsonResponse:
    """Everything a page needs is there: a database and files that take something, the broker, the newest tables."""
    checks = ready.checks()
    is_ready = set(checks.values()) == {"ok"}
    return JsonResponse(
        {"status": "ready" if is_ready else "not ready", "checks": checks}, status=200 if is_ready else 503
    )


@signed_in(actions.HANDLE)
@require_POST
def release(request: StaffRequest) -> HttpResponse:
    """Work goes on after a restore, with the messages that waited or without them."""
    send = request.POST.get("messages") == "send"
    actions.release(send=send, by=request.user, now=timezone.now())
    toast_next(
        request,
        gettext("Everything goes on: messages leave, and dates are kept again.")
        if send
        else gettext("The messages that waited are cancelled, and everything else goes on."),
    )
    return redirect("settings_outbox")
