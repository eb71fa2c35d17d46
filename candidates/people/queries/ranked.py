"""The first of those whom a question finds: who is called so before who does so, before in whose résumé it stands.

Of a word that thousands have, nobody wants to wait until all of them are looked at: the newest people are asked
first, then more of them, then all, and as soon as enough are found the rest is left. One statement; the database
does not begin the later parts that are not needed.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from ats.accounts.models import User
from ats.kernel.prepared import Statement
from candidates.people.domain.keys import fold
from candidates.people.domain.questions import alternatives
from candidates.people.models import Candidate
from candidates.people.queries.matching import Asked, asked_of

ENOUGH = 500
"""So many are put in order before the first page is shown; of rarer words all are, up to `MOST`."""
MOST = 2_000
NEWEST, NEWER = 2, 32
"""In blocks of 4,096 people, as the index has them (`candidate_words_by_block`)."""
RANKED_BY = 6
"""So many words of the question say who comes first."""
STAND_IN = "'\ue000'"

_BLOCKS = """AND ("candidates_candidate"."id" >> 12) = ANY(
    ARRAY(SELECT generate_series(newest.block - {}, newest.block) FROM newest))"""
_OF_ALL = """
    WITH newest AS (SELECT max(id) >> 12 AS block FROM public.candidates_candidate),
    of_name AS MATERIALIZED ({of_name}),
    first AS MATERIALIZED ({first}),
    second AS MATERIALIZED ({second}),
    whole AS MATERIALIZED ({whole}),
    hits(id) AS (TABLE of_name UNION TABLE first UNION TABLE second UNION TABLE whole)
    SELECT id, count(*) OVER (), {early}
    FROM ({seen} AND "candidates_candidate"."id" IN (SELECT id FROM hits)) AS found(id, name_key, headline)
    ORDER BY {rank} DESC, id DESC OFFSET %s LIMIT %s
"""
_OF_SOME = """
    SELECT id, count(*) OVER (), false FROM ({found}) AS found(id, name_key, headline)
    ORDER BY {rank} DESC, id DESC OFFSET %s LIMIT %s
"""
_LAST_FIRST = 'ORDER BY "candidates_candidate"."id" + 0 DESC LIMIT {}'
"""Added to nothing, so that nobody is looked up one by one from the newest on, which for a rare word takes all."""
_SHOWN = ("pk", "name_key", "headline")


def sees_nearly_all(user: User) -> bool:
    """Of whom `visible_to` leaves out hardly anybody."""
    return (user.oversees or user.recruits) and user.works_for is None


@dataclass(frozen=True)
class Ranked:
    """`ids` of one page, in order; `total` of all that were looked at, which are all there are if `is_all`."""

    ids: list[int]
    total: int
    is_all: bool


def ranked(
    rows: QuerySet[Candidate], question: str, *, skip: int, size: int, are_nearly_all: bool = False
) -> Ranked:
    """Those of `rows` whom the question finds, by how much of it they are; among the same, who came last.

    `are_nearly_all`: hardly anybody is not one of `rows`; then the newest of all are asked, and `rows` of who is found.
    """
    asked = asked_of(question)
    if not asked.words and not asked.digits:
        return Ranked([], 0, is_all=True)
    rank = _rank(asked)
    made = (
        _of_all(rows, asked, rank, max(ENOUGH, skip + size))
        if are_nearly_all
        else _of_some(rows, asked, rank)
    )
    with connection.cursor() as cursor:
        cursor.execute(made.sql, (*made.params, *rank.params, skip, size))
        found = cursor.fetchall()
    total = found[0][1] if found else skip
    return Ranked([row[0] for row in found], total, is_all=not (found and found[0][2]) and total < MOST)


def _of_some(rows: QuerySet[Candidate], asked: Asked, rank: Statement) -> Statement:
    found = _sql(rows.filter(asked.condition()).order_by((F("pk") + 0).desc()).values_list(*_SHOWN)[:MOST])
    return Statement(_OF_SOME.format(found=found.sql, rank=rank.sql), found.params)


def _of_all(rows: QuerySet[Candidate], asked: Asked, rank: Statement, enough: int) -> Statement:
    digits: tuple[Any, ...] = ()
    words, seen = _found_by_words(), _sql(_plain(rows).values_list(*_SHOWN))
    few, many = (f"(SELECT count(*) FROM {part}) < {enough}" for part in ("first", "second"))  # noqa: S608
    newest = _LAST_FIRST.format(MOST)
    of_name = f"{words} {newest}"
    for each in asked.contacts():
        others = _sql(Candidate.objects.filter(pk__in=each).order_by("-pk").values_list("pk")[:MOST])
        of_name, digits = f"({of_name}) UNION ({others.sql})", digits + others.params
    sql = _OF_ALL.format(
        of_name=of_name,
        first=f"{words} {_BLOCKS.format(NEWEST - 1)} {newest}",
        second=f"{words} {_BLOCKS.format(NEWER - 1)} AND {few} {newest}",
        whole=f"{words} AND {few} AND {many} {newest}",
        early=f"NOT ({few} AND {many})",
        seen=seen.sql,
        rank=rank.sql,
    )
    return Statement(sql, (asked.names, *digits, *[asked.words] * 3, *seen.params))


@cache
def _found_by_words() -> str:
    """Whom words find, with one value: what is asked; more conditions can be added to it."""
    found = Candidate.objects.filter(search__answers=STAND_IN, anonymised_at=None).values_list("pk")
    return _sql(found).sql


def _plain(rows: QuerySet[Candidate]) -> QuerySet[Candidate]:
    """Rows to whose words a condition can be added."""
    if rows.query.group_by is not None or rows.query.is_sliced or rows.query.distinct:
        raise TypeError("Narrow people down by conditions alone: what is added to them here would be lost.")
    return rows.order_by()


def _sql(rows: "QuerySet[Candidate, Any]") -> Statement:
    try:
        return Statement(*rows.query.sql_with_params())
    except EmptyResultSet:
        nobody = Candidate.objects.extra(where=["FALSE"]).values_list(*_SHOWN)
        return Statement(*nobody.query.sql_with_params())


def _rank(asked: Asked) -> Statement:
    """Whose name it is before in whose name it stands, before how many of the words are what they do."""
    words = [word for each in alternatives(asked.text) for word in (*each.words, *each.quoted)][:RANKED_BY]
    parts = [part for word in words for part in re.findall(r"\w+", fold(word))][:RANKED_BY]
    if not parts:
        return Statement("(0 + 0)", ())
    named = " AND ".join(["' ' || name_key LIKE %s"] * len(parts))
    does = " + ".join(["(lower(headline) LIKE %s)::int"] * len(parts))
    return Statement(
        f"(CASE WHEN name_key = %s THEN 200 WHEN {named} THEN 100 ELSE {does} END)",
        (fold(asked.text), *(f"% {part}%" for part in parts), *(f"%{part}%" for part in parts)),
    )
