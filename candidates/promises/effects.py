"""What happens to the open promise when something happens: what the policy says, done.

Inside the caller's transaction, with the application `whole()` and under its lock, as all of `engine`. What is
promised next hangs on interviews, times and offers: those that were called off or have ended leave nobody waiting.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from ats.activity.record import CanAct
from ats.kernel.prepared import Prepared
from ats.organisation.domain import working_time
from candidates.applications.models import Application, ApplicationState
from candidates.messages.models import Message
from candidates.promises import around, engine, policy
from candidates.promises.domain import terms
from candidates.promises.models import QUESTIONS, Promise, PromiseKind, PromiseState
from candidates.promises.policy import Effect
from requisitions.models import Side, StageKind


class Stands(NamedTuple):
    """How it stands with an application, read together with others."""

    promise: Promise
    asked: bool
    """A message of theirs waits for an answer."""


def standing(applications: Sequence[Application]) -> dict[int, Stands]:
    """Of many applications, which the caller holds, how they stand, in two queries; one alone is read when needed."""
    if len(applications) < 2:
        return {}
    promises = engine.current_of(applications)
    unanswered = Message.objects.unanswered().filter(application__in=list(promises))
    asked = set(unanswered.values_list("application", flat=True))
    return {pk: Stands(promise, pk in asked) for pk, promise in promises.items()}


def happened(
    event: str,
    *,
    application: Application,
    by: CanAct | None,
    now: datetime,
    until: datetime | None = None,
    told_by: int | None = None,
    stands: Stands | None = None,
) -> None:
    """Do to the open promise what the policy says for this event; out of play there is none, and nothing to do.

    `until`: how long the candidate has, where the event leaves the next move to them. `told_by`: the mail
    that is the event; what it keeps it keeps for as long as it has not failed. An answer ends the row of
    broken and changed dates behind the open promise, also where that itself stands as it was. `stands`: what was
    read of it just now.
    """
    if application.state != ApplicationState.ACTIVE:
        return
    promise = stands.promise if stands else engine.current(application)
    if promise is None:
        return
    effect = policy.effect_of(event, promise=promise.kind, stage=application.stage.kind, side=promise.side)
    apply_effect(effect, promise, by=by, now=now, until=until)
    if effect not in policy.STAYS:
        _keep_the_question(promise, asked=stands.asked if stands else None, by=by, now=now)
    if told_by is not None and promise.state != PromiseState.OPEN:
        Promise.objects.filter(pk=promise.pk).update(told_by=told_by)
    if event in policy.ANSWERS:
        engine.answered(application)


def _keep_the_question(over: Promise, *, asked: bool | None, by: CanAct | None, now: datetime) -> None:
    """A question that waited behind an earlier date is not settled with it: the answer is owed by that date."""
    application = over.application
    if over.kind in QUESTIONS or asked is False or not _unanswered(application=application.pk):
        return
    fresh = engine.current(application)
    if fresh is not None and fresh.kind not in QUESTIONS:
        _owe_at_once(fresh, Effect.ANSWER, by_then=over.due_at, by=by, now=now)


@Prepared
def _unanswered(*, application: int) -> QuerySet[Message, int]:
    return Message.objects.unanswered().filter(application=application).values_list("pk", flat=True)


def apply_effect(
    effect: Effect, promise: Promise, *, by: CanAct | None, now: datetime, until: datetime | None = None
) -> None:
    if effect in {Effect.STAGE, Effect.NEWS, Effect.RESUME, Effect.PAID, Effect.OFFERED}:
        engine.settle_kept(promise, by=by, now=now)
    if effect is Effect.STAGE:
        engine.promise_for_stage(application=promise.application, now=now, previous=promise, by=by)
    elif effect is Effect.NEWS:
        _promise_news(promise, by=by, now=now)
    elif effect in _AFTER:
        _AFTER[effect](promise, by=by, now=now)
    elif effect is Effect.OFFERED and until is not None:
        around.await_their_answer(promise, until=until, by=by, now=now)
    elif effect is Effect.WORD:
        _promise_word(promise, why="the offer ended", by=by, now=now)
    elif effect in _AT_ONCE:
        _owe_at_once(promise, effect, by=by, now=now)
    elif effect in _PASSES_TO:
        engine.pass_to(promise, _PASSES_TO[effect], by=by, now=now)
    elif effect in _AROUND_INTERVIEWS:
        _around_interviews(effect, promise, by=by, now=now)


def _promise_news(kept: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = kept.application
    engine.follow(
        kept,
        kind=PromiseKind.NEWS,
        what=terms.NEWS[application.stage.kind],
        side=Side.RECRUITER if kept.side == Side.CANDIDATE else kept.side,
        due_at=working_time.after_days(application.calendar, now, application.stage.promise_days),
        by=by,
        now=now,
    )


def _promise_word(over: Promise, *, why: str, by: CanAct | None, now: datetime) -> None:
    """What it was about is over: nobody has broken anything, and the next word is ours."""
    ahead = over.side != Side.CANDIDATE and over.due_at > now
    if over.side == Side.CANDIDATE or ahead:
        engine.settle(over, PromiseState.RELEASED, verb="promise.released", by=by, now=now, reason=why)
    else:
        engine.settle_kept(over, by=by, now=now)
    # An answer that they wait for does not come later by this.
    by_then = over.due_at if ahead else None
    engine.owe_word(over.application, previous=over, by_then=by_then, by=by, now=now)


_PASSES_TO = {Effect.HAND_OVER: Side.RECRUITER, Effect.TO_MANAGER: Side.MANAGER}
_AT_ONCE = {
    Effect.ANSWER: (PromiseKind.ANSWER, terms.ANSWER, terms.ANSWER_DAYS),
    Effect.REACH: (PromiseKind.REACH, terms.REACH, terms.REACH_DAYS),
}


def _owe_at_once(
    promise: Promise,
    effect: Effect,
    *,
    by: CanAct | None,
    now: datetime,
    by_then: datetime | None = None,
) -> None:
    """Promise what does not wait for the end of the step, `by_then` at the latest where that lies ahead.

    An earlier promise of ours stands before an answer; another way to reach somebody is promised by its own date.
    """
    kind, what, days = _AT_ONCE[effect]
    application = promise.application
    due_at = working_time.after_days(application.calendar, now, days)
    if by_then is not None and by_then > now:
        due_at = min(due_at, by_then)
    if kind == PromiseKind.ANSWER and promise.side != Side.CANDIDATE and promise.due_at <= due_at:
        return
    engine.replace(
        application=application,
        what=what,
        due_at=due_at,
        side=Side.RECRUITER,
        kind=kind,
        by=by,
        now=now,
    )


_AROUND_INTERVIEWS = frozenset(
    {
        Effect.CHOOSE,
        Effect.AFTERWARDS,
        Effect.NEW_DAY,
        Effect.TIME,
        Effect.WORD_UNLESS_BOOKED,
        Effect.TIME_UNLESS_BOOKED,
    }
)


def _around_interviews(effect: Effect, promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    if effect is Effect.CHOOSE:
        around.choose(around.done(promise, by=by, now=now), by=by, now=now)
    elif effect is Effect.AFTERWARDS:
        around.afterwards(around.done(promise, by=by, now=now), by=by, now=now)
    elif effect is Effect.NEW_DAY or _is_left(effect, promise):
        around.new_day(promise, by=by, now=now)
    elif effect is Effect.WORD_UNLESS_BOOKED:
        _promise_word(promise, why="they did not come", by=by, now=now)
    else:
        around.look_for_time(promise, by=by, now=now)


def _is_left(effect: Effect, promise: Promise) -> bool:
    """Whether this hangs on interviews that are still booked, and some are."""
    asks = effect in {Effect.WORD_UNLESS_BOOKED, Effect.TIME_UNLESS_BOOKED}
    return asks and around.last_end(promise.application) is not None


def _after_answer(answered: Promise, *, by: CanAct | None, now: datetime) -> None:
    """What the question had interrupted; after a move since then, what the new stage promises."""
    if _wait_again(answered, by=by, now=now):
        return
    application, interrupted = answered.application, answered.previous
    asked_at = answered.opened_at
    while interrupted is not None and interrupted.kind in QUESTIONS:
        asked_at, interrupted = interrupted.opened_at, interrupted.previous
    if around.offer_ended_since(application, asked_at):
        engine.owe_word(application, previous=answered, by=by, now=now)
        return
    if interrupted is None or interrupted.opened_at < application.stage_entered_at:
        engine.promise_for_stage(application=application, now=now, previous=answered, by=by)
        return
    interrupted.application = application
    if _instead(interrupted, application, previous=answered, by=by, now=now):
        return
    # It was the candidate's move and they have moved: the next one is ours.
    side = Side.RECRUITER if interrupted.side == Side.CANDIDATE else interrupted.side
    ahead = interrupted.due_at > now + timedelta(hours=1)
    anew = working_time.after_days(application.calendar, now, application.stage.promise_days)
    engine.follow(
        answered,
        kind=interrupted.kind,
        what=interrupted.what,
        side=side,
        due_at=interrupted.due_at if ahead else anew,
        by=by,
        now=now,
    )


def _wait_again(answered: Promise, *, by: CanAct | None, now: datetime) -> bool:
    """Whether an offer, an interview or times are what is waited for, by now: promised is what they bring."""
    application = answered.application
    if until := around.offer_stands_until(application, now):
        around.await_their_answer(answered, until=until, by=by, now=now)
    elif application.stage.kind == StageKind.OFFER:
        return False
    elif around.last_end(application) is not None:
        around.afterwards(answered, by=by, now=now)
    elif around.chooses(application):
        around.choose(answered, by=by, now=now)
    else:
        return False
    return True


def _after_debt(paid: Promise, *, by: CanAct | None, now: datetime) -> None:
    """What is waited for by now; else what a question had interrupted, or the stage's next news."""
    before = paid.previous
    if before is not None and before.kind in QUESTIONS:
        _after_answer(paid, by=by, now=now)
    elif not _wait_again(paid, by=by, now=now):
        _promise_news(paid, by=by, now=now)


