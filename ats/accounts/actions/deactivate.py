"""Ending somebody's access, and giving it back; also to whom telephone, keys and codes were lost."""

from collections.abc import Mapping
from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from ats.accounts.actions import notify, sign_out
from ats.accounts.actions.keys import end_keys
from ats.accounts.actions.permit import MANAGE, keep_an_administrator, permit_for
from ats.accounts.models import User
from ats.accounts.queries import succession
from ats.activity.record import record
from ats.kernel.access import get_for
from ats.kernel.errors import Invalid, WrongState
from ats.kernel.staff_words import gettext


@transaction.atomic
def deactivate(*, user_id: int, by: User, now: datetime, successors: Mapping[str, int] | None = None) -> User:
    """End somebody's access: sessions, API tokens and calendar feed with it. What they did stays theirs.

    What they owe goes to `successors`, by part (see `queries/succession.py`): nobody waits for a person who is gone.
    """
    permit_for(user_id, by)
    succession.hold(user_id, successors=(successors or {}).values())
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE)
    if user == by:
        raise Invalid(gettext("You cannot end your own access. Another administrator can."))
    if not user.is_active:
        raise WrongState(gettext("%(user)s has no access already.") % {"user": user.name})
    keep_an_administrator(user)
    heirs = succession.named(user, succession.held_by(user), successors or {})
    user.is_active = False
    user.save(update_fields=["is_active"])
    sign_out.end_all(user)
    end_keys(user, by=by, now=now)
    record("user.deactivated", subject=user, by=by, now=now, data={"name": user.name, **heirs})
    return user


@transaction.atomic
def reactivate(*, user_id: int, by: User, now: datetime) -> User:
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE, for_update=True)
    if user.is_active:
        raise WrongState(gettext("%(user)s has access already.") % {"user": user.name})
    user.is_active = True
    user.save(update_fields=["is_active"])
    end_keys(user, by=by, now=now)  # whatever was open before
    record("user.reactivated", subject=user, by=by, now=now, data={"name": user.name})
    return user


@transaction.atomic
def end_sessions(*, user_id: int, by: User, now: datetime) -> User:
    """Sign somebody out everywhere: a lost laptop, and all that was kept on it."""
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE, for_update=True)
    sign_out.end_all(user)
    end_keys(user, by=by, now=now)
    record("user.sessions_ended", subject=user, by=by, now=now, data={"name": user.name})
    return user


@transaction.atomic
def forget_second_steps(*, user_id: int, by: User, now: datetime) -> User:
    """Their password alone signs in until they turn on another one; they are told, and are out everywhere.

    Where their role asks for a second step, the next sign-in leads them to it before anything else.
    """
    user = get_for(User.objects.all(), user_id, user=by, permission=MANAGE, for_update=True)
    if user == by:
        raise Invalid(
            gettext("Another administrator does this for you; your own you turn off under your account.")
        )
    gone, _ = Authenticator.objects.filter(user=user).delete()
    if not gone:
        raise WrongState(gettext("%(user)s has no second step.") % {"user": user.name})
    sign_out.end_all(user)
    end_keys(user, by=by, now=now)
    record("user.second_steps_forgotten", subject=user, by=by, now=now, data={"name": user.name})
    notify.tell_second_steps_forgotten(user, by=by, now=now)
    return user
