"""Walls between organisations: whoever works for some of them reads the rows of those, and of no other.

An agency looks for people on behalf of several clients, and promises each that nobody who works for another one
knows of their roles. A page that forgets that would tell them; so no page is asked to remember it. While a wall
stands (`standing`), every question that is put to the database outside of an action finds in place of each table
only its rows on this side: the words of the question are preceded by a `WITH` of the same names
(docs/adr/0058-walls-between-clients.md). Lists, counts, choices of forms, filters, figures and exports all ask.

Which rows are on this side follows from what they belong to, by the keys of the models: a room says it itself only
where that is not so (`within`). An action reads everything, for what it works out holds for the house; the row
that somebody acts on is fetched through the wall all the same (`ats.kernel.access`).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from ats.kernel.plans import Kept

if TYPE_CHECKING:
    from ats.accounts.models import User

Organisations = tuple[int, ...]

NEAREST = ("application", "requisition", "partnership", "candidate", "organisation")
"""What a row can be about, the nearest first: an application tells whose requisition it is for."""
LOCKING = re.compile(r"\bFOR\s+(NO\s+KEY\s+)?(UPDATE|SHARE)\b|\bFOR\s+KEY\s+SHARE\b")
READING = re.compile(r"\s*\(*\s*(SELECT|WITH)\b", re.IGNORECASE)
WRITING = re.compile(r"\b(INSERT\s+INTO|DELETE\s+FROM)\b|\bUPDATE\s+\S+\s+SET\b", re.IGNORECASE)
OPENING_WORDS = re.compile(r"\s*WITH\b(\s+RECURSIVE\b)?", re.IGNORECASE)

EVERYWHERE = 1_000
"""So deep in transactions nobody is."""

_within: dict[str, str] = {}


def within(model: type[Model], condition: str) -> None:
    """Say in SQL which rows of this model, as `t`, are on this side; `{own}` are the organisations there.

    The tables that it names are those of this side too, but for `public.…`, which are whole.
    """
    _within[model._meta.db_table] = condition


class _Standing(NamedTuple):
    organisations: Organisations
    depth: int


class _Wall:
    """Around what is asked by one connection, as one of Django's `execute_wrappers`."""

    def __init__(self) -> None:
        self.standing: list[_Standing] = []

    def __call__(
        self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        if self.standing and not many and len(connection.atomic_blocks) <= self.standing[-1].depth:
            sql = walled(sql, self.standing[-1].organisations)
        return execute(sql, params, many, context)


def _of_connection() -> _Wall:
    for one in connection.execute_wrappers:
        if isinstance(one, _Wall):
            return one
    made = _Wall()
    connection.execute_wrappers.append(made)
    return made


def begin(user: "User") -> None:
    """From here until the request ends (`ending`), `user` is who asks, if there is a wall around them."""
    if user.is_authenticated and user.works_for is not None and not stands():
        _raise(tuple(sorted(user.works_for)), depth=len(connection.atomic_blocks))


@contextmanager
def standing(user: "User", *, within_action: bool = False) -> Iterator[None]:
    """What is asked meanwhile is asked by this user: nothing changes for who works for the whole house."""
    if not user.is_authenticated or user.works_for is None:
        yield
        return
    with around(user.works_for, within_action=within_action):
        yield


@contextmanager
def around(organisations: Iterable[int], *, within_action: bool = False) -> Iterator[None]:
    """What is asked meanwhile finds what is of these organisations, and of none; in an action too, if so said."""
    wall = _of_connection()
    before = len(wall.standing)
    depth = EVERYWHERE if within_action else len(connection.atomic_blocks)
    _raise(tuple(sorted(organisations)), depth=depth)
    try:
        yield
    finally:
        _lower(wall, before)


@contextmanager
def rebased() -> Iterator[None]:
    """A transaction around a whole request is no action: what is read in it directly is read through the wall."""
    wall = next((one for one in connection.execute_wrappers if isinstance(one, _Wall)), None)
    if wall is None:
        yield
        return
    before = len(wall.standing)
    _raise(wall.standing[-1].organisations, depth=len(connection.atomic_blocks))
    try:
        yield
    finally:
        _lower(wall, before)


@contextmanager
def ending() -> Iterator[None]:
    """Whoever is found out to ask in this request asks no longer when it is over."""
    before = [len(one.standing) for one in connection.execute_wrappers if isinstance(one, _Wall)]
    try:
        yield
    finally:
        for one in [one for one in connection.execute_wrappers if isinstance(one, _Wall)]:
            _lower(one, before[0] if before else 0)


def stands() -> bool:
    """Whether there is a wall around who asks just now."""
    return any(isinstance(one, _Wall) for one in connection.execute_wrappers)


def _raise(organisations: Organisations, *, depth: int) -> None:
    _of_connection().standing.append(_Standing(organisations, depth))
    # By its key alone a table lets all its columns be read from a group; what stands in its place does not.
    connection.features.allows_group_by_selected_pks = False


def _lower(wall: _Wall, to: int) -> None:
    del wall.standing[to:]
    if not wall.standing:
        connection.execute_wrappers.remove(wall)
        vars(connection.features).pop("allows_group_by_selected_pks", None)


def walled(sql: Any, organisations: Organisations) -> Any:
    """The question as it is put through the wall."""
    if not isinstance(sql, str):
        return sql
    said = _said(str(sql), organisations)
    if isinstance(sql, Kept) and sql.first:
        return f"{sql.first.sql}; {said}"
    return said


@lru_cache(maxsize=4096)
def _said(sql: str, organisations: Organisations) -> str:
    if not READING.match(sql) or LOCKING.search(sql) or WRITING.search(sql):
        return sql
    rules = _rules()
    named = {name for name in re.findall(r"\w+", sql) if name in rules}
    if not named:
        return sql
    parts = ", ".join(
        f'"{name}" AS NOT MATERIALIZED ({_rows(name, rules[name].condition, organisations)})'
        for name in _with_what_they_need(named)
    )
    opening = OPENING_WORDS.match(sql)
    if opening:
        return f"WITH{opening[1] or ''} {parts}, {sql[opening.end() :]}"
    return f"WITH {parts} {sql}"


def _rows(name: str, condition: str, organisations: Organisations) -> str:
    own = ", ".join(map(str, organisations)) or "NULL"
    return f'SELECT t.* FROM public."{name}" t WHERE {condition.replace("{own}", own)}'  # noqa: S608


def _with_what_they_need(named: set[str]) -> list[str]:
    """In an order in which each stands after those that its own condition asks."""
    rules, found = _rules(), []

    def add(name: str) -> None:
        if name in found:
            return
        for other in rules[name].needs:
            add(other)
        found.append(name)

    for name in sorted(named):
        add(name)
    return found


class _Rule(NamedTuple):
    condition: str
    needs: tuple[str, ...]


@cache
def _rules() -> dict[str, _Rule]:
    """For each table that belongs to organisations, by its name: which of its rows are on this side."""
    models = {model._meta.db_table: model for model in apps.get_models() if not model._meta.proxy}
    found = {name: _ruled(condition, {*models}) for name, condition in _within.items()}
    while True:
        more = {
            name: rule
            for name, model in models.items()
            if name not in _within and (rule := _rule_of(model, found)) is not None
        }
        if more.keys() <= found.keys():
            return found | more
        found |= more


def _ruled(condition: str, tables: set[str]) -> _Rule:
    needed = re.findall(r"\w+", re.sub(r"public\.\w+", "", condition))
    return _Rule(condition, tuple(sorted(tables.intersection(needed))))


def _rule_of(model: type[Model], known: dict[str, _Rule]) -> _Rule | None:
    """By the one key that it always has, the nearest; by every other that says what it is about, where it is set."""
    keys = [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey)
        and field.related_model._meta.db_table in known
        and field.related_model is not model
    ]
    parts = []
    always = sorted((field for field in keys if not field.null), key=lambda field: _nearness(field.name))
    sometimes = [field for field in keys if field.null and field.name in NEAREST]
    if always:
        parts.append(_belongs(always[0].related_model._meta.db_table, always[0].column))
        if always[0].name == NEAREST[0]:
            sometimes = []
    for field in sometimes:
        belongs = _belongs(field.related_model._meta.db_table, field.column)
        parts.append(f"(t.{field.column} IS NULL OR {belongs})")
    parts += _about(model, known)
    return _ruled(" AND ".join(parts), {*known}) if parts else None


