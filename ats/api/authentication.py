"""Bearer tokens."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from ats.accounts.models import User
from ats.api.actions import token_hash
from ats.api.models import ApiToken
from ats.kernel import walls

PLAIN = "Call by https. Others may have read this token on its way: take it back and make a new one."
USE_IS_NOTED_EVERY = timedelta(minutes=1)


class TokenAuthentication(BaseAuthentication):
    """`Authorization: Bearer accord_...`; request.auth is then the `ApiToken`."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        words = get_authorization_header(request).split()
        if not words or words[0].lower() != b"bearer":
            return None
        if len(words) != 2:
            raise AuthenticationFailed("Send the header as: Authorization: Bearer <token>.")
        if settings.SECURE_SSL_REDIRECT and not request.is_secure():
            raise AuthenticationFailed(PLAIN)
        now = timezone.now()
        token = (
            ApiToken.objects.select_related("user")
            .filter(token_hash=token_hash(words[1].decode("latin-1")), revoked_at__isnull=True)
            .filter(Q(expires_at__isnull=True) | Q(expires_at__gt=now))
            .first()
        )
        if token is None or not token.user.is_active:
            raise AuthenticationFailed("This token is unknown, expired or revoked.")
        self._note_use(token, now)
        walls.begin(token.user)
        return token.user, token

    def _note_use(self, token: ApiToken, now: datetime) -> None:
        """Once a minute is enough, and spares every call a write."""
        if token.last_used_at is None or now - token.last_used_at > USE_IS_NOTED_EVERY:
            ApiToken.objects.filter(pk=token.pk).update(last_used_at=now)

    def authenticate_header(self, request: Request) -> str:
        return 'Bearer realm="accord"'
