"""Statements whose plans the database keeps, for as long as a connection lasts.

Of a page of twenty statements, each finding its rows by a key, the database spends more of its time on plans than on
answers. What is `Kept` is planned once for a connection (PostgreSQL's PREPARE: after five plans for the values that
were asked for it goes on with one for all values, where by its reckoning that costs no more). The reckoning is a
guess, so the answers are timed: where the plan for all values takes longer, it is given up. To whoever asks it is a
statement like others: the same words and values, the same types, the same answers, and the same words in logs of
what was asked.

Where a pooler stands between us and the database, each transaction may meet another of its processes, which knows
nothing of what the last one was told to keep: then everything is asked as it stands.
"""

import re
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count
from time import perf_counter
from typing import Any, NamedTuple, Self

import psycopg2
from psycopg2 import errors, extensions

MOST = 100
"""So many statements are kept for a connection: each takes some 90 kB of the database's memory."""

Values = dict[str, Any] | Sequence[Any]

_INT4 = range(-(2**31), 2**31)
_TYPES = {
    bool: "boolean",
    datetime: "timestamptz",
    date: "date",
    timedelta: "interval",
    Decimal: "numeric",
    str: "unknown",
    type(None): "unknown",
}
_PLACE = re.compile(r"%(?:\((\w+)\))?s|%%")
_OF_THEIR_OWN = 5
"""So often PostgreSQL plans for the values at hand before it thinks of a plan for all (`choose_custom_plan`)."""
_SLOWER = 1.1
_FAR_SLOWER, _NOTICED = 8, 0.02
"""So many times slower, and so many seconds that somebody notices: what the machine was busy with is no such."""


@dataclass(slots=True)
class Plan:
    """How to ask by a kept plan: "" before it is kept, None where it is not to be; how long the first ones took."""

    said: str | None = ""
    took: list[float] = field(default_factory=list)

    @property
    def is_tried(self) -> bool:
        return len(self.took) == 2 * _OF_THEIR_OWN or self.is_far_slower

    @property
    def is_far_slower(self) -> bool:
        """One answer by the plan for all is enough to see that it is the wrong one: nobody waits for four more."""
        own, of_all = self.took[:_OF_THEIR_OWN], self.took[_OF_THEIR_OWN:]
        return any(took > max(_FAR_SLOWER * max(own), _NOTICED) for took in of_all)

    @property
    def is_slower(self) -> bool:
        own, of_all = self.took[:_OF_THEIR_OWN], self.took[_OF_THEIR_OWN:]
        return min(of_all) > _SLOWER * min(own) or self.is_far_slower


class Kept(str):
    """A statement that is asked all day. `first` goes before it in the same message, with values of its own."""

    first: "Lead | None" = None

    def after(self, sql: str, values: Sequence[Any]) -> Self:
        """This statement, asked right after another one, whose values come first."""
        self.first = Lead(sql, len(values))
        return self


class Lead(NamedTuple):
    sql: str
    values: int


class Cursor(extensions.cursor):
    """Asks what is `Kept` by the name of its plan, and everything else as it stands."""

    connection: "Connection"
    _asked: tuple[str, Values] | None = None

    def execute(self, query: Any, vars: Values | None = None) -> None:  # noqa: A002
        self._asked = None
        if not isinstance(query, Kept) or vars is None:
            return super().execute(query, vars)
        lead, own = "", vars
        if query.first and not isinstance(vars, dict):
            lead, own = f"{query.first.sql}; ", vars[query.first.values :]
        plan = self.connection.plan_of(query, own)
        if plan is None:
            return super().execute(f"{lead}{query}", vars)
        self._asked = (f"{lead}{query}", vars)
        try:
            begun = perf_counter()
            super().execute(f"{lead}{plan.said}", vars)
            if not plan.is_tried:
                self.connection.tried(plan, perf_counter() - begun)
        except (errors.InvalidSqlStatementName, errors.FeatureNotSupported):
            # Somebody discarded what was kept, or a table is another one since: outside a transaction nothing has
            # happened by that yet. Inside, it is as lost as by any other error.
            self.connection.forget_plans()
            if self.connection.info.transaction_status != extensions.TRANSACTION_STATUS_IDLE:
                raise
            super().execute(f"{lead}{query}", vars)

    @property
    def query(self) -> bytes:
        """What was asked, in words: Django's log of statements reads it."""
        return super().query if self._asked is None else self.mogrify(*self._asked)


