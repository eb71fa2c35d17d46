"""Addresses that providers of mail call: what came in, and what became of what we sent.

Anybody may call them, so each call shows the house's own secret, and the provider's signature where it signs. A
signature of Mailgun's covers no word of what is said, and is good for ever: therefore the secret as well. A call that
comes twice is the same row.
"""

import logging
from base64 import b64encode
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ats.mail import inbound, incoming, providers
from ats.web.policy import public

logger = logging.getLogger(__name__)

TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
LARGER = 1.4
"""Files stand in Base64 in what providers send as JSON."""


@public
@csrf_exempt  # a program calls, without a cookie; it shows the secret
@require_http_methods(["POST", "HEAD"])
def hook(request: HttpRequest, provider: str, what: str) -> HttpResponse:
    """204 once what was said is kept as a row; what cannot be read is 400, whoever has not the secret 403."""
    address = providers.HOOKS.get((provider, what))
    if address is None or not settings.ANYMAIL["WEBHOOK_SECRET"] or not settings.ANYMAIL[address.setting]:
        raise Http404("This house hears of no such provider.")
    if request.method == "HEAD":  # some look whether the address is there
        return HttpResponse()
    if not _shows_our_secret(request):  # before a word of it is read
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    return HttpResponse(status=_heard(request, provider, what) if _is_readable(request) else TOO_LARGE)


def _heard(request: HttpRequest, provider: str, what: str) -> HTTPStatus:
    from ats.mail import provided  # some 10 MB that a house without such a provider never needs

    try:
        mails = provided.mails_of(request, provider, what)
    except RequestDataTooBig:  # a form that holds a whole message in one field
        return TOO_LARGE
    except provided.Untrue:
        return HTTPStatus.FORBIDDEN
    except incoming.Unreadable as error:
        logger.warning("A call of %s cannot be read: %s", provider, error)
        return HTTPStatus.BAD_REQUEST
    for mail in mails:
        inbound.arrive(mail, source=provider, now=timezone.now())
    return HTTPStatus.NO_CONTENT


def _shows_our_secret(request: HttpRequest) -> bool:
    """Providers call `https://user:password@...`, and say so as RFC 7617 has it."""
    ours = b64encode(settings.ANYMAIL["WEBHOOK_SECRET"].encode()).decode()
    return constant_time_compare(request.headers.get("Authorization", ""), f"Basic {ours}")


def _is_readable(request: HttpRequest) -> bool:
    """Reads what is said, up to the size that mail may have: Django's own limit is made for forms."""
    if request.content_type != "application/json":
        return True
    most = int(settings.INBOUND_MAX_BYTES * LARGER)
    content = request.read(most + 1)
    request._body = content  # noqa: SLF001
    return len(content) <= most