_AFTER = {Effect.RESUME: _after_answer, Effect.PAID: _after_debt}


def after_undoing(application: Application, *, by: CanAct | None, now: datetime) -> Promise:
    """What was promised before the decision, with its date if that still lies ahead; else the stage's."""
    last = application.promises.order_by("-opened_at", "-id").first()
    if last is None or last.due_at <= now or last.what == "" or last.kind == PromiseKind.DEBT:
        return engine.promise_for_stage(application=application, now=now, by=by)
    last.application = application
    previous = last if not hasattr(last, "next") else None
    return _instead(last, application, previous=previous, by=by, now=now) or engine.open_promise(
        application=application,
        kind=last.kind,
        what=last.what,
        side=last.side,
        due_at=last.due_at,
        now=now,
        previous=previous,
        by=by,
    )


def _instead(
    was: Promise,
    application: Application,
    *,
    previous: Promise | None,
    by: CanAct | None,
    now: datetime,
) -> Promise | None:
    """What is promised in its place where it has come to nothing; None where it can be promised again."""
    if was.kind == PromiseKind.OFFER:  # one that stood would have been waited for
        return engine.owe_word(application, previous=previous, by=by, now=now)
    if around.came_to_nothing(was):
        return around.owe_time(application, previous=previous, by=by, now=now)
    return None
