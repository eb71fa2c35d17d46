"""People whose names are nearly what was asked for: a letter too many, too few, another one, or two in turned order."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Length
from rapidfuzz.distance import OSA

from ats.kernel.plans import Kept
from candidates.people.domain.keys import fold
from candidates.people.models import Candidate
from candidates.people.queries.matching import asked_of

ALIKE = "0.4"
"""How much of its threes of letters a name has to share with what was asked: a guess that is looked at again here."""
LOOKED_AT, SHOWN = 200, 10
SHORT = 5
"""Up to so many letters one may be wrong, in longer names two."""


def nearly(rows: QuerySet[Candidate], question: str) -> list[int]:
    """The ids of those of `rows` with such names, the nearest first; empty where more is asked than a name."""
    if not asked_of(question).names:
        return []
    words = fold(question).split()
    longest = max(words, key=len)
    if len(longest) < 3:
        return []
    found = [
        (far, number) for number, name in _alike(rows, longest) if (far := distance(words, name)) is not None
    ]
    return [number for _, number in sorted(found, key=lambda one: (one[0], -one[1]))[:SHOWN]]


def distance(words: list[str], name: str) -> int | None:
    """How many letters are wrong in all of the words; None where one of them is like no part of the name."""
    parts, total = name.split(), 0
    for word in words:
        far = min((OSA.distance(word, part) for part in parts), default=99)
        if far > (1 if len(word) <= SHORT else 2) or far >= len(word) - 1:
            return None
        total += far
    return total


def _alike(rows: QuerySet[Candidate], word: str) -> list[tuple[int, str]]:
    wanted = rows.filter(name_key__trigram_word_similar=word).order_by(Length("name_key"), F("pk").desc())
    try:
        sql, values = wanted.values_list("pk", "name_key")[:LOOKED_AT].query.sql_with_params()
    except EmptyResultSet:
        return []
    with connection.cursor() as cursor:
        # In the same message, and so for this question alone: `%>` asks a setting how alike is alike.
        lead = "SELECT set_config('pg_trgm.word_similarity_threshold', %s, true)"
        cursor.execute(Kept(sql).after(lead, (ALIKE,)), (ALIKE, *values))
        return cursor.fetchall()
