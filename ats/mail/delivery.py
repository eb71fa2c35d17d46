"""The sending lane: queued messages are claimed in batches, handed over one by one, settled one by one.

What happens to a message when something goes wrong depends on where it went wrong (`smtp.py`):

- the server cannot be reached: nothing is touched, the whole lane rests and tries again with the next tick;
- the server says *not now*: this message waits, longer each time (greylisting, a full mailbox);
- the server says *no*: this message has failed, for a person to see; an address that does not exist is
  not written to again;
- the session breaks before the content left: the message is tried again soon;
- it breaks after: a repeatable message is sent again with the same Message-ID, another stops as *unknown*.

The same holds for a worker that was killed: its lease runs out, and `begun_at` tells whether it had begun.
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import groupby
from operator import attrgetter
from typing import Any, NoReturn

from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from ats.activity.record import record
from ats.duework import engine
from ats.duework.models import MAX_ATTEMPTS, DueTask
from ats.duework.tasks import plan, task_kind
from ats.mail import resting, roles
from ats.mail.keys import without_keys
from ats.mail.message import Undeliverable, build
from ats.mail.models import (
    MailAttachment,
    MailState,
    OutgoingMail,
    SuppressedAddress,
    SuppressionReason,
)
from ats.mail.smtp import Cut, Interrupted, Refused, Session, Unreachable

logger = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(minutes=10)
BEGIN_WITHIN = timedelta(minutes=2)
"""After this a worker begins no further message of its batch: a slow server must not outlast the lease."""
QUICK = tuple(timedelta(seconds=seconds) for seconds in (30, 60, 120, 300, 900, 1800, 3600))
SLOW = tuple(timedelta(minutes=minutes) for minutes in (5, 15, 30, 60, 120, 240, 480))
SETTLE_AGAIN = (0.2, 1, 2, 4, 8)
"""Seconds between the attempts to note what happened, when the database is away for a moment."""

GONE = "/…/"
FORGOTTEN = "This message held a link for its reader alone; it is not kept."

Hook = Callable[[OutgoingMail, datetime], None]
_hooks: dict[str, list[Hook]] = {}


def settled(*role_names: str) -> Callable[[Hook], Hook]:
    """Call the decorated function with `(mail, now)` in the transaction that settles a mail of these roles.

    `mail.state` says how: sent, failed, unknown, bounced; or, when it may not leave any more after all,
    cancelled (its `not_after` has passed) or withheld (its address has begun to refuse mail). One that raises
    does not undo what happened to the message: it is done again as due work.
    """

    def register(hook: Hook) -> Hook:
        for name in role_names:
            _hooks.setdefault(name, []).append(hook)
        return hook

    return register


# --- The lane


class _Mine(threading.local):
    """One thread's session with the mail server, kept from batch to batch while there is mail."""

    def __init__(self) -> None:
        self.session = Session()


_mine = _Mine()


@engine.lane("mail", last=True, resting=resting.is_resting)
def deliver(now: datetime) -> int:
    """One batch; how many messages were dealt with."""
    settled_otherwise = _recover(now) + _expire(now)
    ready = OutgoingMail.objects.ready(now)
    if not ready.exists():
        _mine.session.close()
        return settled_otherwise
    try:
        _mine.session.open()
    except Unreachable as error:  # before any row is touched
        resting.begin(error)
        raise engine.Pause(settled_otherwise) from error
    mails = engine.claim(
        ready.select_related("in_reply_to").order_by("not_before", "id"),
        now=now,
        lease=LEASE,
        batch=BATCH,
        state=MailState.SENDING,
    )
    return settled_otherwise + _Batch(mails, now).run()


