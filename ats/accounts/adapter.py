"""How allauth works in this house."""

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from ats.accounts.actions import notify
from ats.accounts.domain.passwords import is_published
from ats.accounts.models import User
from ats.web.client_address import ip_and_device, ip_of

PUBLISHED = "This password is published for the demo and opens nothing here. Set a new one by mail."


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up by themselves: an invitation is the only way in. Mail leaves through our outbox."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return ip_of(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        super().pre_authenticate(request, **credentials)
        if not settings.DEMO and is_published(str(credentials.get("password"))):
            raise ValidationError(PUBLISHED)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        address = str(credentials.get("email") or credentials.get("username") or "")
        user = User.objects.filter(email__iexact=address).first()
        if user is not None:  # of an address that is nobody's here there is nothing to keep
            notify.note(
                "user.sign_in_failed", user, by=None, data={"name": user.name, **ip_and_device(request)}
            )

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        now = timezone.now()
        user = User.objects.filter(email__iexact=email).first()
        if user is None:  # (to unknown addresses nothing is sent: ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS)
            return
        with transaction.atomic():
            if template_prefix == "account/email/password_reset_key":
                # The address of the link is ours, whatever host the request claimed to be for.
                path = urlsplit(context["password_reset_url"]).path
                notify.send_reset_link(user, link=settings.BASE_URL + path, now=now)
            elif what := notify.NOTICES.get(template_prefix):
                notify.send_notice(user, what=what, context=context, now=now)
            else:
                raise KeyError(f"There are no words for {template_prefix}.")
