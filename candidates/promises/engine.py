"""Opening and settling promises: the parts of which all is made that happens to them.

All of them run inside the caller's transaction, with the application fetched `whole()`. The open promise is
locked before it is settled; who wants it at the same time waits, and then finds the one that followed it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Case, Q, When

from ats.accounts.models import Role, User
from ats.activity.record import CanAct, Entry, record, record_many
from ats.kernel import writing
from ats.kernel.access import lock_all
from ats.kernel.errors import Invalid
from ats.kernel.prepared import Prepared
from ats.kernel.staff_words import gettext
from ats.organisation.domain import working_time
from ats.organisation.models import WorkingCalendar
from candidates.applications.models import Application
from candidates.compose import words
from candidates.internal.queries import kept_people, partner_of, recruiter_of
from candidates.promises import outer
from candidates.promises.domain import terms
from candidates.promises.models import UNSETTLED, Promise, PromiseKind, PromiseQuerySet, PromiseState
from requisitions.models import Side


def owner_for(application: Application, side: str, kind: str = "") -> User:
    """Who answers for a move of this side: for the managers' the partner on this application, else the recruiter.

    For a debt it is who leads the recruiters.
    """
    if kind == PromiseKind.DEBT:
        return lead_of(application)
    if side == Side.MANAGER and application.requisition.hiring_manager is not None:
        return partner_of(application) or recruiter_of(application)
    return recruiter_of(application)


def lead_of(application: Application) -> User:
    """Who leads the role's recruiter and may know of the application: by the recruiter's own line, else any lead.

    The recruiter, where there is nobody.
    """
    recruiter = recruiter_of(application)
    rows = User.objects.filter(role=Role.LEAD, is_active=True)
    leads = rows.working_for(application.requisition.organisation_id).exclude(
        pk__in=kept_people(application.pk)
    )
    own_first = Case(When(pk=recruiter.manager_id, then=0), When(pk=recruiter.pk, then=1), default=2)
    return leads.order_by(own_first, "pk").first() or recruiter


def _owner_id(application: Application, side: str, kind: str) -> int:
    """`owner_for` as a number, for whom nobody has to be read where it is kept from nobody."""
    if kind == PromiseKind.DEBT:
        return lead_of(application).pk
    manager = application.requisition.hiring_manager_id
    owner = manager if side == Side.MANAGER and manager is not None else application.requisition.recruiter_id
    if application.may_be_kept and owner in kept_people(application.pk):
        return owner_for(application, side).pk
    return owner


def current(application: Application) -> Promise | None:
    """The open promise, locked. Where another transaction has just replaced it, the one that followed."""
    for _ in range(2):
        for promise in _open_one(application=application.pk):
            promise.application = application
            return promise
    return None


def current_of(applications: Iterable[Application]) -> dict[int, Promise]:
    """`current` for many, which the caller holds, by their ids; where there is none at this moment, none."""
    known = {application.pk: application for application in applications}
    rows = Promise.objects.open().filter(application__in=list(known)).order_by("application")
    found = {promise.application_id: promise for promise in rows.select_for_update(no_key=True)}
    for pk, promise in found.items():
        promise.application = known[pk]
    return found


@Prepared
def _open_one(*, application: int) -> PromiseQuerySet:
    return Promise.objects.open().filter(application=application).select_for_update(no_key=True)


def open_promise(
    *,
    application: Application,
    what: str,
    side: str,
    due_at: datetime,
    now: datetime,
    reason: str = "",
    previous: Promise | None = None,
    kind: str = PromiseKind.STAGE,
    state: str = PromiseState.OPEN,
    by: CanAct | None = None,
) -> Promise:
    """Promise `what` by `due_at`, or earlier where law wants it; the one before it was settled in this transaction.

    Who answers for it follows from the side whose move it is. The row of broken dates goes on from `previous`,
    whatever became of it: only an answer ends it (`happened`).
    """
    if due_at <= now:
        raise Invalid(gettext("Give a date that lies ahead."), field="due_at")
    due_at = outer.within(application, due_at, kind=kind, side=side, now=now)
    promise = Promise(
        application=application,
        kind=kind,
        what=what,
        side=side,
        owner_id=_owner_id(application, side, kind),
        opened_at=now,
        due_at=due_at,
        nudge_at=nudge_time(application.calendar, opened=now, due=due_at),
        reason=reason,
        previous=previous,
        state=state,
        **_row_so_far(previous),
    )
    writing.insert(promise)
    verb = "promise.owed" if kind == PromiseKind.DEBT else "promise.opened"
    _record(verb, promise, by=by, now=now)
    return promise


def follow(
    before: Promise, *, kind: str, what: str, side: str, due_at: datetime, by: CanAct | None, now: datetime
) -> Promise:
    """Promise this after the one `before`, of which the caller has made an end."""
    application = before.application
    return open_promise(
        application=application,
        kind=kind,
        what=what,
        side=side,
        due_at=due_at,
        now=now,
        previous=before,
        by=by,
    )


def _row_so_far(previous: Promise | None) -> dict[str, Any]:
    """What went wrong in a row up to and with `previous`."""
    if previous is None:
        return {}
    broke, changed = previous.state == PromiseState.BROKEN, previous.state == PromiseState.CHANGED
    return {
        "broken_before": previous.broken_before + broke,
        "waiting_since": previous.waiting_since or (previous.opened_at if broke else None),
        "changed_before": previous.changed_before + changed,
        "asked_after_at": previous.asked_after_at,
    }


def promise_for_stage(
    *, application: Application, now: datetime, previous: Promise | None = None, by: CanAct | None = None
) -> Promise:
    """What the application's stage promises, counted in working days from now."""
    stage = application.stage
    return open_promise(
        application=application,
        what=stage.promise,
        side=stage.promise_side,
        due_at=working_time.after_days(application.calendar, now, stage.promise_days),
        now=now,
        previous=previous,
        by=by,
    )


