"""What happens to the open promise when something happens: what the policy says, done.

Inside the caller's transaction, with the application `whole()` and under its lock, as all of `engine`. What is
promised next hangs on interviews, times and offers: those that were called off or have ended leave nobody waiting.
"""

from datetime import datetime, timedelta

from django.db.models import F, QuerySet

from ats.activity.record import CanAct
from ats.kernel.prepared import Prepared
from ats.organisation.domain import working_time
from candidates.applications.models import Application, ApplicationState
from candidates.interviews.models import Interview, InterviewState
from candidates.messages.models import Message
from candidates.offers.models import Offer, OfferState
from candidates.promises import engine, policy, terms
from candidates.promises.models import QUESTIONS, Promise, PromiseKind, PromiseState
from candidates.promises.policy import Effect
from candidates.scheduling.models import BookingRequest, BookingState
from requisitions.models import Side, StageKind


def happened(
    event: str,
    *,
    application: Application,
    by: CanAct | None,
    now: datetime,
    until: datetime | None = None,
    told_by: int | None = None,
) -> None:
    """Do to the open promise what the policy says for this event; out of play there is none, and nothing to do.

    `until`: how long the candidate has, where the event leaves the next move to them. `told_by`: the mail
    that is the event; what it keeps it keeps for as long as it has not failed. An answer ends the row of
    broken and changed dates behind the open promise, also where that itself stands as it was.
    """
    promise = engine.current(application) if application.state == ApplicationState.ACTIVE else None
    if promise is None:
        return
    effect = policy.effect_of(event, promise=promise.kind, stage=application.stage.kind, side=promise.side)
    apply_effect(effect, promise, by=by, now=now, until=until)
    if effect not in policy.STAYS:
        _keep_the_question(promise, by=by, now=now)
    if told_by is not None and promise.state != PromiseState.OPEN:
        Promise.objects.filter(pk=promise.pk).update(told_by=told_by)
    if event in policy.ANSWERS:
        engine.answered(application)


def _keep_the_question(over: Promise, *, by: CanAct | None, now: datetime) -> None:
    """A question that waited behind an earlier date is not settled with it: the answer is owed by that date."""
    application = over.application
    if over.kind in QUESTIONS or not _unanswered(application=application.pk):
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
    if effect in {Effect.STAGE, Effect.NEWS, Effect.RESUME, Effect.OFFERED}:
        engine.settle_kept(promise, by=by, now=now)
    if effect is Effect.STAGE:
        engine.promise_for_stage(application=promise.application, now=now, previous=promise, by=by)
    elif effect is Effect.NEWS:
        _promise_news(promise, by=by, now=now)
    elif effect is Effect.RESUME:
        _after_answer(promise, by=by, now=now)
    elif effect is Effect.OFFERED and until is not None:
        _await_their_answer(promise, until=until, by=by, now=now)
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
        _choose(_done(promise, by=by, now=now), by=by, now=now)
    elif effect is Effect.AFTERWARDS:
        _afterwards(_done(promise, by=by, now=now), by=by, now=now)
    elif effect is Effect.NEW_DAY or _is_left(effect, promise):
        _new_day(promise, by=by, now=now)
    elif effect is Effect.WORD_UNLESS_BOOKED:
        _promise_word(promise, why="they did not come", by=by, now=now)
    else:
        _time(promise, by=by, now=now)


def _is_left(effect: Effect, promise: Promise) -> bool:
    """Whether this hangs on interviews that are still booked, and some are."""
    asks = effect in {Effect.WORD_UNLESS_BOOKED, Effect.TIME_UNLESS_BOOKED}
    return asks and _last_end(promise.application) is not None


def _done(promise: Promise, *, by: CanAct | None, now: datetime) -> Promise:
    """What was promised has happened; a candidate who takes longer over their own move breaks nothing."""
    if promise.side == Side.CANDIDATE and promise.due_at < now:
        engine.settle(promise, PromiseState.RELEASED, verb="promise.released", by=by, now=now)
    else:
        engine.keep(application=promise.application, by=by, now=now)
    return promise


