"""Taking a person's name out of texts that are about others too: what colleagues wrote of a role, or to each other."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model

from ats.kernel.erasing import ERASED, Person


def redact(person: Person, model: type[Model], fields: Sequence[str], *, where: str) -> None:
    """Put `ERASED` in place of the person's names and address, in these fields of the rows of `where`.

    First and last name go by themselves too, as they are spelled: `where`, a condition in SQL which may ask for
    `%(person)s` and `%(roles)s`, leads to texts about their own roles.
    """
    if not (words := person.called_in_short):
        return
    quote = connection.ops.quote_name
    sets, finds = [], []
    for name in fields:
        field: Any = model._meta.get_field(name)
        column, is_json = quote(field.column), isinstance(field, JSONField)
        text = f"{column}::text" if is_json else column
        replaced = f"regexp_replace({text}, %(pattern)s, %(erased)s, 'g')"
        sets.append(f"{column} = {replaced}{'::jsonb' if is_json else ''}")
        finds.append(f"{text} ~ %(pattern)s")
    values: dict[str, Any] = {
        "pattern": pattern(words),
        "erased": ERASED,
        "person": person.id,
        "roles": list(person.roles),
    }
    sql = f"UPDATE {quote(model._meta.db_table)} SET {', '.join(sets)} WHERE ({where}) AND ({' OR '.join(finds)})"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def pattern(words: Sequence[str]) -> str:
    """A pattern of PostgreSQL that finds these words, and not inside of others."""
    return "|".join(map(_whole, words))


def _whole(word: str) -> str:
    begin, end = (r"\m" if word[0].isalnum() else ""), (r"\M" if word[-1].isalnum() else "")
    return f"{begin}{re.escape(word)}{end}"
