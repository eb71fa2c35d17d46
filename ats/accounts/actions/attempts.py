"""How often a password may be tried: from one place, for one account, on a known device. Nobody is locked out.

Too many tries from one place have to wait. Too many for one account, from wherever, are answered with a mailed
code, before any password is looked at: who guesses learns nothing, and the person gets in. A device that they have
signed in on has a count of its own, so that what others do elsewhere does not reach it.
"""

from enum import Enum
from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from allauth.core.internal.ratelimit import consume as hit
from django.http import HttpRequest
from django.utils import timezone

from ats.accounts.domain import devices
from ats.accounts.queries.sign_in import device_of

APP = "allauth.account"
ORIGIN, ACCOUNT, DEVICE, AGAIN = "sign_in_origin", "sign_in_account", "sign_in_device", "sign_in_again"


class Answer(Enum):
    """What somebody gets who has tried too often."""

    WAIT = "wait"
    CODE = "code"


def count(request: HttpRequest, email: str) -> Answer | RateLimitUsage:
    """Count one more try; its usage, to be given back if the password was right, or what is asked for instead."""
    if request.user.is_authenticated:  # who shows themselves again, with a session of theirs
        return _hit(request, AGAIN, key=f"user:{request.user.pk}") or Answer.WAIT
    device = device_of(email, devices.tokens_in(request), now=timezone.now())
    if device is not None and (usage := _hit(request, DEVICE, key=device.token_hash)):
        return usage
    origin = _hit(request, ORIGIN)
    if origin is None:
        return Answer.WAIT
    if getattr(request, "has_sign_in_code", False):
        return origin
    account = _hit(request, ACCOUNT, key=email)
    if account is None:
        return Answer.CODE
    return RateLimitUsage(usage=[*origin.usage, *account.usage])


def _hit(request: HttpRequest, action: str, **who: Any) -> RateLimitUsage | None:
    return hit(request, app=APP, action=action, **who)


def forget(request: HttpRequest, email: str) -> None:
    """The account's count begins afresh, when its password was set anew by mail."""
    ratelimit.clear(request, action=ACCOUNT, key=email)
