"""The sending lane: queued messages are claimed in batches, handed over one by one, settled one by one.

The time in which the server thinks is used: while it is told for whom the next one is, the row of the last one is
written, and while it takes one in, the next is put into its form. No content leaves before the row of the one before
says that it left, so that a worker that dies leaves one message in doubt, as ever.

What happens to a message when something goes wrong depends on where it went wrong (`smtp.py`, `failing.py`):

- the server cannot be used: nothing is touched, the whole lane rests and goes on later;
- the server says *not now*: this message waits, longer each time (greylisting, a full mailbox), and has failed
  in the end; where the server says that it is about itself, the message waits as long as that takes;
- the server says *no*: this message has failed, for a person to see; an address that does not exist is
  not written to again;
- the session breaks before the content has left, or the server ends it: the server's trouble, for as long as it
  takes; the message is tried again, and after days people are told that it is late;
- it breaks after: a repeatable message is sent once more with the same Message-ID, and then stops as *unknown*;
  another does so at once.

After the content the server may take its time to answer (`EMAIL_ANSWER_TIMEOUT`): the rest of the batch is given
back and the lease renewed meanwhile. The same holds for a worker that was killed: its lease runs out, and
`begun_at` tells whether it had begun (`leftovers.py`). A message that did not leave at its time does not leave in
its reader's night (`reading_hours.py`).
"""

import contextlib
import logging
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import groupby
from operator import attrgetter
from typing import Any, NoReturn

from django.conf import settings
from django.db import DatabaseError, InterfaceError, connection

from ats.duework import engine, readiness, turns
from ats.duework.faults import is_away
from ats.duework.models import MAX_ATTEMPTS
from ats.kernel.kept import kept
from ats.mail import leftovers, reading_hours, refusals, resting, threads
from ats.mail.failing import SLOW, again, cut, fail, put_off, tell_of_delay, why
from ats.mail.forgetting import forgotten
from ats.mail.message import Undeliverable, build
from ats.mail.models import MailAttachment, MailState, OutgoingMail
from ats.mail.settling import over_an_absence, settle, settled, tell
from ats.mail.signing import signed
from ats.mail.smtp import Cut, Interrupted, Refused, Session, Unreachable

__all__ = ["deliver", "settled", "tell"]

logger = logging.getLogger(__name__)

BATCH = 100
LEASE = timedelta(minutes=10)
BEGIN_WITHIN = timedelta(minutes=2)
"""After this a worker begins no further message of its batch: a slow server must not outlast the lease."""
SPARE = timedelta(minutes=2)
"""What a lease lasts longer than the wait for an answer."""


class _Mine(threading.local):
    """One thread's session with the mail server, kept from batch to batch while there is mail."""

    def __init__(self) -> None:
        self.session = Session()


_mine = _Mine()


DUE = readiness.either(
    readiness.rows(OutgoingMail.objects.ready),
    readiness.rows(leftovers.stale),
    readiness.rows_by_database(leftovers.lost),
)


@engine.lane("mail", last=True, resting=resting.is_resting, apart=True, due=DUE)
def deliver(now: datetime) -> int:
    """One batch; how many messages were dealt with."""
    settled_otherwise = leftovers.recover(now) + leftovers.expire(now)
    ready = OutgoingMail.objects.ready(now)
    if not ready.exists():
        _mine.session.close()
        return settled_otherwise
    if resting.must_wait(now):
        raise engine.Pause(settled_otherwise)
    try:
        _mine.session.open()
    except Unreachable as error:  # before any row is touched
        _rest(error, now)
        raise engine.Pause(settled_otherwise) from error
    mails = engine.claim(
        ready.select_related("in_reply_to").order_by("not_before", "id"),
        now=now,
        lease=LEASE,
        batch=BATCH,
        state=MailState.SENDING,
    )
    sleeping = reading_hours.to_wait_for(mails, now)
    for mail in mails:
        if mail.pk in sleeping:
            _give_back([mail], retry_at=sleeping[mail.pk])
    awake = [mail for mail in mails if mail.pk not in sleeping]
    return settled_otherwise + len(sleeping) + _Batch(awake, now).run()