class Connection(extensions.connection):
    """Knows by which names the database keeps plans for it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._plans: OrderedDict[tuple[Any, ...], Plan] = OrderedDict()
        self._numbers = count(1)
        self._alone: bool | None = None

    def plan_of(self, sql: str, values: Values) -> Plan | None:
        """The kept plan of `sql`; None where it is to be asked as it stands, as the first time."""
        types = tuple(map(_type, values.values() if isinstance(values, dict) else values))
        key = (sql, types)
        known = self._plans.get(key)
        if known is None:
            self._plans[key] = Plan()
            self._make_room()
            return None
        self._plans.move_to_end(key)
        if known.said == "":
            known.said = self._keep(sql, values, types)
        return known if known.said else None

    def tried(self, plan: Plan, seconds: float) -> None:
        """Hears how long an answer took; gives the plan up where one for all values makes it longer."""
        plan.took.append(seconds)
        if plan.is_tried and plan.is_slower:
            self._deallocate(plan)
            plan.said = None

    def forget_plans(self) -> None:
        self._plans.clear()

    def _keep(self, sql: str, values: Values, types: tuple[str, ...]) -> str | None:
        if "" in types or not self._is_alone():
            return None
        name = f"kept_{next(self._numbers)}"
        words, declared, given = _numbered(sql, values, types)
        within = self.info.transaction_status != extensions.TRANSACTION_STATUS_IDLE
        with extensions.cursor(self) as cursor:
            # What cannot be prepared must not end what is under way.
            if within:
                cursor.execute("SAVEPOINT keeping")
            try:
                cursor.execute(f"PREPARE {name}{_bracketed(declared)} AS {words}")
            except psycopg2.ProgrammingError:
                name = ""
                if within:
                    cursor.execute("ROLLBACK TO SAVEPOINT keeping")
            if within:
                cursor.execute("RELEASE SAVEPOINT keeping")
        return f"EXECUTE {name}{_bracketed(given)}" if name else None

    def _is_alone(self) -> bool:
        """Whether we talk to the process of the database that greeted us: a pooler greets by a number of its own."""
        if self._alone is None:
            with extensions.cursor(self) as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                self._alone = cursor.fetchone()[0] == self.info.backend_pid
        return self._alone

    def _make_room(self) -> None:
        if len(self._plans) <= MOST:
            return
        _, oldest = self._plans.popitem(last=False)
        self._deallocate(oldest)

    def _deallocate(self, plan: Plan) -> None:
        if plan.said:
            with extensions.cursor(self) as cursor:
                cursor.execute(f"DEALLOCATE {plan.said.removeprefix('EXECUTE ').partition('(')[0]}")


def _type(value: Any) -> str:
    """The type that PostgreSQL takes this value for where it stands in the words themselves; "" for any other."""
    kind = type(value)
    if kind is list:
        return _type_of_list(value)
    if kind in _TYPES:
        return _TYPES[kind]
    if isinstance(value, int):
        return "integer" if value in _INT4 else "bigint"
    return "unknown" if isinstance(value, str) else ""


def _type_of_list(values: list[Any]) -> str:
    of = set(map(_type, values))
    if of == {"integer", "bigint"}:
        return "bigint[]"
    if len(of) > 1 or "" in of:
        return ""
    one = next(iter(of), None)
    return {None: "unknown", "unknown": "text[]"}.get(one, f"{one}[]")


def _numbered(sql: str, values: Values, types: tuple[str, ...]) -> tuple[str, list[str], list[str]]:
    """The words with `$1` for the first value, the types of all that are in there, and their places for psycopg2."""
    if not isinstance(values, dict):
        numbers = count(1)
        words = _PLACE.sub(lambda place: "%" if place[0] == "%%" else f"${next(numbers)}", sql)
        return words, list(types), ["%s"] * len(types)
    named = dict(zip(values, types, strict=True))
    used = list(dict.fromkeys(place[1] for place in _PLACE.finditer(sql) if place[1]))
    number = {name: f"${place}" for place, name in enumerate(used, 1)}
    words = _PLACE.sub(lambda place: number[place[1]] if place[1] else "%", sql)
    return words, [named[name] for name in used], [f"%({name})s" for name in used]


def _bracketed(parts: list[str]) -> str:
    return f"({', '.join(parts)})" if parts else ""
