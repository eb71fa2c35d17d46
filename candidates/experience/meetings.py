"""What becomes of a promise around an interview: choosing its time, and the news that follows it.

Parts of `promises`, and under its rules: inside the caller's transaction, with the open promise locked.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from django.apps import apps

from ats.activity.record import CanAct
from ats.organisation.domain import working_time
from candidates.experience import policy, promises
from candidates.experience.models import Promise, PromiseKind, PromiseState
from candidates.experience.policy import Effect
from requisitions.models import Side, StageKind

if TYPE_CHECKING:
    from candidates.applications.models import Application

EFFECTS = frozenset(
    {
        Effect.CHOOSE,
        Effect.AFTERWARDS,
        Effect.NEW_DAY,
        Effect.TIME,
        Effect.WORD_UNLESS_BOOKED,
        Effect.TIME_UNLESS_BOOKED,
    }
)


def apply_effect(effect: Effect, promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    if effect is Effect.CHOOSE:
        _choose(_done(promise, by=by, now=now), by=by, now=now)
    elif effect is Effect.AFTERWARDS:
        _afterwards(_done(promise, by=by, now=now), by=by, now=now)
    elif effect is Effect.NEW_DAY or _is_left(effect, promise):
        _new_day(promise, by=by, now=now)
    elif effect is Effect.WORD_UNLESS_BOOKED:
        promises.promise_word(promise, why="they did not come", by=by, now=now)
    else:
        _time(promise, by=by, now=now)


def _is_left(effect: Effect, promise: Promise) -> bool:
    """Whether this hangs on interviews that are still booked, and some are."""
    asks = effect in {Effect.WORD_UNLESS_BOOKED, Effect.TIME_UNLESS_BOOKED}
    return asks and _last_end(promise.application) is not None


def resume(answered: Promise, *, by: CanAct | None, now: datetime) -> bool:
    """Promise what an interview brings, where one was booked or asked for while a question waited."""
    application = answered.application
    if application.stage.kind == StageKind.OFFER:
        return False
    if _last_end(application) is not None:
        _afterwards(answered, by=by, now=now)
    elif application.booking_requests.filter(state="open").exists():
        _choose(answered, by=by, now=now)
    else:
        return False
    return True


def _done(promise: Promise, *, by: CanAct | None, now: datetime) -> Promise:
    """What was promised has happened; a candidate who takes longer over their own move breaks nothing."""
    if promise.side == Side.CANDIDATE and promise.due_at < now:
        promises.settle(promise, PromiseState.RELEASED, verb="promise.released", by=by, now=now)
    else:
        promises.keep(application=promise.application, by=by, now=now)
    return promise


def _choose(before: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = before.application
    _open(
        before,
        kind=PromiseKind.TIME,
        what=policy.CHOICE,
        side=Side.CANDIDATE,
        due_at=working_time.after_days(promises.calendar_of(application), now, policy.CHOICE_DAYS),
        by=by,
        now=now,
    )


def _afterwards(before: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = before.application
    _open(
        before,
        kind=PromiseKind.INTERVIEW,
        what=policy.NEWS[StageKind.INTERVIEW],
        side=Side.RECRUITER,
        due_at=_news_after(application, _last_end(application) or now),
        by=by,
        now=now,
    )


def _new_day(promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = promise.application
    last = _last_end(application)
    if last is None and not application.interviews.filter(state="held").exists():
        _time(promise, by=by, now=now)
        return
    due_at = _news_after(application, last or now)
    if due_at != promise.due_at or last is None:
        kind = PromiseKind.INTERVIEW if last else PromiseKind.NEWS
        promises.replace(application=application, due_at=due_at, kind=kind, by=by, now=now)


def _time(promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    """Another time has to be found: our move."""
    verb, state = "promise.released", PromiseState.RELEASED
    promises.settle(promise, state, verb=verb, by=by, now=now, reason="another time has to be found")
    owe_time(promise.application, previous=promise, by=by, now=now)


def owe_time(
    application: "Application", *, previous: Promise | None, by: CanAct | None, now: datetime
) -> Promise:
    """Promise a time for the interview, which is ours to find."""
    days = application.stage.promise_days
    return promises.open_promise(
        application=application,
        kind=PromiseKind.STAGE,
        what=policy.TIME,
        side=Side.SCHEDULING,
        owner=promises.owner_for(application, Side.SCHEDULING),
        due_at=working_time.after_days(promises.calendar_of(application), now, days),
        now=now,
        previous=previous,
        by=by,
    )


def came_to_nothing(promise: Promise) -> bool:
    """Whether it waits for a choice of times that are no longer offered, or for news of no interview."""
    application = promise.application
    if promise.kind == PromiseKind.TIME:
        return not application.booking_requests.filter(state="open").exists()
    if promise.kind == PromiseKind.INTERVIEW:
        return not application.interviews.filter(state__in=["booked", "held"]).exists()
    return False


def _open(
    before: Promise, *, kind: str, what: str, side: str, due_at: datetime, by: CanAct | None, now: datetime
) -> None:
    application = before.application
    promises.open_promise(
        application=application,
        kind=kind,
        what=what,
        side=side,
        owner=promises.owner_for(application, side),
        due_at=due_at,
        now=now,
        previous=before,
        by=by,
    )


def _news_after(application: "Application", end: datetime) -> datetime:
    return working_time.after_days(promises.calendar_of(application), end, application.stage.promise_days)


def _last_end(application: "Application") -> datetime | None:
    """When the last interview that is booked ends. Interviews lie higher: they are known here by name."""
    ahead = apps.get_model("candidates", "Interview").objects.ahead().filter(application=application.pk)
    return ahead.order_by("-ends_at").values_list("ends_at", flat=True).first()
