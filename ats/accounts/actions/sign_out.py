"""Signed-in browsers, and ending them."""

from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from ats.accounts.actions import devices
from ats.accounts.models import User


def end_all(user: User) -> None:
    """End every session of this person, when the transaction commits; no device of theirs is known any more."""
    devices.forget_all(user)
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    UserSession.objects.filter(session_key__in=keys).delete()
    transaction.on_commit(lambda: _forget(keys))


def _forget(keys: list[str]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