class _Batch:
    """The messages that one worker has claimed."""

    def __init__(self, mails: list[OutgoingMail], now: datetime) -> None:
        self.mails = mails
        self.now = now
        self.session = _mine.session
        self.ends = time.monotonic() + BEGIN_WITHIN.total_seconds()
        self.troubles = 0
        attachments = MailAttachment.objects.filter(mail__in=mails).order_by("mail_id", "id")
        self.attachments = {
            mail_id: list(group) for mail_id, group in groupby(attachments, attrgetter("mail_id"))
        }
        self.suppressed = _suppressed(mails)

    def run(self) -> int:
        with _lazily() if all(mail.repeatable for mail in self.mails) else contextlib.nullcontext():
            return self._run()

    def _run(self) -> int:
        for done, mail in enumerate(self.mails, start=1):
            try:
                self._deliver(mail)
            except Unreachable as error:
                self._stop(error, done - 1)
            if self.troubles >= 2:  # it is the server, not the messages
                self._stop(Unreachable(mail.last_error), done)
            if time.monotonic() > self.ends:
                self._give_back(self.mails[done:])
                return done
        if not self.troubles:
            resting.end()
        return len(self.mails)

    def _deliver(self, mail: OutgoingMail) -> None:
        if why := self.suppressed.get((mail.to.lower(), "")) or self.suppressed.get(
            (mail.to.lower(), mail.kind)
        ):
            _settle(mail, self.now, state=MailState.WITHHELD, last_error=why)
            return
        try:
            content = build(mail, self.attachments.get(mail.pk, ()), now=self.now)
        except Exception as error:
            logger.exception("%s cannot be written", mail)
            self._fail(mail, error)
            return
        if not mail.repeatable and not _begin(mail, self.now):
            return  # the lease ran out, somebody else has it
        self._hand_over(mail, content)

    def _hand_over(self, mail: OutgoingMail, content: bytes) -> None:
        try:
            response = self._session_hand_over(mail, content)
        except Undeliverable as error:
            self._fail(mail, error)
        except Refused as error:
            self._refused(mail, error)
        except Interrupted as error:
            self.troubles += 1
            _again(mail, error, self.now, QUICK)
        except Cut as error:
            self.troubles += 1
            _cut(mail, error, self.now)
        else:
            self.troubles = 0
            sent = {
                "state": MailState.SENT,
                "sent_at": self.now,
                "response": response[:500],
                "last_error": "",
            }
            _settle(mail, self.now, **sent, **_forgotten(mail))

    def _session_hand_over(self, mail: OutgoingMail, content: bytes) -> str:
        """In a session that has been used, the server may have had enough of it: a new one is tried at once."""
        used = not self.session.fresh
        try:
            return self.session.hand_over(mail.to, content)
        except (Interrupted, Unreachable):
            if not used:
                raise
        return self.session.hand_over(mail.to, content)

    def _refused(self, mail: OutgoingMail, error: Refused) -> None:
        self.troubles = 0
        if not error.final:
            _again(mail, error, self.now, SLOW)
            return
        if error.no_such_address:
            self.suppressed[mail.to.lower(), ""] = "Nothing is sent to this address: bounced."
            suppress(mail.to, detail=str(error), now=self.now)
        self._fail(mail, error)

    def _fail(self, mail: OutgoingMail, error: Exception) -> None:
        _settle(
            mail,
            self.now,
            state=MailState.FAILED,
            attempts=min(mail.attempts + 1, MAX_ATTEMPTS),
            last_error=_why(error),
            response=str(error)[:500] if isinstance(error, Refused) else "",
        )

    def _stop(self, error: Exception, done: int) -> NoReturn:
        resting.begin(error)
        self._give_back(self.mails[done:])
        self.session.close()
        raise engine.Pause(done) from error

    def _give_back(self, mails: list[OutgoingMail]) -> None:
        """Untouched, as if they had never been claimed."""
        for token, group in groupby(mails, attrgetter("lease_token")):
            OutgoingMail.objects.filter(pk__in=[mail.pk for mail in group], lease_token=token).update(
                state=MailState.QUEUED, lease_token=None, lease_until=None, begun_at=None
            )


def suppress(address: str, *, detail: str, now: datetime) -> None:
    """This address does not exist: nothing is sent to it until a person lifts that."""
    row = SuppressedAddress(
        address=address.lower(), reason=SuppressionReason.BOUNCED, detail=detail[:500], since=now
    )
    SuppressedAddress.objects.bulk_create([row], ignore_conflicts=True)


