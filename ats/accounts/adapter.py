"""How allauth works in this house."""

import logging
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.totp.internal.auth import generate_totp_secret
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from ats.accounts.actions import notify
from ats.accounts.actions.attempts import Answer, count
from ats.accounts.domain import sealing
from ats.accounts.domain.passwords import is_published
from ats.accounts.models import User
from ats.kernel.staff_words import gettext_lazy
from ats.web.client_address import ip_and_device, ip_of
from ats.web.refusals import note_failed_sign_in

PUBLISHED = gettext_lazy(
    "This password is published for the demo and opens nothing here. Set a new one by mail."
)

logger = logging.getLogger(__name__)


class SecondStepAdapter(DefaultMFAAdapter):
    """What an app's codes and the recovery codes are worked out from lies sealed in the table."""

    def encrypt(self, text: str) -> str:
        return sealing.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Where no key of the house opens it, no code is right: an administrator takes the second step away."""
        text = sealing.opened(encrypted_text)
        if text is None:
            logger.error("A second step was sealed with a SECRET_KEY that is not among SECRET_KEY_FALLBACKS.")
            return generate_totp_secret()
        return text


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an invitation is the only way in. Mail leaves through our outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return ip_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Instead of allauth's own counts, with which others could lock somebody out."""
        email = _address(credentials)
        answer = count(request, email)
        if answer is Answer.WAIT:
            raise self.validation_error("too_many_login_attempts")
        if answer is Answer.CODE:
            raise ImmediateHttpResponse(_to_the_code(request, email))
        self._login_failed_rl_usage = answer
        if not settings.DEMO and is_published(str(credentials.get("password"))):
            raise ValidationError(PUBLISHED)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Noted apart from the request, so that a known address costs as much as one that is nobody's."""
        known = User.objects.filter(email__iexact=_address(credentials)).values_list("pk", flat=True)
        user_id = known.first() or 0
        note_failed_sign_in(request, user_id)
        notify.note_later("user.sign_in_failed", user_id, data=ip_and_device(request), now=timezone.now())

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        now = timezone.now()
        user = User.objects.filter(email__iexact=email).first()
        if user is None:  # (to unknown addresses nothing is sent: ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS)
            return
        with transaction.atomic():
            if what := notify.NOTICES.get(template_prefix):
                notify.send_notice(user, what=what, context=context, now=now)
            else:
                raise KeyError(f"There are no words for {template_prefix}.")


def _address(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "").strip().lower()


def _to_the_code(request: HttpRequest, email: str) -> Any:
    """The page that asks for a mailed code; the same one for an address that is nobody's."""
    request.session["sign_in_asked"] = email
    for name in ("sign_in_code", "sign_in_tries"):  # of an earlier time
        request.session.pop(name, None)
    after = {"next": request.POST["next"]} if request.POST.get("next") else {}
    return redirect(reverse("account_code") + (f"?{urlencode(after)}" if after else ""))
