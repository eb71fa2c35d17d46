"""Reading of rows no more than a page shows of them."""

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

from ats.kernel.plans import Kept

R = TypeVar("R", bound="QuerySet[Any, Any]")
M = TypeVar("M", bound=Model)


def showing(rows: R, *fields: str) -> R:
    """`rows` with these fields alone, also of what they point to: `showing(promises, "what", "owner__name")`.

    Most of what a page costs are columns that nobody looks at: each is named, sent, converted and kept, for
    every row. A field that is missing here is read later, row by row: the tests that count queries say so.
    """
    joined = {name.rpartition("__")[0] for name in fields if "__" in name}
    # Without a name, `select_related` would join everything there is.
    found = rows.select_related(*sorted(joined)) if joined else rows.select_related(None)
    return found.only(*fields)


def answers(statement: str, values: dict[str, Any]) -> dict[str, Any]:
    """The one row that `statement` answers with, by the names of its columns.

    For asking at once which parts of a page there are at all: mostly few of them, and for Django to put a
    question of its own for each costs more than the answer.
    """
    with connection.cursor() as cursor:
        cursor.execute(Kept(statement), values)
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))


def listed(statement: str, values: dict[str, Any]) -> list[tuple[Any, ...]]:
    """All rows that `statement` answers with, as they come.

    For a hot page, beside a test that says it answers what the models would.
    """
    with connection.cursor() as cursor:
        cursor.execute(Kept(statement), values)
        return list(cursor.fetchall())


def named(statement: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    """All rows that `statement` answers with, each by the names of its columns; for the same pages as `listed`."""
    with connection.cursor() as cursor:
        cursor.execute(Kept(statement), values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def columns(alias: str, model: type[Model], *names: str, of: str = "", without: Collection[str] = ()) -> str:
    """What a plain statement selects from a table for `made`: these columns of it, or every one.

    With `of`, they are those of what that field of the row points to: `columns("u", User, "name", of="owner")`.
    """
    all_of_them = (field.column for field in model._meta.concrete_fields)
    wanted = ("id", *names) if names else all_of_them
    prefix = f"{of}__" if of else ""
    return ", ".join(f'{alias}."{name}" AS "{prefix}{name}"' for name in wanted if name not in without)


def made(model: type[M], statement: str, values: dict[str, Any]) -> list[M]:
    """The rows that `statement` answers with, as instances of `model`; columns are named as by `columns`.

    A column that is no field's stands beside them under its name.

    For a hot page, beside a test that says it answers what the models would: for Django to put together a
    question with a few joins takes longer than the database to answer it. What is not selected is read later.
    """
    with connection.cursor() as cursor:
        cursor.execute(Kept(statement), values)
        make = _maker(model, tuple(column.name for column in cursor.description))
        return [make(row) for row in cursor.fetchall()]


class _Maker:
    """Makes an instance, and what its fields point to, of a row of columns with these names."""

    key: int

    def __init__(self, model: type[Model], places: Sequence[tuple[list[str], int]]) -> None:
        own = {path[0]: place for path, place in places if len(path) == 1}
        self._further = []
        for name in sorted({path[0] for path, _ in places if len(path) > 1}):
            field: Any = model._meta.get_field(name)
            its = [(path[1:], place) for path, place in places if len(path) > 1 and path[0] == name]
            maker = _Maker(field.related_model, its)
            own.setdefault(field.column, maker.key)
            self._further.append((field, maker))
        fields = [field for field in model._meta.concrete_fields if field.column in own]
        known = {field.column for field in fields}
        self._beside = [(name, place) for name, place in own.items() if name not in known]
        self._model, self.key = model, own["id"]
        self._names = frozenset(field.attname for field in fields)
        self._read = [(own[str(field.column)], field.get_db_converters(connection)) for field in fields]

    def __call__(self, row: Sequence[Any]) -> Any:
        if row[self.key] is None:
            return None
        values = []
        for place, converters in self._read:
            value = row[place]
            for convert in converters:
                value = convert(value, None, connection)
            values.append(value)
        made = self._model.from_db(connection.alias, self._names, values)
        for field, maker in self._further:
            field.set_cached_value(made, maker(row))
        for name, place in self._beside:
            setattr(made, name, row[place])
        return made


@lru_cache(maxsize=256)
def _maker(model: type[Model], names: tuple[str, ...]) -> _Maker:
    return _Maker(model, [(name.split("__"), place) for place, name in enumerate(names)])
