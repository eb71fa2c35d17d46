"""Writing the record, and telling those who listen."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from django.db import connection, transaction
from django.db.models import Model
from django.utils.functional import Promise

from ats.activity import verbs
from ats.activity.models import ABOUT_FIELDS, Activity
from ats.kernel import request_context, writing
from ats.kernel.languages import recorded


@dataclass(frozen=True)
class Actor:
    """Who did it, as the record keeps it."""

    kind: str
    id: int | None = None
    name: str = ""


SYSTEM = Actor(kind="system", name="Accord")


class CanAct(Protocol):
    def actor(self) -> Actor: ...


ForWhom = Callable[[Any, int, datetime], dict[str, Any]]
_for_whom: list[ForWhom] = []


def says_for_whom(say: ForWhom) -> ForWhom:
    """Let the decorated function, of who acts on which requisition when, say in whose stead: `for` and `for_id`."""
    _for_whom.append(say)
    return say


class Subject(Protocol):
    pk: Any

    def about(self) -> dict[str, int]: ...


Listener = Callable[[Activity], None]
_listeners: dict[str, list[Listener]] = defaultdict(list)
_first: dict[str, list[Listener]] = defaultdict(list)

ListenerOfAll = Callable[[list[Activity]], None]
_of_all: dict[str, list[ListenerOfAll]] = defaultdict(list)
_first_of_all: dict[str, list[ListenerOfAll]] = defaultdict(list)


def subscribe(*names: str, first: bool = False) -> Callable[[Listener], Listener]:
    """Call the decorated function, in the same transaction, for every activity with one of these verbs.

    This is how a lower floor tells a higher one. A listener that raises undoes the whole action. Who listens
    `first` hears of it before everybody else and before it is written: what they record in turn is written in
    the same statement.
    """

    def register(listener: Listener) -> Listener:
        for name in names:
            (_first if first else _listeners)[name].append(listener)
        return listener

    return register


def subscribe_to_all(*names: str, first: bool = False) -> Callable[[ListenerOfAll], ListenerOfAll]:
    """`subscribe` for whoever asks the same of many: hears at once of all that were recorded together.

    Last of all, or as the last of those who hear of it `first`.
    """

    def register(listener: ListenerOfAll) -> ListenerOfAll:
        for name in names:
            (_first_of_all if first else _of_all)[name].append(listener)
        return listener

    return register


def subscribed() -> dict[str, list[Listener]]:
    return {name: [*_first[name], *_listeners[name]] for name in {*_first, *_listeners}}


def record(
    verb: str,
    *,
    subject: Subject,
    by: CanAct | None,
    now: datetime,
    data: dict[str, Any] | None = None,
    **about: int | None,
) -> Activity:
    """Add to the record that `by` (None: Accord itself) did `verb` to `subject`; inside a transaction.

    What it is about comes from the subject's own `about()`; keywords add to it. KeyError for a verb
    that was never declared.
    """
    return record_many(verb, [Entry(subject, data or {}, about)], by=by, now=now)[0]


def _plain(value: Any) -> Any:
    """Marked words as the record has them, in the house's language."""
    return recorded(value) if isinstance(value, Promise) else value


@dataclass(frozen=True)
class Entry:
    """One of several things recorded at once (see `record`)."""

    subject: Subject
    data: dict[str, Any] = field(default_factory=dict)
    about: dict[str, int | None] = field(default_factory=dict)


def record_many(verb: str, entries: Iterable[Entry], *, by: CanAct | None, now: datetime) -> list[Activity]:
    """`record` for many subjects, in one statement."""
    verbs.get(verb)
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("Record an activity inside the action's transaction.")
    activities = _made(verb, list(entries), by=by, now=now)
    waiting = _waiting.get()
    if waiting is None:
        with together() as waiting:
            _hold(activities, waiting)
    else:
        _hold(activities, waiting)
    return activities


def announce(
    name: str,
    *,
    subject: Subject,
    by: CanAct | None,
    now: datetime,
    data: dict[str, Any] | None = None,
) -> None:
    """Tell those who listen of something that has no place in the record: it is done, not written."""
    for activity in _made(name, [Entry(subject, data or {})], by=by, now=now):
        for listener in subscribed().get(name, ()):
            listener(activity)
        _tell_of_all([activity], _of_all)


def _made(verb: str, entries: list[Entry], *, by: CanAct | None, now: datetime) -> list[Activity]:
    actor = by.actor() if by is not None else SYSTEM
    because = request_context.by_rule.get()
    activities = [
        Activity(
            verb=verb,
            occurred_at=now,
            request_id=request_context.request_id.get(),
            channel=request_context.channel.get(),
            actor_kind=actor.kind,
            actor_id=actor.id,
            # A candidate's name stands in one place only, so that erasing it there erases it everywhere.
            actor_name=actor.name if actor.kind != "candidate" else "",
            subject_type=_type_of(entry.subject),
            subject_id=entry.subject.pk,
            data={name: _plain(value) for name, value in entry.data.items()} | because,
            **_places(entry),
        )
        for entry in entries
    ]
    for activity, entry in zip(activities, entries, strict=True):
        activity.subject, activity.by = entry.subject, by
        if actor.kind == "user" and activity.requisition_id and _acts_for_somebody(by, now):
            for say in _for_whom:
                activity.data = activity.data | say(by, activity.requisition_id, now)
    return activities


def _acts_for_somebody(by: Any, now: datetime) -> bool:
    """Nobody is asked about whoever stands in for nobody, as nearly all."""
    stands_in = getattr(by, "stands_in", None)
    return stands_in is not None and bool(stands_in(now))


_waiting: ContextVar[list[Activity] | None] = ContextVar("waiting", default=None)


@contextmanager
def together() -> Iterator[list[Activity]]:
    """What is recorded in here is written in one statement at its end; who listens hears of it then."""
    activities: list[Activity] = []
    before = _waiting.set(activities)
    try:
        yield activities
    finally:
        _waiting.reset(before)
    _write(activities)


def _hold(activities: list[Activity], waiting: list[Activity]) -> None:
    waiting += activities
    for activity in activities:
        for listener in _first.get(activity.verb, ()):
            listener(activity)
    _tell_of_all(activities, _first_of_all)


def _write(activities: list[Activity]) -> None:
    if activities:
        writing.insert(*activities)
    transaction.on_commit(request_context.note_commit)
    for activity in activities:
        for listener in _listeners[activity.verb]:
            listener(activity)
    _tell_of_all(activities, _of_all)


def _tell_of_all(activities: list[Activity], listeners: dict[str, list[ListenerOfAll]]) -> None:
    heard: dict[ListenerOfAll, list[Activity]] = defaultdict(list)
    for activity in activities:
        for listener in listeners.get(activity.verb, ()):
            heard[listener].append(activity)
    for listener, theirs in heard.items():
        listener(theirs)


def _type_of(subject: Subject) -> str:
    if isinstance(subject, Model):
        return subject._meta.model_name or ""
    return type(subject).__name__.lower()


def _places(entry: Entry) -> dict[str, int | None]:
    places = {**entry.subject.about(), **entry.about}
    if unknown := set(places) - ABOUT_FIELDS:
        raise TypeError(f"An activity is not about {', '.join(sorted(unknown))}.")
    return places
