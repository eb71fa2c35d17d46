"""Rows of one person become another's, and go back.

What somebody else holds at this moment is passed over: whoever holds a message that came in may wait for the person
whom we hold. The sweep takes it along a minute later (`sweep.py`).
"""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import connection

from candidates.duplicates.actions.relations import Moves, Relation, moving

Came = dict[str, list[int]]


def move(*, lost: int, kept: int, now: datetime) -> Came:
    """Everything that moves, from `lost` to `kept`: by relation, the numbers of the rows."""
    came: Came = {}
    with touching_the_record():
        for relation in moving():
            rule = relation.rule
            assert isinstance(rule, Moves)
            unless = f"AND NOT ({rule.unless})" if rule.unless else ""
            values = {"from": lost, "to": kept, "kept": kept, "now": now}
            if ids := _update(relation, f"t.{relation.column} = %(from)s {unless}", values, passing=True):
                came[relation.label] = ids
    return came


def give_back(*, came: Mapping[str, Collection[int]], kept: int, lost: int, now: datetime) -> None:
    """What came goes back, with what came of these applications since; what was given to others stays there."""
    applications = list(came.get("candidates.Application.candidate", ()))
    with touching_the_record():
        for relation in moving():
            values: dict[str, Any] = {"from": kept, "to": lost, "now": now}
            where = "t.id = ANY(%(ids)s)"
            if relation.of_application:
                where += f" OR t.{relation.of_application} = ANY(%(applications)s)"
            values |= {"ids": list(came.get(relation.label, ())), "applications": applications}
            _update(relation, f"t.{relation.column} = %(from)s AND ({where})", values, passing=False)


def how_many(*, lost: int) -> dict[str, int]:
    """By relation, how many rows would come; only what there is."""
    parts = " UNION ALL ".join(
        f"SELECT '{each.label}', count(*) FROM {each.table} t WHERE t.{each.column} = %(lost)s"  # noqa: S608
        for each in moving()
    )
    with connection.cursor() as cursor:
        cursor.execute(parts, {"lost": lost})
        return {label: number for label, number in cursor.fetchall() if number}


def _update(relation: Relation, where: str, values: dict[str, Any], *, passing: bool) -> list[int]:
    time = ", updated_at = %(now)s" if relation.has_time else ""
    held = f"FOR NO KEY UPDATE{' SKIP LOCKED' if passing else ''}"
    sql = f"""
        UPDATE {relation.table} SET {relation.column} = %(to)s{time}
        WHERE id IN (SELECT t.id FROM {relation.table} t WHERE {where} ORDER BY t.id {held}) RETURNING id
    """  # noqa: S608 - names of the models' own
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return sorted(number for (number,) in cursor.fetchall())


@contextmanager
def touching_the_record() -> Iterator[None]:
    """While it lasts, whom a record is about may be said anew; nothing else of it (see `Activity`)."""
    _say("on")
    try:
        yield
    finally:
        if not connection.needs_rollback:
            _say("off")


def _say(value: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('accord.merging', %s, true)", [value])
