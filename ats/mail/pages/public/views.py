"""The page behind the unsubscribe link of relationship mail."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.mail import actions
from ats.mail.unsubscribing import address_in
from ats.web.policy import public


@public
@csrf_exempt  # a mailbox provider posts it for its user, without a cookie; the link itself is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so that scanners may look; the button (or the provider's POST) does it."""
    address = address_in(token)
    if address is None:
        raise Http404("This link is not one of ours.")
    done = request.method == "POST"
    if done:
        actions.unsubscribe(address=address, now=timezone.now())
    return render(request, "ats/mail/unsubscribe.html", {"address": address, "done": done})
