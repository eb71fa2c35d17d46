"""Noting what became of a message, and telling who waits for it."""

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from ats.activity.record import record
from ats.duework import engine
from ats.duework.faults import is_away
from ats.duework.models import DueTask
from ats.duework.tasks import plan, task_kind
from ats.mail.models import MailState, OutgoingMail

logger = logging.getLogger(__name__)

SETTLE_AGAIN = (0.2, 1, 2, 4, 8)
"""Seconds between the attempts to note what happened, when the database is away for a moment."""

Hook = Callable[[OutgoingMail, datetime], None]
hooks: dict[str, list[Hook]] = {}
UNDELIVERED = (MailState.FAILED, MailState.BOUNCED, MailState.WITHHELD)
Undelivered = Callable[[Sequence[OutgoingMail], datetime], None]
_undelivered: list[Undelivered] = []


def undelivered(hook: Undelivered) -> Undelivered:
    """Call the decorated function with messages of any role that did not, or do not, reach their readers.

    In the transaction that settles them, or that queues them where they cannot leave at all.
    """
    _undelivered.append(hook)
    return hook


def tell_undelivered(mails: Sequence[OutgoingMail], now: datetime) -> None:
    """Say of these that their readers do not know what stands in them."""
    lost = [mail for mail in mails if mail.state in UNDELIVERED]
    for hook in _undelivered if lost else ():
        hook(lost, now)


def settled(*role_names: str) -> Callable[[Hook], Hook]:
    """Call the decorated function with `(mail, now)` in the transaction that settles a mail of these roles.

    `mail.state` says how: sent, failed, unknown, bounced; or, when it may not leave any more after all,
    cancelled (its `not_after` has passed) or withheld (its address has begun to refuse mail). One that raises
    does not undo what happened to the message: it is done again as due work.
    """

    def register(hook: Hook) -> Hook:
        for name in role_names:
            hooks.setdefault(name, []).append(hook)
        return hook

    return register


def settle(mail: OutgoingMail, now: datetime, **fields: Any) -> None:
    """Note what became of the message, and tell who wants to know; also over a short absence of the database."""
    over_an_absence(lambda: _settle_once(mail, now, **fields), f"{mail} will be settled as {fields['state']}")


def over_an_absence(work: Callable[[], object], what: str) -> None:
    """Do this, again and again for a while if the database is away for a moment."""
    for wait in (*SETTLE_AGAIN, None):
        try:
            work()
        except Exception as error:
            if not is_away(error) or wait is None or connection.in_atomic_block:
                raise
            logger.warning("The database is away; %s", what)
            connection.close()
            time.sleep(wait)
        else:
            return


def _settle_once(mail: OutgoingMail, now: datetime, **fields: Any) -> None:
    fields["updated_at"] = timezone.now()
    if fields["state"] == MailState.SENT and mail.role not in hooks:
        _write(mail, fields)  # the common case: one statement
        return
    with transaction.atomic():
        if _write(mail, fields) and mail.state != MailState.QUEUED:
            _tell(mail, now)


def _write(mail: OutgoingMail, fields: dict[str, Any]) -> bool:
    if engine.settle(mail, **fields):
        return True
    logger.error("%s ended as %s, but its lease had run out", mail, fields["state"])
    return False


def _tell(mail: OutgoingMail, now: datetime) -> None:
    if mail.state in {MailState.FAILED, MailState.UNKNOWN}:
        record(
            f"mail.{mail.state}",
            subject=mail,
            by=None,
            now=now,
            data={"subject": mail.subject, "reason": mail.last_error},
        )
    tell(mail, now)


def tell(mail: OutgoingMail, now: datetime) -> None:
    """Call the hooks of the message's role, in the transaction that settles it."""
    try:
        with transaction.atomic():
            _call(mail, now)
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("Who waits for %s could not be told; it is due work now", mail)
        plan("mail.tell", subject_id=mail.pk, due_at=now, key=f"mail.tell:{mail.pk}:{mail.state}")


@task_kind("mail.tell")
def tell_again(task: DueTask, now: datetime) -> None:
    mail = OutgoingMail.objects.filter(pk=task.subject_id).first()
    if mail is not None:
        _call(mail, now)


def _call(mail: OutgoingMail, now: datetime) -> None:
    for hook in hooks.get(mail.role, ()):
        hook(mail, now)
    tell_undelivered([mail], now)