def nudge_time(calendar: WorkingCalendar, *, opened: datetime, due: datetime) -> datetime:
    """When to remind: a working day before, or half-way where there is not as much time."""
    before = working_time.one_day_before(calendar, due)
    return before if before > opened else opened + (due - opened) / 2


def keep(*, application: Application, by: CanAct | None, now: datetime) -> Promise | None:
    """What was promised has happened. After its time, it counts as broken all the same.

    The caller promises the next thing, or ends the application, in the same transaction.
    """
    promise = current(application)
    if promise is not None:
        settle_kept(promise, by=by, now=now)
    return promise


def release(
    *, application: Application, by: CanAct | None, now: datetime, reason: str = ""
) -> Promise | None:
    """The promise falls away; the caller opens another or ends the application."""
    promise = current(application)
    if promise is not None:
        settle(promise, PromiseState.RELEASED, verb="promise.released", by=by, now=now, reason=reason)
    return promise


def replace(
    *,
    application: Application,
    what: str | None = None,
    due_at: datetime | None = None,
    side: str | None = None,
    reason: str = "",
    by: CanAct | None,
    now: datetime,
    kind: str | None = None,
    ends_as: str = PromiseState.RELEASED,
) -> Promise:
    """Promise something else, or by another time; what is not given stays as it was.

    The row of broken ones before it goes on: a new date does not make anybody's record better. `ends_as`:
    what becomes of the old one where its time has not passed.
    """
    old = current(application)
    if old is None:
        raise Invalid(gettext("Nothing is promised here that could be replaced."))
    if old.due_at <= now:
        settle_kept(old, by=by, now=now)
    else:
        settle(old, ends_as, verb="promise.released", by=by, now=now, reason=reason)
    side = side or old.side
    return open_promise(
        application=application,
        what=what or old.what,
        side=side,
        due_at=due_at or old.due_at,
        now=now,
        reason=reason,
        previous=old,
        kind=kind or old.kind,
        by=by,
    )


def keep_within_law(application: Application, *, by: CanAct | None, now: datetime) -> None:
    """What is promised comes no later than the law of its place wants, counted from the interviews by now."""
    promise = current(application)
    if promise is None or promise.due_at <= now:
        return
    due_at = outer.within(application, promise.due_at, kind=promise.kind, side=promise.side, now=now)
    if due_at < promise.due_at:
        replace(application=application, due_at=due_at, by=by, now=now)


def answered(application: Application) -> None:
    """A person has told the candidate something of their own: no broken or changed date lies behind them any more."""
    behind = Q(broken_before__gt=0) | Q(changed_before__gt=0) | Q(asked_after_at__isnull=False)
    rows = Promise.objects.open().filter(behind, application=application)
    rows.update(broken_before=0, waiting_since=None, changed_before=0, asked_after_at=None)


