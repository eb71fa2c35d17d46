"""What the house asks of everybody's sign-in."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ats.accounts.actions.permit import permit
from ats.accounts.models import Role, SignInPolicy, User
from ats.activity.record import record
from ats.kernel.errors import Invalid
from ats.kernel.kept import kept
from ats.kernel.languages import recorded
from ats.kernel.staff_words import gettext
from ats.kernel.when import counted

SHORTEST, LONGEST = 5, 14 * 24 * 60


@transaction.atomic
def change_policy(
    *, second_step_roles: Iterable[str], idle_minutes: int, by: User, now: datetime
) -> SignInPolicy:
    """Who needs a second step, and after how long without use a session ends (0: never before its time)."""
    permit(by)
    if idle_minutes and not SHORTEST <= idle_minutes <= LONGEST:
        raise Invalid(gettext("Choose between five minutes and fourteen days."), field="idle_minutes")
    wanted = [role.value for role in Role if role in set(second_step_roles)]
    facts = {"second_step_roles": wanted, "idle_minutes": idle_minutes}
    policy, _ = SignInPolicy.objects.update_or_create(pk=1, defaults=facts)
    data = {"what": _words(policy), **facts}
    record("sign_in_policy.changed", subject=policy, by=by, now=now, data=data)
    return policy


def _words(policy: SignInPolicy) -> str:
    roles = ", ".join(recorded(Role(role).label).lower() for role in policy.second_step_roles)
    second = kept(f"a second step of {roles}") if roles else kept("no second step")
    rest = counted(policy.idle_minutes, "minute", "minutes")
    end = kept(f"the end after {rest} without use") if policy.idle_minutes else kept("no end without use")
    return f"{second}; {end}"
