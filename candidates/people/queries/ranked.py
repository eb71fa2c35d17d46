"""The first of those whom a question finds: who is called so before who does so, before in whose résumé it stands.

Of a word that thousands have, nobody wants to wait until all of them are looked at: the newest people are asked
first, then more of them, then all, and as soon as enough are found the rest is left. One statement; the database
does not begin the later parts that are not needed.
"""

import re
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Q, QuerySet

from ats.kernel.prepared import Statement
from candidates.people.domain.keys import fold
from candidates.people.domain.questions import alternatives
from candidates.people.models import Candidate
from candidates.people.queries.matching import Asked, asked_of, by_digits

ENOUGH = 500
"""So many are put in order before the first page is shown; of rarer words all are, up to `MOST`."""
MOST = 2_000
NEWEST, NEWER = 4, 32
"""In blocks of 4,096 people, as the index has them (`candidate_words_by_block`)."""
RANKED_BY = 6
"""So many words of the question say who comes first."""
STAND_IN = "'\ue000'"

_BLOCKS = """AND ("candidates_candidate"."id" >> 12) = ANY(
    ARRAY(SELECT generate_series(newest.block - {}, newest.block) FROM newest))"""
_IN_ORDER = """
    WITH newest AS (SELECT max(id) >> 12 AS block FROM public.candidates_candidate),
    of_name(id, name_key, headline) AS MATERIALIZED ({of_name}),
    first(id, name_key, headline) AS MATERIALIZED ({first}),
    second(id, name_key, headline) AS MATERIALIZED ({second}),
    whole(id, name_key, headline) AS MATERIALIZED ({whole}),
    hits AS (TABLE of_name UNION TABLE first UNION TABLE second UNION TABLE whole)
    SELECT id, count(*) OVER (), {early} FROM hits ORDER BY {rank} DESC, id DESC OFFSET %s LIMIT %s
"""
_LAST_FIRST = 'ORDER BY "candidates_candidate"."id" + 0 DESC LIMIT {}'
"""Added to nothing, so that nobody is looked up one by one from the newest on, which for a rare word takes all."""


@dataclass(frozen=True)
class Ranked:
    """`ids` of one page, in order; `total` of all that were looked at, which are all there are if `is_all`."""

    ids: list[int]
    total: int
    is_all: bool


def ranked(rows: QuerySet[Candidate], question: str, *, skip: int, size: int) -> Ranked:
    """Those of `rows` whom the question finds, by how much of it they are; among the same, who came last."""
    asked = asked_of(question)
    if not asked.words and not asked.digits:
        return Ranked([], 0, is_all=True)
    sql, values = _statement(rows, asked, skip=skip, size=size)
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found = cursor.fetchall()
    total = found[0][1] if found else skip
    return Ranked([row[0] for row in found], total, is_all=not (found and found[0][2]) and total < MOST)


def _statement(rows: QuerySet[Candidate], asked: Asked, *, skip: int, size: int) -> Statement:
    enough = max(ENOUGH, skip + size)
    of_words = _of(rows, Q(search__answers=STAND_IN))
    further = _of(rows, by_digits(asked.digits) | Q(email_key=asked.email or STAND_IN))
    few, many = (f"(SELECT count(*) FROM {part}) < {enough}" for part in ("first", "second"))  # noqa: S608
    words = tuple(asked.words if value == STAND_IN else value for value in of_words.params)
    named = tuple(asked.names if value == STAND_IN else value for value in of_words.params)
    newest = _LAST_FIRST.format(MOST)
    rank = _rank(asked)
    sql = _IN_ORDER.format(
        of_name=f"({of_words.sql} {newest}) UNION ({further.sql} {newest})",
        first=f"{of_words.sql} {_BLOCKS.format(NEWEST - 1)} {newest}",
        second=f"{of_words.sql} {_BLOCKS.format(NEWER - 1)} AND {few} {newest}",
        whole=f"{of_words.sql} AND {few} AND {many} {newest}",
        early=f"NOT ({few} AND {many})",
        rank=rank.sql,
    )
    return Statement(sql, (*named, *further.params, *words * 3, *rank.params, skip, size))


def _of(rows: QuerySet[Candidate], condition: Q) -> Statement:
    """Who meets it, as words to which more conditions can be added."""
    query = rows.filter(condition).order_by().values_list("pk", "name_key", "headline").query
    if query.group_by is not None or query.is_sliced or query.distinct:
        raise TypeError("Narrow people down by conditions alone: what is added to them here would be lost.")
    try:
        return Statement(*query.sql_with_params())
    except EmptyResultSet:
        nobody = rows.model.objects.extra(where=["FALSE"]).values_list("pk", "name_key", "headline")
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