def owe_word(
    application: Application,
    *,
    previous: Promise | None,
    by: CanAct | None,
    now: datetime,
    by_then: datetime | None = None,
) -> Promise:
    """Promise word on how we go on, `by_then` at the latest."""
    due_at = working_time.after_days(application.calendar, now, terms.WORD_DAYS)
    return open_promise(
        application=application,
        kind=PromiseKind.NEWS,
        what=terms.AFTER_SILENCE,
        side=Side.RECRUITER,
        due_at=min(due_at, by_then) if by_then else due_at,
        now=now,
        previous=previous,
        by=by,
    )


def pass_to(promise: Promise, side: str, *, by: CanAct | None, now: datetime) -> None:
    """The same promise, the same date: the next move is this side's."""
    promise.side = side
    promise.owner = owner_for(promise.application, side, promise.kind)
    promise.nudged_at = None  # who has it now has not been reminded of it
    calendar = promise.application.calendar
    promise.nudge_at = nudge_time(calendar, opened=now, due=max(promise.due_at, now))
    promise.save(update_fields=["side", "owner", "nudge_at", "nudged_at"])
    _record("promise.passed", promise, by=by, now=now, owner=str(promise.owner))


def pass_on(rows: PromiseQuerySet, *, by: CanAct | None, now: datetime) -> int:
    """Open promises of these rows that belong to somebody else than who leads the role now go there; how many."""
    unsettled = rows.filter(state__in=UNSETTLED)
    applications = unsettled.values_list("application", flat=True)
    lock_all(Application, applications)
    for _ in range(2):  # one that ran out at this moment has been followed by another
        lock_all(Promise, unsettled.values_list("pk", flat=True))
    found = unsettled.select_related(*_WITH).order_by("pk")
    owners = {each.pk: owner_for(each.application, each.side, each.kind) for each in found}
    passed = [promise for promise in found if promise.owner != owners[promise.pk]]
    for promise in passed:
        promise.owner = owners[promise.pk]
        promise.nudged_at = None  # who has it now has not been reminded of it
    Promise.objects.bulk_update(passed, ["owner", "nudged_at"], batch_size=500)
    entries = [
        Entry(promise, _facts(promise) | {"owner": str(promise.owner)}, {**promise.application.about()})
        for promise in passed
    ]
    record_many("promise.passed", entries, by=by, now=now)
    return len(passed)


_WITH = (
    "application__candidate",
    "application__requisition__organisation__calendar",
    "application__requisition__recruiter",
    "application__requisition__hiring_manager",
    "owner",
)


def settle_kept(promise: Promise, *, by: CanAct | None, now: datetime) -> None:
    """What was promised has happened; after its time it counts as broken all the same, and a debt was always late."""
    if now <= promise.due_at and promise.kind != PromiseKind.DEBT:
        settle(promise, PromiseState.KEPT, verb="promise.kept", by=by, now=now)
        return
    # It happened, but after its time and before the clock noticed: no note is needed, the record stays true.
    promise.owner_told_at = now
    settle(promise, PromiseState.BROKEN, verb="promise.broken", by=by, now=now, answered_late=True)


def settle(
    promise: Promise,
    state: str,
    *,
    verb: str,
    by: CanAct | None,
    now: datetime,
    reason: str = "",
    **data: object,
) -> None:
    promise.state, promise.settled_at = state, now
    promise.attempts, promise.retry_at, promise.last_error = 0, None, ""
    writing.update(promise, "state", "settled_at", "owner_told_at", "attempts", "retry_at", "last_error")
    if reason:
        data["reason"] = reason
    _record(verb, promise, by=by, now=now, **data)


def _record(verb: str, promise: Promise, *, by: CanAct | None, now: datetime, **data: object) -> None:
    record(verb, subject=promise, by=by, now=now, data=_facts(promise) | data, **promise.application.about())


def _facts(promise: Promise) -> dict[str, Any]:
    return {
        "promise_id": promise.pk,
        "kind": promise.kind,
        "what": promise.what,
        "side": promise.side,
        "owner_id": promise.owner_id,
        "due_at": promise.due_at.isoformat(),
        "due": words.day(promise.due_at, promise.application.calendar.zone),
        "broken_before": promise.broken_before,
    }
