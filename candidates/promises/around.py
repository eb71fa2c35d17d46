"""What is promised around interviews, offered times and offers; by what stands of them now.

Under the rules of `engine`: inside the caller's transaction, with the application locked.
"""

from datetime import datetime

from django.db.models import F

from ats.activity.record import CanAct
from ats.organisation.domain import working_time
from candidates.applications.models import Application
from candidates.interviews.models import Interview, InterviewState
from candidates.offers.models import Offer, OfferState
from candidates.promises import engine
from candidates.promises.domain import terms
from candidates.promises.models import Promise, PromiseKind, PromiseState
from candidates.scheduling.models import BookingRequest, BookingState
from requisitions.models import Side, StageKind


def done(promise: Promise, *, by: CanAct | None, now: datetime) -> Promise:
    """What was promised has happened; a candidate who takes longer over their own move breaks nothing."""
    if promise.side == Side.CANDIDATE and promise.due_at < now:
        engine.settle(promise, PromiseState.RELEASED, verb="promise.released", by=by, now=now)
    else:
        engine.keep(application=promise.application, by=by, now=now)
    return promise


def choose(before: Promise, *, by: CanAct | None, now: datetime) -> None:
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


def afterwards(before: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = before.application
    engine.follow(
        before,
        kind=PromiseKind.INTERVIEW,
        what=terms.NEWS[StageKind.INTERVIEW],
        side=Side.RECRUITER,
        due_at=news_after(application, last_end(application) or now),
        by=by,
        now=now,
    )


def new_day(promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    application = promise.application
    last = last_end(application)
    held = Interview.objects.filter(application=application, state=InterviewState.HELD)
    if last is None and not held.exists():
        look_for_time(promise, by=by, now=now)
        return
    due_at = news_after(application, last or now)
    if due_at != promise.due_at or last is None:
        kind = PromiseKind.INTERVIEW if last else PromiseKind.NEWS
        engine.replace(application=application, due_at=due_at, kind=kind, by=by, now=now)


def look_for_time(promise: Promise, *, by: CanAct | None, now: datetime) -> None:
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
        return not chooses(application)
    if promise.kind == PromiseKind.INTERVIEW:
        stands = [InterviewState.BOOKED, InterviewState.HELD]
        return not Interview.objects.filter(application=application, state__in=stands).exists()
    return False


def news_after(application: Application, end: datetime) -> datetime:
    return working_time.after_days(application.calendar, end, application.stage.promise_days)


def last_end(application: Application) -> datetime | None:
    """When the last interview that is booked ends."""
    ahead = Interview.objects.ahead().filter(application=application)
    return ahead.order_by("-ends_at").values_list("ends_at", flat=True).first()


def chooses(application: Application) -> bool:
    """Whether the candidate has times before them from which to choose."""
    return BookingRequest.objects.filter(application=application, state=BookingState.OPEN).exists()


def await_their_answer(kept: Promise, *, until: datetime, by: CanAct | None, now: datetime) -> None:
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


def offer_ended_since(application: Application, since: datetime) -> bool:
    """Whether an offer that they had in hand came to its end since then, without a hire."""
    over = [OfferState.DECLINED, OfferState.EXPIRED, OfferState.WITHDRAWN]
    offers = Offer.objects.filter(application=application, state__in=over, settled_at__gte=since)
    return offers.filter(sent_at__lte=F("settled_at")).exists()


def offer_stands_until(application: Application, now: datetime) -> datetime | None:
    """Until when they may accept the offer that has reached them."""
    offers = Offer.objects.filter(
        application=application, state=OfferState.SENT, sent_at__lte=now, expires_at__gt=now
    )
    return offers.values_list("expires_at", flat=True).first()
