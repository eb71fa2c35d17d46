"""What the clock does to promises: a reminder a working day before, and what follows when the time is up.

Whose move it was decides what "time is up" means. Where we owed it, the promise is broken: the candidate
gets an honest note with a new date, its owner is told, and from the second time in a row the leads too.
Where the candidate owed it, nobody broke anything: they are reminded, twice, and then the move is ours.
"""

from datetime import datetime

from ats.accounts.models import Role, User
from ats.activity.record import record
from ats.duework import engine
from ats.kernel.kept import kept
from ats.mail import outbox
from ats.organisation.domain import working_time
from candidates.compose import letters, words
from candidates.follow_ups import actions as follow_ups
from candidates.follow_ups.domain import journeys
from candidates.promises import debts, outer
from candidates.promises.digests import of_owner, ready, who, write_to
from candidates.promises.domain import terms
from candidates.promises.engine import open_promise, settle
from candidates.promises.models import Promise, PromiseKind, PromiseState
from requisitions.models import Side


def nudge(now: datetime) -> int:
    """Remind owners of what is due within a working day, each in one message."""
    return engine.under_lock(ready(Promise.objects.to_nudge(now), "nudge_at"), _nudge_owner, now=now)


def break_run_out(now: datetime) -> int:
    """Settle the promises whose time is up, and promise anew."""
    return engine.under_lock(ready(Promise.objects.run_out(now), "due_at"), run_out, now=now)


def break_untold(now: datetime) -> int:
    """Settle the promises to people about whom it is decided and whom nobody told in time.

    No note goes out: that it takes longer would not be true, and how it ended is for a person to say. One whose
    message is on its way is settled by that.
    """
    return engine.under_lock(ready(Promise.objects.untold_run_out(now), "due_at"), _break, now=now)


def tell_owners(now: datetime) -> int:
    """Tell owners what broke, each in one message; and the leads what broke again."""
    return engine.under_lock(ready(Promise.objects.to_tell(now), "settled_at"), _tell_owner, now=now)


def run_out(promise: Promise, now: datetime) -> None:
    if promise.side == Side.CANDIDATE:
        _wait_on(promise, now)
    else:
        _break(promise, now)


def _break(promise: Promise, now: datetime) -> None:
    application = promise.application
    calendar = application.calendar
    days = terms.days_after_break(application.stage.promise_days)
    reason, was = terms.HONEST[promise.side], promise.state
    settle(promise, PromiseState.BROKEN, verb="promise.broken", by=None, now=now)
    if debts.is_the_end(promise, was=was):
        debts.owe(promise, now=now)
        return
    fresh = open_promise(
        application=application,
        kind=promise.kind,
        what=promise.what,
        side=promise.side,
        due_at=working_time.after_days(calendar, now, days),
        now=now,
        reason=reason,
        previous=promise,
        state=was,
    )
    if was == PromiseState.TELLING:
        return
    debts.say_it_broke(journeys.HOLDING_NOTE, promise, fresh, now=now, reason=reason)


def _wait_on(promise: Promise, now: datetime) -> None:
    """The candidate's own move has not come: remind them, and after two reminders take the move over."""
    application = promise.application
    calendar = application.calendar
    reminded = _reminders_before(promise)
    settle(promise, PromiseState.RELEASED, verb="promise.released", by=None, now=now, reason="no answer yet")
    ours = reminded >= terms.REMINDERS
    side = Side.RECRUITER if ours else Side.CANDIDATE
    fresh = open_promise(
        application=application,
        kind=PromiseKind.NEWS if ours else promise.kind,
        what=terms.AFTER_SILENCE if ours else promise.what,
        side=side,
        due_at=working_time.after_days(calendar, now, terms.days_after_break(application.stage.promise_days)),
        now=now,
        previous=promise,
    )
    if ours:
        _tell_of_silence(fresh, waited_for=promise.what, now=now)
    else:
        follow_ups.schedule(
            journeys.REMINDER,
            application=application,
            now=now,
            key=f"reminder:{promise.pk}",
            payload={
                "promise_id": fresh.pk,
                "by_law": outer.outer_date(application, now=now) is not None,
            },
        )


