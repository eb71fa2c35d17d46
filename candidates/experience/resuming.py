"""Promising again what was interrupted: by a question that is answered, or by a decision that is taken back.

Parts of `promises`, and under its rules. What was promised may have come to nothing meanwhile: nobody is left
to wait for an interview that was called off, or for times that are no longer offered.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from ats.activity.record import CanAct
from ats.organisation.domain import working_time
from candidates.experience import meetings, offering, promises
from candidates.experience.models import QUESTIONS, Promise, PromiseKind
from requisitions.models import Side

if TYPE_CHECKING:
    from candidates.applications.models import Application


def after_answer(answered: Promise, *, by: CanAct | None, now: datetime) -> None:
    """What the question had interrupted; after a move since then, what the new stage promises."""
    if offering.resume(answered, by=by, now=now) or meetings.resume(answered, by=by, now=now):
        return
    application, interrupted = answered.application, answered.previous
    asked_at = answered.opened_at
    while interrupted is not None and interrupted.kind in QUESTIONS:
        asked_at, interrupted = interrupted.opened_at, interrupted.previous
    if offering.ended_since(application, asked_at):
        promises.owe_word(application, previous=answered, by=by, now=now)
        return
    if interrupted is None or interrupted.opened_at < application.stage_entered_at:
        promises.promise_for_stage(application=application, now=now, previous=answered, by=by)
        return
    interrupted.application = application
    if _instead(interrupted, application, previous=answered, by=by, now=now):
        return
    # It was the candidate's move and they have moved: the next one is ours.
    side = Side.RECRUITER if interrupted.side == Side.CANDIDATE else interrupted.side
    ahead = interrupted.due_at > now + timedelta(hours=1)
    calendar = promises.calendar_of(application)
    promises.open_promise(
        application=application,
        kind=interrupted.kind,
        what=interrupted.what,
        side=side,
        owner=promises.owner_for(application, side),
        due_at=interrupted.due_at
        if ahead
        else working_time.after_days(calendar, now, application.stage.promise_days),
        now=now,
        previous=answered,
        by=by,
    )


def after_undoing(application: "Application", *, by: CanAct | None, now: datetime) -> Promise:
    """What was promised before the decision, with its date if that still lies ahead; else the stage's."""
    last = application.promises.order_by("-opened_at", "-id").first()
    if last is None or last.due_at <= now or last.what == "":
        return promises.promise_for_stage(application=application, now=now, by=by)
    last.application = application
    previous = last if not hasattr(last, "next") else None
    return _instead(last, application, previous=previous, by=by, now=now) or promises.open_promise(
        application=application,
        kind=last.kind,
        what=last.what,
        side=last.side,
        owner=promises.owner_for(application, last.side),
        due_at=last.due_at,
        now=now,
        previous=previous,
        by=by,
    )


def _instead(
    was: Promise,
    application: "Application",
    *,
    previous: Promise | None,
    by: CanAct | None,
    now: datetime,
) -> Promise | None:
    """What is promised in its place where it has come to nothing; None where it can be promised again."""
    if was.kind == PromiseKind.OFFER:  # one that stood would have been waited for
        return promises.owe_word(application, previous=previous, by=by, now=now)
    if meetings.came_to_nothing(was):
        return meetings.owe_time(application, previous=previous, by=by, now=now)
    return None
