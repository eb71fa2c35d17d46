"""Signed-in browsers, and ending them."""

from datetime import datetime
from importlib import import_module

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import transaction

from ats.accounts.actions import devices
from ats.accounts.models import User
from ats.activity.record import record
from ats.kernel.when import counted


def end_all(user: User) -> None:
    """End every session of this person, when the transaction commits; no device of theirs is known any more."""
    devices.forget_all(user)
    keys = list(UserSession.objects.filter(user=user).values_list("session_key", flat=True))
    UserSession.objects.filter(session_key__in=keys).delete()
    transaction.on_commit(lambda: _forget(keys))


@transaction.atomic
def end_elsewhere(user: User, *, here: str, session_id: int | None, now: datetime) -> int:
    """End this one of their own sessions, or all (None), but never the one at hand; how many there were."""
    rows = UserSession.objects.filter(user=user).exclude(session_key=here)
    if session_id is not None:
        rows = rows.filter(pk=session_id)
    keys = list(rows.values_list("session_key", flat=True))
    if keys:
        UserSession.objects.filter(session_key__in=keys).delete()
        transaction.on_commit(lambda: _forget(keys))
        many = counted(len(keys), "other device", "other devices")
        record("user.own_sessions_ended", subject=user, by=user, now=now, data={"many": many})
    return len(keys)


def _forget(keys: list[str]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    for key in keys:
        store.delete(key)