def _rest(error: Unreachable, now: datetime) -> None:
    resting.begin(error, now, growing=error.answered)
    tell_of_delay(now)


class _Batch:
    """The messages that one worker has claimed."""

    def __init__(self, mails: list[OutgoingMail], now: datetime) -> None:
        self.mails = mails
        self.now = now
        self.session = _mine.session
        self.ends = time.monotonic() + BEGIN_WITHIN.total_seconds()
        self.troubles = 0
        self.has_rest = True
        """Whether the messages after the present one are still ours."""
        attachments = MailAttachment.objects.filter(mail__in=mails).order_by("mail_id", "id")
        self.attachments = {
            mail_id: list(group) for mail_id, group in groupby(attachments, attrgetter("mail_id"))
        }
        self.suppressed = refusals.among(mails)
        self.unwanted = refusals.at_the_door(mails, now)
        self.earlier = threads.earlier(mails)
        self.written: dict[int, bytes] = {}
        """What was written while the server was at the message before."""
        self.unnoted: Callable[[], None] | None = None
        """What became of the message before, where that is noted while the server is at the next."""

    def run(self) -> int:
        with _lazily() if all(mail.repeatable for mail in self.mails) else contextlib.nullcontext():
            try:
                return self._run()
            finally:
                self._note()

    def _run(self) -> int:
        for done, mail in enumerate(self.mails, start=1):
            rest = self.mails[done:]
            try:
                self._deliver(mail, rest)
            except Unreachable as error:
                self._stop(error, [mail, *rest], done - 1)
            except Exception as error:
                if is_away(error):
                    raise
                _poisoned(mail, error, self.now)
            if self.troubles >= 2:  # it is the server, not the messages
                self._stop(Unreachable(mail.last_error, answered=True), rest, done)
            if not self.has_rest:
                return done
            if time.monotonic() > self.ends or turns.is_over():
                _give_back(rest)
                return done
        if self.mails and not self.troubles:
            resting.end()
        return len(self.mails)

    def _note(self) -> None:
        note, self.unnoted = self.unnoted, None
        if note is not None:
            note()

    def _deliver(self, mail: OutgoingMail, rest: list[OutgoingMail]) -> None:
        reader = mail.to.lower()
        refused = self.suppressed.get((reader, "")) or self.suppressed.get((reader, mail.kind))
        refused = refused or self.unwanted.get(mail.pk, "")
        if refused:
            self._note()
            settle(mail, self.now, state=MailState.WITHHELD, last_error=refused)
            return
        try:
            content = self.written.pop(mail.pk, None) or self._write(mail)
        except Exception as error:
            logger.exception("%s cannot be written", mail)
            self._note()
            fail(mail, error, self.now)
            return
        if not mail.repeatable:
            self._note()
            if not _begin(mail, self.now):
                return  # the lease ran out, somebody else has it
        self._hand_over(mail, content, rest)

    def _write(self, mail: OutgoingMail) -> bytes:
        earlier = self.earlier.get(mail.pk, ())
        return signed(build(mail, self.attachments.get(mail.pk, ()), now=self.now, earlier=earlier))

    def _write_ahead(self, rest: list[OutgoingMail]) -> None:
        """The next one; what cannot be written is said when it is its turn."""
        for mail in rest[:1]:
            with contextlib.suppress(Exception):
                self.written[mail.pk] = self._write(mail)

    def _hand_over(self, mail: OutgoingMail, content: bytes, rest: list[OutgoingMail]) -> None:
        try:
            response = self._session_hand_over(mail, content, rest)
        except Undeliverable as error:
            fail(mail, error, self.now)
        except Refused as error:
            self._refused(mail, error)
        except Interrupted as error:
            self.troubles += 1
            put_off(mail, error, self.now)
        except Cut as error:
            self.troubles += 1
            cut(mail, error, self.now)
        else:
            self.troubles = 0
            self.unnoted = partial(_sent, mail, response, self.now)

    def _session_hand_over(self, mail: OutgoingMail, content: bytes, rest: list[OutgoingMail]) -> str:
        """In a session that has been used, the server may have had enough of it: a new one is tried at once."""
        used = not self.session.fresh
        hand_over = partial(
            self.session.hand_over,
            mail.to,
            content,
            before=self._note,
            meanwhile=partial(self._write_ahead, rest),
            on_wait=partial(self._wait_long, mail, rest),
        )
        try:
            return hand_over()
        except (Interrupted, Unreachable):
            if not used:
                raise
        return hand_over()

    def _wait_long(self, mail: OutgoingMail, rest: list[OutgoingMail]) -> None:
        """The server has the message and takes its time: it stays ours for as long, the others are anybody's."""
        lease = timedelta(seconds=settings.EMAIL_ANSWER_TIMEOUT) + SPARE
        logger.info("The mail server takes its time over %s", mail)
        over_an_absence(lambda: engine.renew(mail, lease, begun_at=self.now), f"{mail} is being waited for")
        mail.begun_at = self.now
        if self.has_rest:
            _give_back(rest)
        self.has_rest = False

    def _refused(self, mail: OutgoingMail, error: Refused) -> None:
        self.troubles = 0
        if error.about_itself:
            put_off(mail, error, self.now)
            return
        if not error.final:
            again(mail, error, self.now, SLOW)
            return
        if error.no_such_address:
            self.suppressed[mail.to.lower(), ""] = "Nothing is sent to this address: bounced."
            refusals.suppress(mail.to, detail=str(error), now=self.now)
        fail(mail, error, self.now, response=str(error))

    def _stop(self, error: Unreachable, left: list[OutgoingMail], done: int) -> NoReturn:
        if self.has_rest:
            _give_back(left)
        self.session.close()
        _rest(error, self.now)
        raise engine.Pause(done) from error


