"""Keys that act for somebody without their password: API tokens, the private address of their calendar, links in mails.

They end when the account may have been in other hands: a password set anew by mail, sessions ended by an
administrator, access ended or given back. Whoever changes their own password is asked; links in mails end with
every password.
"""

from datetime import datetime

from django.db import transaction

from ats.accounts.actions import notify
from ats.accounts.models import User
from ats.activity.record import CanAct, record

ENDED = "your API tokens and the address of your calendar have ended with the password"


@transaction.atomic
def end_keys(user: User, *, by: CanAct | None, now: datetime) -> int:
    """All of them; how many there were."""
    many = user.api_tokens.filter(revoked_at=None).update(revoked_at=now)
    many += user.calendar_links.filter(revoked_at=None).update(revoked_at=now, updated_at=now)
    end_links(user, now=now)
    if many:
        record("user.keys_ended", subject=user, by=by, now=now, data={"name": user.name})
    return many


@transaction.atomic
def end_links(user: User, *, now: datetime) -> None:
    """Links in mails to them end in silence: nobody made them, and the next reminder brings a fresh one."""
    user.mail_keys.filter(used_at=None, ended_at=None).update(ended_at=now, updated_at=now)
    user.approvals.exclude(token_hash=None).update(token_hash=None, link_ended_at=now)


@transaction.atomic
def end_with_the_password(user: User, *, where: dict[str, str], now: datetime) -> None:
    """What was made with the password before does not outlive it; whoever had some is told."""
    if end_keys(user, by=user, now=now):
        told = {"ip": where["ip"], "user_agent": where["device"]}
        notify.send_notice(user, what=ENDED, context=told, now=now)