def _nearness(name: str) -> int:
    return NEAREST.index(name) if name in NEAREST else 1


def _belongs(table: str, column: str) -> str:
    """A row of this table is on this side, asked of its number.

    Of an organisation it is said at once, and roles are few. All others are looked up one by one, as a value and not
    by `EXISTS`: that would be joined, and a question of three tables would become one of a dozen, which the planner
    no longer puts into a good order.
    """
    if table == "ats_hiringorganisation":
        return f"t.{column} IN ({{own}})"
    if table == "requisitions_requisition":
        roles = f"SELECT r.id FROM public.{table} r WHERE r.organisation_id IN ({{own}})"  # noqa: S608
        return f"t.{column} IN ({roles})"
    return f"(SELECT TRUE FROM {table} p WHERE p.id = t.{column})"  # noqa: S608


def _about(model: type[Model], known: dict[str, _Rule]) -> list[str]:
    """Numbers without a key, as the record has them: whatever it is nearest to says whose it is."""
    tables = {name.rsplit("_", 1)[-1]: name for name in known}
    columns = {field.column for field in model._meta.concrete_fields if not field.is_relation}
    about = [name for name in NEAREST if f"{name}_id" in columns and _table_of(name, tables)]
    if not about:
        return []
    cases = " ".join(
        f"WHEN t.{name}_id IS NOT NULL THEN {_belongs(_table_of(name, tables), f'{name}_id')}"
        for name in about
    )
    return [f"CASE {cases} ELSE TRUE END"]


def _table_of(name: str, tables: dict[str, str]) -> str:
    return tables.get("hiringorganisation" if name == "organisation" else name, "")
