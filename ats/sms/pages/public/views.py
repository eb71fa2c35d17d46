"""The address that Twilio calls with what came in by SMS.

Anybody may call it: each call bears Twilio's signature, made with the token of the account whose address this is, over
the address and every word that is said. A call that comes twice is heard once.
"""

import base64
import hashlib
import hmac
import re
from http import HTTPStatus

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ats.accounts.domain import sealing
from ats.kernel.errors import Invalid
from ats.sms.actions.hear import Heard, hear
from ats.sms.actions.providers import address_of
from ats.sms.models import SmsAccount
from ats.web.policy import public

NUMBER = re.compile(r"\+[1-9]\d{4,16}")
KEY = re.compile(r"[A-Za-z0-9]{1,64}")
LONGEST = 4_000
NOTHING = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
WANTS = {"STOP": "stop", "START": "start"}


@public
@csrf_exempt  # a program calls, without a cookie; it signs
@require_POST
def sms_hook(request: HttpRequest, account_id: int) -> HttpResponse:
    """200 once it is kept; 403 where the signature is not the account's, 400 where it is no SMS."""
    account = SmsAccount.objects.filter(pk=account_id, hears=True).first()
    secret = _secret(account) if account else ""
    if account is None or not secret:
        raise Http404("No provider hands anything on to this address.")
    if not _is_signed(request, secret):
        return HttpResponse(status=HTTPStatus.FORBIDDEN)
    heard = _heard(request, account)
    if heard is None:
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    hear(heard, now=timezone.now())
    return HttpResponse(NOTHING, content_type="text/xml")


def _secret(account: SmsAccount) -> str:
    url = sealing.opened(account.address)
    try:
        return address_of(url).secret if url else ""
    except Invalid:
        return ""


def _is_signed(request: HttpRequest, secret: str) -> bool:
    said = request.headers.get("X-Twilio-Signature", "")
    return constant_time_compare(said, signature_of(request, secret))


def signature_of(request: HttpRequest, secret: str) -> str:
    """As Twilio signs: its account's token over our address, and each field with its values, in order."""
    url = f"{settings.BASE_URL}{request.get_full_path()}"
    fields = "".join(
        name + value for name in sorted(request.POST) for value in sorted(set(request.POST.getlist(name)))
    )
    made = hmac.new(secret.encode(), f"{url}{fields}".encode(), hashlib.sha1)
    return base64.b64encode(made.digest()).decode()


def _heard(request: HttpRequest, account: SmsAccount) -> Heard | None:
    said = request.POST
    key, number = said.get("MessageSid", ""), said.get("From", "")
    if not KEY.fullmatch(key) or not NUMBER.fullmatch(number):
        return None
    return Heard(
        key=f"twilio-{key}",
        number=number,
        text=said.get("Body", "")[:LONGEST],
        organisation_id=account.organisation_id,
        has_files=said.get("NumMedia", "0") not in {"", "0"},
        wants=WANTS.get(said.get("OptOutType", ""), ""),
    )