def _give_back(mails: list[OutgoingMail], **more: datetime) -> None:
    """Untouched, as if they had never been claimed."""
    for token, group in groupby(mails, attrgetter("lease_token")):
        OutgoingMail.objects.filter(pk__in=[mail.pk for mail in group], lease_token=token).update(
            state=MailState.QUEUED, lease_token=None, lease_until=None, begun_at=None, **more
        )


def _begin(mail: OutgoingMail, now: datetime) -> bool:
    mine = OutgoingMail.objects.filter(pk=mail.pk, lease_token=mail.lease_token)
    return bool(mine.update(begun_at=now))


def _sent(mail: OutgoingMail, response: str, now: datetime) -> None:
    try:
        settle(
            mail,
            now,
            state=MailState.SENT,
            sent_at=now,
            response=response[:500],
            last_error="",
            **forgotten(mail),
        )
    except Exception as error:
        if is_away(error):
            raise
        # It must not be sent again because its row cannot say that it was.
        logger.exception("%s was taken, and that could not be noted", mail)
        told = kept(f"The mail server took it, and that could not be noted: {error}")
        _try_to_settle(mail, now, state=MailState.UNKNOWN, last_error=told[:2000])


def _poisoned(mail: OutgoingMail, error: Exception, now: datetime) -> None:
    """Its own row is in the way: it is set aside where that can be written, and the others go on."""
    logger.error("%s could not be dealt with", mail, exc_info=error)
    _try_to_settle(
        mail,
        now,
        state=MailState.FAILED,
        attempts=min(mail.attempts + 1, MAX_ATTEMPTS),
        last_error=why(error),
    )


def _try_to_settle(mail: OutgoingMail, now: datetime, **fields: Any) -> None:
    try:
        settle(mail, now, **fields)
    except Exception as error:
        if is_away(error):
            raise
        logger.exception("%s could not be set aside either; its lease runs out", mail)


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
