"""From a decision to the moment at which its candidate knows: the promise is kept then, and not before.

A message that fails later takes back what it had kept, and opens another way to reach them. Under the rules of
`engine`: inside the caller's transaction, with the application locked.
"""

from datetime import datetime

from django.db import connection

from ats.accounts.models import User
from ats.activity.record import CanAct
from ats.organisation.domain import working_time
from candidates.applications.actions import decide
from candidates.applications.models import Application, ApplicationState
from candidates.compose import letters, words
from candidates.promises import around, effects, engine
from candidates.promises.domain import terms
from candidates.promises.models import QUESTIONS, Promise, PromiseKind, PromiseQuerySet, PromiseState
from candidates.promises.policy import Event
from requisitions.models import Side


def await_telling(application: Application, *, by: CanAct | None, now: datetime) -> None:
    """It is decided: what was promised stays owed, by its date, until the candidate has been told.

    Where the next move was the candidate's own, word from us is promised instead.
    """
    promise = engine.current(application)
    if promise is None:
        return
    if promise.side == Side.CANDIDATE:
        engine.release(application=application, by=by, now=now, reason="the outcome is decided")
        owe_telling(application, what=terms.AFTER_SILENCE, previous=promise, by=by, now=now)
        return
    promise.state = PromiseState.TELLING
    promise.side, promise.owner = Side.RECRUITER, engine.owner_for(application, Side.RECRUITER, promise.kind)
    promise.save(update_fields=["state", "side", "owner"])


def owe_telling(
    application: Application,
    *,
    what: str,
    previous: Promise | None,
    by: CanAct | None,
    now: datetime,
    kind: str = PromiseKind.NEWS,
) -> Promise:
    """Promise word to somebody about whom it is decided, within two working days."""
    return engine.open_promise(
        application=application,
        kind=kind,
        what=what,
        side=Side.RECRUITER,
        due_at=working_time.after_days(application.calendar, now, terms.WORD_DAYS),
        now=now,
        previous=previous,
        state=PromiseState.TELLING,
        by=by,
    )


def told(application: Application, *, by: CanAct | None, now: datetime, mail_id: int | None) -> None:
    """They know how it ended: at `now`, by this message or (without one) from a person."""
    promise = _telling(application)
    if promise is not None:
        promise.told_by_id = mail_id
        promise.save(update_fields=["told_by"])
        engine.settle_kept(promise, by=by, now=now)


def told_by_their_yes(application: Application, *, by: CanAct | None, now: datetime) -> None:
    """What they waited for has come; a question of theirs has not been answered by their own yes."""
    promise = engine.current(application)
    if promise is not None and promise.kind in QUESTIONS and now <= promise.due_at:
        engine.release(application=application, by=by, now=now, reason="they accepted our offer")
    else:
        engine.keep(application=application, by=by, now=now)


def undone(application: Application, *, told: bool, by: User, now: datetime) -> None:
    """The decision is no more, and they are owed what they were; who had been `told` hears of it."""
    promise = _reopened(application, by=by, now=now) or effects.after_undoing(application, by=by, now=now)
    if not told:
        return
    engine.answered(application)
    letters.queue(
        "application.reopened",
        application=application,
        key=decide.key_of("reopened", application),
        now=now,
        sender=by,
        not_before=decide.civil(application, now),
        extra={
            "promise.what": words.told_what(promise.what),
            "promise.due": words.told_day(promise.due_at, application.calendar.zone),
        },
    )


def _reopened(application: Application, *, by: CanAct | None, now: datetime) -> Promise | None:
    """The decision was taken back before they knew of it: what was promised is owed as before."""
    promise = _telling(application)
    if promise is None:
        return None
    if around.came_to_nothing(promise) or _was_a_choice(promise):
        engine.settle(
            promise,
            PromiseState.RELEASED,
            verb="promise.released",
            by=by,
            now=now,
            reason="it came to nothing",
        )
        return around.owe_time(application, previous=promise, by=by, now=now)
    promise.state = PromiseState.OPEN
    promise.save(update_fields=["state"])
    return promise


def _was_a_choice(promise: Promise) -> bool:
    """Whether it stands in for the candidate's choice of a time from times that are no longer offered."""
    before = promise.previous
    if before is None or before.kind != PromiseKind.TIME:
        return False
    before.application = promise.application
    return around.came_to_nothing(before)


def let_go(application: Application, *, by: CanAct | None, now: datetime, reason: str) -> None:
    """Nobody is owed word any more: they ended it themselves."""
    promise = _telling(application)
    if promise is not None:
        engine.settle(promise, PromiseState.RELEASED, verb="promise.released", by=by, now=now, reason=reason)


def came_late(mail_id: int, *, now: datetime) -> None:
    """The message has left after the date that it was to keep: that counts as broken."""
    for kept in _kept_by(mail_id).filter(state=PromiseState.KEPT, due_at__lt=now):
        _correct(kept, PromiseState.BROKEN, now=now, why="the message left after the date")


def failed(application: Application, mail_id: int, *, now: datetime, opens: bool = True) -> None:
    """A message that counted as told did not arrive: what it kept is owed, and (`opens`) another way to tell it."""
    for kept in _kept_by(mail_id):
        if kept.state == PromiseState.KEPT:
            late = kept.due_at < now
            state = PromiseState.BROKEN if late else PromiseState.RELEASED
            _correct(kept, state, now=now, why="the message did not arrive")
    if not opens:
        return
    if application.state == ApplicationState.ACTIVE:
        effects.happened(Event.UNREACHED, application=application, by=None, now=now)
        recount(application)
    elif _telling(application) is None:
        last = application.promises.filter(next__isnull=True).order_by("-opened_at", "-id").first()
        owe_telling(application, kind=PromiseKind.REACH, what=terms.REACH, previous=last, by=None, now=now)


def _telling(application: Application) -> Promise | None:
    promise = Promise.objects.telling().filter(application=application).select_for_update(no_key=True).first()
    if promise is not None:
        promise.application = application
    return promise


def _kept_by(mail_id: int) -> PromiseQuerySet:
    return Promise.objects.filter(told_by=mail_id).select_related(
        "application__requisition__organisation__calendar"
    )


def _correct(kept: Promise, state: str, *, now: datetime, why: str) -> None:
    engine.settle(kept, state, verb="promise.corrected", by=None, now=now, reason=why)


RECOUNT = """
    WITH answered AS (
        SELECT max(m.said_at) AS at FROM candidates_message m
        LEFT JOIN ats_outgoingmail o ON o.id = m.mail_id
        WHERE m.application_id = %(application)s AND m.direction = 'out' AND m.substance = 'own'
          AND m.author_id IS NOT NULL AND (m.channel <> 'mail' OR o.state IN ('queued', 'sending', 'sent'))
    ), broken AS (
        SELECT count(*) AS number, min(p.opened_at) AS since FROM candidates_promise p, answered
        WHERE p.application_id = %(application)s AND p.state = 'broken'
          AND p.settled_at > coalesce(answered.at, '-infinity')
    )
    UPDATE candidates_promise SET broken_before = broken.number, waiting_since = broken.since
    FROM broken WHERE application_id = %(application)s AND state = 'open'
"""


def recount(application: Application) -> None:
    """Count the broken dates behind the open promise from the record, where an answer turned out to be none."""
    with connection.cursor() as cursor:
        cursor.execute(RECOUNT, {"application": application.pk})
