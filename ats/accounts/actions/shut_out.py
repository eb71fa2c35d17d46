"""Taking their ways in from the demo company's people, before a system is used in earnest."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from ats.accounts.actions import sign_out
from ats.accounts.actions.keys import end_keys
from ats.accounts.models import User
from ats.accounts.queries import demo
from ats.activity.record import record


@transaction.atomic
def shut_out_demo(*, now: datetime) -> list[User]:
    """Passwords, second steps, sessions, tokens and feeds; what they hold stays theirs until it is handed on."""
    shut_out = list(demo.people().select_for_update(no_key=True).order_by("pk"))
    for user in shut_out:
        user.set_unusable_password()
        user.save(update_fields=["password"])
        Authenticator.objects.filter(user=user).delete()
        sign_out.end_all(user)
        end_keys(user, by=None, now=now)
        record("user.shut_out", subject=user, by=None, now=now, data={"name": user.name})
    return shut_out
