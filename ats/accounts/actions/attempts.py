"""How often a password or a second step may be tried: from one place, for one account, on a known device.

Nobody is locked out.

Too many tries from one place have to wait. Too many for one account, from wherever, are answered with a mailed
code, before any password is looked at: who guesses learns nothing, and the person gets in. A device that they have
signed in on has a count of its own, so that what others do elsewhere does not reach it.

A second step is reached by who knows the password. Its tries are counted by place and account together, so that who
guesses in one place holds up nobody in another; all strangers' places together have a bound as well, for the code has
six digits. The owner is told, and a new password ends it: it shuts the others out and begins all counts afresh.
"""

from enum import Enum
from typing import Any

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage, get_ip
from allauth.core.internal.ratelimit import consume as hit
from django.http import HttpRequest
from django.utils import timezone

from ats.accounts.domain import devices
from ats.accounts.models import User
from ats.accounts.queries.sign_in import device_of

APP = "allauth.account"
ORIGIN, ACCOUNT, DEVICE, AGAIN = "sign_in_origin", "sign_in_account", "sign_in_device", "sign_in_again"
STEP_PLACE, STEP_ACCOUNT, STEP_DEVICE = "second_step_place", "second_step_account", "second_step_device"
STEP_AGAIN, STEP_TOLD = "second_step_again", "second_step_told"


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


def count_step(request: HttpRequest, user: User) -> RateLimitUsage | None:
    """Count one more try of a second step; None if there were too many."""
    if request.user.is_authenticated:
        return _hit(request, STEP_AGAIN, key=f"user:{user.pk}")
    device = device_of(user.email, devices.tokens_in(request), now=timezone.now())
    if device is not None and (usage := _hit(request, STEP_DEVICE, key=device.token_hash)):
        return usage
    place = _hit(request, STEP_PLACE, key=f"{user.pk}:{get_ip(request)}")
    if place is None:
        return None
    account = _hit(request, STEP_ACCOUNT, key=f"user:{user.pk}")
    return None if account is None else RateLimitUsage(usage=[*place.usage, *account.usage])


def is_to_be_told(request: HttpRequest, user: User) -> bool:
    """Whether their owner has not heard yet, today, that second steps were tried too often."""
    return _hit(request, STEP_TOLD, key=f"user:{user.pk}") is not None


def _hit(request: HttpRequest, action: str, **who: Any) -> RateLimitUsage | None:
    return hit(request, app=APP, action=action, **who)


def forget(request: HttpRequest, user: User) -> None:
    """The account's counts begin afresh, when its password was set anew by mail: who guessed knows it no more."""
    ratelimit.clear(request, action=ACCOUNT, key=user.email.lower())
    mine = f"{user.pk}:{get_ip(request)}"
    for action, key in (
        (STEP_PLACE, mine),
        (STEP_ACCOUNT, f"user:{user.pk}"),
        (STEP_TOLD, f"user:{user.pk}"),
    ):
        ratelimit.clear(request, action=action, key=key)
