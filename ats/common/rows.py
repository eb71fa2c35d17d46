"""Reading of rows no more than a page shows of them."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def showing(rows: "QuerySet[M]", *fields: str) -> "QuerySet[M]":
    """`rows` with these fields alone, also of what they point to: `showing(promises, "what", "owner__name")`.

    Most of what a page costs are columns that nobody looks at: each is named, sent, converted and kept, for
    every row. A field that is missing here is read later, row by row: the tests that count queries say so.
    """
    joined = {name.rpartition("__")[0] for name in fields if "__" in name}
    return rows.select_related(*sorted(joined)).only(*fields)