def _choose(before: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = before.application
    engine.follow(
        before,
        kind=PromiseKind.TIME,
        what=terms.CHOICE,
        side=Side.CANDIDATE,
        due_at=working_time.after_days(application.calendar, now, terms.CHOICE_DAYS),
        by=by,
        now=now,
    )


def _afterwards(before: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = before.application
    engine.follow(
        before,
        kind=PromiseKind.INTERVIEW,
        what=terms.NEWS[StageKind.INTERVIEW],
        side=Side.RECRUITER,
        due_at=_news_after(application, _last_end(application) or now),
        by=by,
        now=now,
    )


def _new_day(promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = promise.application
    last = _last_end(application)
    held = Interview.objects.filter(application=application, state=InterviewState.HELD)
    if last is None and not held.exists():
        _time(promise, by=by, now=now)
        return
    due_at = _news_after(application, last or now)
    if due_at != promise.due_at or last is None:
        kind = PromiseKind.INTERVIEW if last else PromiseKind.NEWS
        engine.replace(application=application, due_at=due_at, kind=kind, by=by, now=now)


def _time(promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    """Another time has to be found: our move."""
    verb, state = "promise.released", PromiseState.RELEASED
    engine.settle(promise, state, verb=verb, by=by, now=now, reason="another time has to be found")
    owe_time(promise.application, previous=promise, by=by, now=now)


def owe_time(
    application: Application, *, previous: Promise | None, by: CanAct | None, now: datetime
) -> Promise:
    """Promise a time for the interview, which is ours to find."""
    days = application.stage.promise_days
    return engine.open_promise(
        application=application,
        kind=PromiseKind.STAGE,
        what=terms.TIME,
        side=Side.SCHEDULING,
        due_at=working_time.after_days(application.calendar, now, days),
        now=now,
        previous=previous,
        by=by,
    )


def came_to_nothing(promise: Promise) -> bool:
    """Whether it waits for a choice of times that are no longer offered, or for news of no interview."""
    application = promise.application
    if promise.kind == PromiseKind.TIME:
        return not _chooses(application)
    if promise.kind == PromiseKind.INTERVIEW:
        stands = [InterviewState.BOOKED, InterviewState.HELD]
        return not Interview.objects.filter(application=application, state__in=stands).exists()
    return False


def _news_after(application: Application, end: datetime) -> datetime:
    return working_time.after_days(application.calendar, end, application.stage.promise_days)


def _last_end(application: Application) -> datetime | None:
    """When the last interview that is booked ends."""
    ahead = Interview.objects.ahead().filter(application=application)
    return ahead.order_by("-ends_at").values_list("ends_at", flat=True).first()


def _chooses(application: Application) -> bool:
    """Whether the candidate has times before them from which to choose."""
    return BookingRequest.objects.filter(application=application, state=BookingState.OPEN).exists()


def _await_their_answer(kept: Promise, *, until: datetime, by: CanAct | None, now: datetime) -> None:
    """The offer is with them: the next move is theirs, for as long as it stands."""
    engine.follow(
        kept,
        kind=PromiseKind.OFFER,
        what=terms.YOUR_ANSWER,
        side=Side.CANDIDATE,
        due_at=until,
        by=by,
        now=now,
    )


def _offer_ended_since(application: Application, since: datetime) -> bool:
    """Whether an offer that they had in hand came to its end since then, without a hire."""
    over = [OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN]
    offers = Offer.objects.filter(application=application, state__in=over, settled_at__gte=since)
    return offers.filter(sent_at__lte=F("settled_at")).exists()


def _offer_stands_until(application: Application, now: datetime) -> datetime | None:
    """Until when they may accept the offer that has reached them."""
    offers = Offer.objects.filter(
        application=application, state=OfferState.SENT, sent_at__lte=now, expires_at__gt=now
    )
    return offers.values_list("expires_at", flat=True).first()


def _after_answer(answered: Promise, *, by: CanAct | None, now: datetime) -> None:
    """What the question had interrupted; after a move since then, what the new stage promises."""
    if _wait_again(answered, by=by, now=now):
        return
    application, interrupted = answered.application, answered.previous
    asked_at = answered.opened_at
    while interrupted is not None and interrupted.kind in QUESTIONS:
        asked_at, interrupted = interrupted.opened_at, interrupted.previous
    if _offer_ended_since(application, asked_at):
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
    if until := _offer_stands_until(application, now):
        _await_their_answer(answered, until=until, by=by, now=now)
    elif application.stage.kind == StageKind.OFFER:
        return False
    elif _last_end(application) is not None:
        _afterwards(answered, by=by, now=now)
    elif _chooses(application):
        _choose(answered, by=by, now=now)
    else:
        return False
    return True


def after_undoing(application: Application, *, by: CanAct | None, now: datetime) -> Promise:
    """What was promised before the decision, with its date if that still lies ahead; else the stage's."""
    last = application.promises.order_by("-opened_at", "-id").first()
    if last is None or last.due_at <= now or last.what == "":
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
    if came_to_nothing(was):
        return owe_time(application, previous=previous, by=by, now=now)
    return None