def _reminders_before(promise: Promise) -> int:
    """How often the candidate has been reminded of this already: the same thing promised in a row."""
    count, earlier = 0, promise.previous
    while (
        count < terms.REMINDERS
        and earlier is not None
        and earlier.side == Side.CANDIDATE
        and earlier.what == promise.what
        and earlier.state == PromiseState.RELEASED
    ):
        count, earlier = count + 1, earlier.previous
    return count


def _tell_of_silence(promise: Promise, *, waited_for: str, now: datetime) -> None:
    application, owner = promise.application, promise.owner
    values = {
        "user.first_name": owner.get_short_name(),
        "candidate.name": application.candidate.name,
        "job.title": application.requisition.title,
        "promise.what": waited_for,
        "promise.due": words.day(promise.due_at, application.calendar.zone),
        "link": letters.staff_link(f"/applications/{application.pk}/"),
    }
    outbox.queue(
        "promise.silence",
        to=letters.to_user(owner),
        message=outbox.write("promise.silence", values=values, organisation=None, language=owner.language),
        key=f"silence:{promise.pk}",
        now=now,
        about={"requisition_id": application.requisition_id},
    )


def _nudge_owner(first: Promise, now: datetime) -> None:
    """One message for everything that this owner is to be reminded of now."""
    rows = of_owner(Promise.objects.to_nudge(now), first)
    Promise.objects.filter(pk__in=[row.pk for row in rows]).update(nudged_at=now)
    for row in rows:
        _record("promise.nudged", row, now)
    write_to(
        first.owner, "promise.nudge", rows, line=_due_line, key=f"nudge:{first.pk}:{now:%Y%m%d%H%M}", now=now
    )


def _tell_owner(first: Promise, now: datetime) -> None:
    rows = of_owner(Promise.objects.to_tell(now), first)
    Promise.objects.filter(pk__in=[row.pk for row in rows]).update(owner_told_at=now)
    key = f"broken:{first.pk}"
    write_to(first.owner, "promise.broken", rows, line=_broken_line, key=key, now=now)
    again = [row for row in rows if row.broken_before and _goes_on(row)]
    debts.ask_for_words(again, now=now)
    if not again:
        return
    for lead in User.objects.filter(role=Role.LEAD, is_active=True).exclude(pk=first.owner_id):
        theirs = [row for row in again if lead.may_work_for(row.application.requisition.organisation_id)]
        if not theirs:
            continue
        write_to(
            lead,
            "promise.broken_again",
            theirs,
            line=_broken_line,
            key=f"{key}:lead:{lead.pk}",
            now=now,
            extra={"owner.name": str(first.owner)},
        )


def _goes_on(broken: Promise) -> bool:
    """Whether another date followed it; of a debt its owner hears by itself."""
    fresh = getattr(broken, "next", None)
    return fresh is None or fresh.kind != PromiseKind.DEBT


def _due_line(promise: Promise) -> str:
    name, due = who(promise), words.day(promise.due_at, promise.application.calendar.zone)
    return kept(f"{name}: {promise.what}, by {due}")


def _broken_line(promise: Promise) -> str:
    zone = promise.application.calendar.zone
    name, due = who(promise), words.day(promise.due_at, zone)
    fresh = getattr(promise, "next", None)
    if not fresh or not _goes_on(promise):
        return kept(f"{name}: {promise.what}, was due {due}")
    later = words.day(fresh.due_at, zone)
    return kept(f"{name}: {promise.what}, was due {due}, now {later}")


def _record(verb: str, promise: Promise, now: datetime) -> None:
    data = {
        "promise_id": promise.pk,
        "what": promise.what,
        "owner": str(promise.owner),
        "owner_id": promise.owner_id,
        "due": words.day(promise.due_at, promise.application.calendar.zone),
    }
    record(verb, subject=promise, by=None, now=now, data=data)
