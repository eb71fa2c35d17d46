"""The page behind the way out of relationship mail: what its reader gets from us, and the choice."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.kernel.languages import ours
from ats.mail import unsubscribing
from ats.web.policy import public
from candidates.consents import actions, queries
from candidates.consents.models import Purpose


@public
@csrf_exempt  # a mailbox provider posts it for its user, without a cookie; the link itself is the secret
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Looking changes nothing, so that scanners may look; a button does, and the provider's POST (RFC 8058).

    That POST says nothing of purposes: it stops the one that its message was of.
    """
    link = unsubscribing.read(token)
    if link is None:
        raise Http404("This link is not one of ours.")
    done = _act(request, link) if request.method == "POST" else ""
    now = timezone.now()
    choices = queries.choices_of(link.address, now)
    refuses = queries.refuses_all(link.address)
    context = {
        "address": link.address,
        "choices": choices,
        "refuses": refuses,
        "gets_any": not refuses and any(choice.until for choice in choices),
        "this": None
        if refuses
        else next((c for c in choices if c.purpose == link.purpose and c.until), None),
        "done": done,
    }
    response = render(request, "candidates/consents/unsubscribe.html", context)
    response["Cache-Control"], response["Referrer-Policy"] = "private, no-store", "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def _act(request: HttpRequest, link: unsubscribing.Link) -> str:
    """`stopped` or `again`."""
    now = timezone.now()
    if (again := request.POST.get("again", "")) in Purpose.values:
        ours(actions.change_mind)(address=link.address, purpose=again, now=now)
        return "again"
    said = request.POST.get("stop", link.purpose)
    purpose = said if said in Purpose.values else ""
    ours(actions.stop)(address=link.address, purpose=purpose, now=now)
    return "stopped"
