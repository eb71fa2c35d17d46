"""Writing rows as `save` and `bulk_create` do, with words that are kept.

For what is written all day: for each row Django puts a new statement together, out of many small parts, and that
takes longer than the writing. Nobody is told by Django's signals here; who wants to know listens to the record.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import NoneType
from typing import Any
from uuid import UUID

from django.db import DatabaseError, connection, connections, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.expressions import DatabaseDefault

from ats.kernel.models import Stamped
from ats.kernel.prepared import Statement

Fields = tuple["Field[Any, Any]", ...]
AS_IT_IS: dict[type[Field], type] = {
    models.CharField: str,
    models.TextField: str,
    models.BooleanField: bool,
    models.BigIntegerField: int,
    models.PositiveSmallIntegerField: int,
    models.ForeignKey: int,
    models.UUIDField: UUID,
}
"""What these fields hold is written as it is where it is of just this type: Django makes nothing else of it."""


def insert(*rows: Model, unless_known: bool = False) -> bool:
    """Write these new rows of one model in one statement, and give them their keys; whether they were written.

    `unless_known`: one alone, which is not written where it would break a unique constraint. A field may hold
    a `Statement`, which the database works out; the row does not know the outcome.
    """
    if unless_known and len(rows) > 1:
        raise TypeError("Of several, nobody could tell which of them were written.")
    fields, head, tail = _inserting(type(rows[0]))
    places, values = [], []
    here = connections[connection.alias]  # each use of `connection` looks for this thread's again
    for row in rows:
        said = []
        for field, name, plain in fields:
            value = getattr(row, name)
            if type(value) in plain:
                said.append("%s")
                values.append(value)
                continue
            held = _held(field, row, here)
            said.append(held.sql)
            values += held.params
        places.append(f"({', '.join(said)})")
    conflict = "ON CONFLICT DO NOTHING" if unless_known else ""
    with connection.cursor() as cursor:
        cursor.execute(f"{head} VALUES {', '.join(places)} {conflict} {tail}", values)
        made = cursor.fetchall()
    for row, answer in zip(rows, made, strict=not unless_known):
        _written(row, answer)
    return len(made) == len(rows)


def update(row: Model, *fields: str) -> None:
    """Write these fields of a row that is there, and when it was changed."""
    stamped = ("updated_at",) if isinstance(row, Stamped) else ()
    written, sql = _updating(type(row), fields + stamped)
    values = [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in written]
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, row.pk])
        if not cursor.rowcount:
            raise DatabaseError(f"{row!r} is not there any more.")


def update_held(row: Model, *, held: str, values: Mapping[str, Any]) -> bool:
    """Write these values if the field `held` is still as this row has it; whether it was."""
    wanted = row._meta.get_field(held)
    written, sql = _updating(type(row), tuple(values))
    said = [
        field.get_db_prep_save(value, connection)
        for field, value in zip(written, values.values(), strict=True)
    ]
    mine = wanted.get_db_prep_value(getattr(row, held), connection)  # type: ignore[union-attr]
    with connection.cursor() as cursor:
        cursor.execute(f"{sql} AND {connection.ops.quote_name(held)} = %s", [*said, row.pk, mine])
        return bool(cursor.rowcount)


def update_all(rows: Sequence[Model], *fields: str) -> None:
    """`update` for rows of one model, each with values of its own, in one statement; those that are gone stay so."""
    if not rows:
        return
    stamped = ("updated_at",) if isinstance(rows[0], Stamped) else ()
    written, head, tail = _updating_all(type(rows[0]), fields + stamped)
    values: list[Any] = []
    for row in rows:
        values.append(row.pk)
        values += [field.get_db_prep_save(field.pre_save(row, add=False), connection) for field in written]
    place = f"({', '.join(['%s'] * (len(written) + 1))})"
    with connection.cursor() as cursor:
        cursor.execute(f"{head} {', '.join([place] * len(rows))} {tail}", values)


@lru_cache
def _inserting(
    model: type[Model],
) -> tuple[tuple[tuple["Field[Any, Any]", str, tuple[type, ...]], ...], str, str]:
    """The fields that are written, by what name and as what type plainly; what stands before and after their values."""
    meta, quote = model._meta, connection.ops.quote_name
    fields = tuple(field for field in meta.local_concrete_fields if field is not meta.auto_field)
    head = f"INSERT INTO {quote(meta.db_table)} ({_columns(fields)})"
    plain = tuple((field, field.attname, _plain(field)) for field in fields)
    return plain, head, f"RETURNING {_columns(_returned(model))}"


def _plain(field: "Field[Any, Any]") -> tuple[type, ...]:
    """No type where each value is for the field to say: it is set while it is written, or made something else."""
    known = AS_IT_IS.get(type(field))
    return (known, NoneType) if known else ()


def _returned(model: type[Model]) -> Fields:
    """What the database decides about a new row; of one whose key is given, the key."""
    return tuple(model._meta.db_returning_fields) or (model._meta.pk,)


def _columns(fields: Fields) -> str:
    return ", ".join(connection.ops.quote_name(str(field.column)) for field in fields)


@lru_cache
def _updating(model: type[Model], names: tuple[str, ...]) -> tuple[Fields, str]:
    meta, quote = model._meta, connection.ops.quote_name
    fields: Any = tuple(meta.get_field(name) for name in dict.fromkeys(names))
    places = ", ".join(f"{quote(field.column)} = %s" for field in fields)
    return fields, f"UPDATE {quote(meta.db_table)} SET {places} WHERE id = %s"  # noqa: S608


@lru_cache
def _updating_all(model: type[Model], names: tuple[str, ...]) -> tuple[Fields, str, str]:
    """The fields that are written, and what stands before and after the rows' keys and values."""
    meta, quote = model._meta, connection.ops.quote_name
    fields: Any = tuple(meta.get_field(name) for name in dict.fromkeys(names))
    places = ", ".join(
        f"{quote(field.column)} = said.v{number}::{field.db_type(connection)}"
        for number, field in enumerate(fields)
    )
    columns = ", ".join(f"v{number}" for number in range(len(fields)))
    head = f"UPDATE {quote(meta.db_table)} AS own SET {places} FROM (VALUES"  # noqa: S608
    return fields, head, f") AS said (id, {columns}) WHERE own.id = said.id"


def _held(field: "Field[Any, Any]", row: Model, here: BaseDatabaseWrapper) -> Statement:
    """What a row holds in a field, as it stands in the statement."""
    value = field.pre_save(row, add=True)
    if isinstance(value, Statement):
        return value
    if isinstance(value, DatabaseDefault):
        return Statement("DEFAULT", ())
    return Statement("%s", (field.get_db_prep_save(value, here),))


def _written(row: Model, answer: tuple[Any, ...]) -> None:
    for field, value in zip(_returned(type(row)), answer, strict=True):
        convert = getattr(field, "from_db_value", None)
        setattr(row, field.attname, convert(value, None, connection) if convert else value)
    row._state.adding, row._state.db = False, connection.alias  # noqa: SLF001 - as `save` does
    for name in [name for name, value in vars(row).items() if isinstance(value, Statement)]:
        del vars(row)[name]