@contextlib.contextmanager
def _lazily() -> Iterator[None]:
    """Meanwhile a commit does not wait for the disk, which takes longer than the message itself.

    A database that crashes may forget the last half second, and then messages that left are sent once more,
    with the same Message-ID: for a batch in which each may be. What a worker loses by dying stays the same.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit = off")
    try:
        yield
    finally:
        with contextlib.suppress(DatabaseError, InterfaceError), connection.cursor() as cursor:
            cursor.execute("RESET synchronous_commit")


def _forgotten(mail: OutgoingMail) -> dict[str, str]:
    """A link for its reader alone is nobody else's to find in the outbox."""
    role = roles.known().get(mail.role)
    if role is not None and role.secret:
        return {"text": FORGOTTEN, "html": ""}
    if role is None or not role.links:
        return {}
    return {"text": without_keys(mail.text), "html": without_keys(mail.html)}


def holds_forgotten(mail: OutgoingMail) -> bool:
    """Whether a link for its reader alone was in the message, and is no longer."""
    return mail.text == FORGOTTEN or GONE in mail.text


def _suppressed(mails: list[OutgoingMail]) -> dict[tuple[str, str], str]:
    """Addresses of this batch that have begun to refuse mail since the messages were queued."""
    found = SuppressedAddress.objects.filter(address__in={mail.to.lower() for mail in mails})
    return {
        (row.address, row.kind): f"Nothing is sent to this address: {row.get_reason_display().lower()}."
        for row in found
    }


def _begin(mail: OutgoingMail, now: datetime) -> bool:
    mine = OutgoingMail.objects.filter(pk=mail.pk, lease_token=mail.lease_token)
    return bool(mine.update(begun_at=now))


def _again(mail: OutgoingMail, error: Exception, now: datetime, waits: tuple[timedelta, ...]) -> None:
    outcome = engine.failed(mail, error, now=now, back_off=waits) | {"last_error": _why(error)}
    state = MailState.FAILED if outcome["attempts"] >= MAX_ATTEMPTS else MailState.QUEUED
    _settle(mail, now, state=state, begun_at=None, **outcome)


def _cut(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    if mail.repeatable:
        _again(mail, error, now, QUICK)
        return
    why = f"The connection broke before the mail server had confirmed the message. {error}"
    _settle(mail, now, state=MailState.UNKNOWN, last_error=why[:2000])


def _why(error: Exception) -> str:
    return str(error)[:2000] or type(error).__name__


# --- Messages whose time or whose worker is gone


def _expire(now: datetime) -> int:
    """What must not leave any more, because its `not_after` has passed."""
    stale = OutgoingMail.objects.filter(state=MailState.QUEUED, not_after__lt=now).order_by("id")
    mails = engine.claim(stale, now=now, lease=LEASE, batch=BATCH, state=MailState.SENDING)
    for mail in mails:
        _settle(mail, now, state=MailState.CANCELLED, last_error="It would have come too late.")
    return len(mails)


def _recover(now: datetime) -> int:
    """What a worker had claimed that did not come back."""
    mails = list(engine.lost(OutgoingMail.objects.filter(state=MailState.SENDING)).order_by("id")[:BATCH])
    for mail in mails:
        error = TimeoutError("The worker that was sending it did not come back.")
        if mail.begun_at is not None and not mail.repeatable:
            _cut(mail, error, now)
        else:  # the lease was wait enough
            _again(mail, error, now, (timedelta(),))
    return len(mails)


# --- Settling


def _settle(mail: OutgoingMail, now: datetime, **fields: Any) -> None:
    """Note what became of the message, and tell who wants to know; also over a short absence of the database."""
    for wait in (*SETTLE_AGAIN, None):
        try:
            _settle_once(mail, now, **fields)
        except (OperationalError, InterfaceError):
            if wait is None or connection.in_atomic_block:
                raise
            logger.warning("The database is away; %s will be settled as %s", mail, fields["state"])
            connection.close()
            time.sleep(wait)
        else:
            return


def _settle_once(mail: OutgoingMail, now: datetime, **fields: Any) -> None:
    fields["updated_at"] = timezone.now()
    if fields["state"] == MailState.SENT and mail.role not in _hooks:
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
            for hook in _hooks.get(mail.role, ()):
                hook(mail, now)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("Who waits for %s could not be told; it is due work now", mail)
        plan("mail.tell", subject_id=mail.pk, due_at=now, key=f"mail.tell:{mail.pk}:{mail.state}")


@task_kind("mail.tell")
def tell_again(task: DueTask, now: datetime) -> None:
    mail = OutgoingMail.objects.filter(pk=task.subject_id).first()
    if mail is not None:
        for hook in _hooks.get(mail.role, ()):
            hook(mail, now)
