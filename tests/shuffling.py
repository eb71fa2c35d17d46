"""What every test holds of order: rows that nobody put in order come in none.

PostgreSQL hands them out as they lie, which in a test is nearly always the order in which they were written, and
on a busy table is not. So a queryset without an order is shuffled as it is read, and where it takes only some of
its rows, it takes any: on every date in another way, and on the same date in the same. `TEST_SEED` tries others.
"""

import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import MD5, Cast, Concat
from django.db.models.query import MAX_GET_RESULTS

# Workers of a parallel run inherit it.
SEED = os.environ.setdefault("TEST_SEED", os.environ.get("TEST_DATE") or "1")

_random = random.Random(SEED)


def begin(name: str) -> None:
    """Let a test's orders depend on the seed and its name, not on what ran before it."""
    _random.seed(f"{SEED} {name}")


def _any_part(rows: QuerySet[Any]) -> bool:
    """Does it take some rows of many? (`get` looks for one too many, and a union has no column to sort by.)"""
    query = rows.query
    plain = not (query.combinator or query.group_by or query.distinct)
    return plain and query.is_sliced and (query.low_mark, query.high_mark) != (0, MAX_GET_RESULTS)


def _put_in_any_order(rows: QuerySet[Any]) -> None:
    """Sort by what says nothing, so that a limit cuts anywhere."""
    rows._query = rows.query.chain()  # its setter would make dictionaries of a values_list
    rows._query.add_ordering(MD5(Concat(Cast("pk", TextField()), Value(SEED))))


@contextmanager
def watched() -> Iterator[None]:
    """Have every queryset without an order shuffled, on every connection of this process."""
    fetch, iterate = QuerySet._fetch_all, QuerySet._iterator

    def fetch_shuffled(self: QuerySet[Any]) -> None:
        shuffled = self._result_cache is None and not self.ordered
        if shuffled and _any_part(self):
            _put_in_any_order(self)
        fetch(self)
        if shuffled:
            _random.shuffle(self._result_cache)

    def iterate_shuffled(self: QuerySet[Any], chunked: bool, size: int | None) -> Iterator[Any]:
        rows = iterate(self, chunked, size)
        if self.ordered:
            yield from rows
            return
        while part := list(islice(rows, size or 2000)):
            _random.shuffle(part)
            yield from part

    QuerySet._fetch_all = fetch_shuffled
    QuerySet._iterator = iterate_shuffled
    try:
        yield
    finally:
        QuerySet._fetch_all, QuerySet._iterator = fetch, iterate
