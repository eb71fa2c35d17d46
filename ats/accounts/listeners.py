"""What allauth does, noted in the security log."""

from typing import Any

from allauth.account.signals import authentication_step_completed, password_changed, password_reset
from allauth.mfa.signals import authentication_failed, authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.utils import timezone

from ats.accounts.actions import access, attempts, devices, keys, notify
from ats.accounts.models import User
from ats.web.client_address import ip_and_device

METHODS = {"totp": "the authenticator app", "webauthn": "a passkey", "recovery_codes": "recovery codes"}
"""The second steps, in words."""


@receiver(user_logged_in, dispatch_uid="accounts.signed_in")
def _signed_in(request: HttpRequest | None, user: User, **kwargs: Any) -> None:
    data = {"how": access.how(request, user), **ip_and_device(request)}
    notify.note("user.signed_in", user, by=user, data=data)
    if request is not None:
        access.begin(request, user)


@receiver(user_logged_out, dispatch_uid="accounts.signed_out")
def _signed_out(request: HttpRequest | None, user: User | None, **kwargs: Any) -> None:
    if user is not None:
        notify.note("user.signed_out", user, by=user, data=ip_and_device(request))
    if request is not None:
        request.has_signed_out = True  # type: ignore[attr-defined]


@receiver(authentication_step_completed, dispatch_uid="accounts.shown_again")
def _shown_again(request: HttpRequest, user: User, reauthenticated: bool = False, **kwargs: Any) -> None:
    if reauthenticated:
        access.begin_anew(request)


@receiver(password_changed, dispatch_uid="accounts.password_changed")
def _password_changed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    notify.note("user.password_changed", user, by=user, data=ip_and_device(request))
    if "end_keys" in request.POST:
        keys.end_keys(user, by=user, now=timezone.now())
    else:
        keys.end_links(user, now=timezone.now())
    devices.forget_all(user)


@receiver(password_reset, dispatch_uid="accounts.password_reset")
def _password_reset(request: HttpRequest, user: User, **kwargs: Any) -> None:
    notify.note("user.password_reset", user, by=user, data=ip_and_device(request))
    keys.end_with_the_password(user, where=ip_and_device(request), now=timezone.now())
    devices.forget_all(user)
    attempts.forget(request, user)


@receiver(authenticator_added, dispatch_uid="accounts.second_step_added")
def _added(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    _second_step("user.second_step_added", request, user, authenticator)
    access.look_again(request, user)


@receiver(authenticator_removed, dispatch_uid="accounts.second_step_removed")
def _removed(request: HttpRequest, user: User, authenticator: Any, **kwargs: Any) -> None:
    _second_step("user.second_step_removed", request, user, authenticator)
    access.look_again(request, user)


def _second_step(verb: str, request: HttpRequest, user: User, authenticator: Any) -> None:
    method = METHODS.get(authenticator.type, str(authenticator.type))
    notify.note(verb, user, by=user, data={"method": method, **ip_and_device(request)})


@receiver(authentication_failed, dispatch_uid="accounts.second_step_failed")
def _second_step_failed(request: HttpRequest, user: User, **kwargs: Any) -> None:
    notify.note("user.second_step_failed", user, by=user, data=ip_and_device(request))
