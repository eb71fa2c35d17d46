"""Questions in ASCII are prepared without the database, and just as it would."""

from random import Random

import pytest
from django.db import connection

from candidates.people.actions import index
from candidates.people.domain import words

PIECES = [
    *(chr(code) for code in range(1, 128)),
    *("asp.net", "ADO.NET", " .net", "xasp.net", "_vb.net", "c++", "C#", "f#/", "gmx.net", "Java8"),
]


@pytest.mark.django_db
def test_what_is_made_here_is_what_the_database_makes() -> None:
    random = Random(9)
    texts = ["".join(random.choices(PIECES, k=12)) for _ in range(3_000)]
    with connection.cursor() as cursor:
        rows = "unnest(%s::text[]) WITH ORDINALITY AS t(text, place)"
        cursor.execute(f"SELECT {words.apart(words.bare('text'))} FROM {rows} ORDER BY place", [texts])
        made = [row[0] for row in cursor.fetchall()]
    assert [words.prepared(text) for text in texts] == made


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("jean-luc", "'jean' <-> 'luc'"),
        ("software -java", "'software' & !'java'"),
        ("node.js", "'node' <-> 'js'"),
        ("o'brien", "'o' <-> 'brien'"),
        ("java8", "'java8'"),
        ("az104", "'az104' | 'az' <-> '104'"),
        ("java 8", "'java' & '8' | 'java8'"),
        ("az-104", "'az' <-> '104' | 'az104'"),
        ("-w2 job", "'job' & !'w2'"),
        ("café python3.11", "'cafe' & ( 'python3' <-> '11' | 'python' <-> '3' <-> '11' )"),
        ("dvořák -o'neill", "'dvorak' & !( 'o' <-> 'neill' )"),
        ("a\\b c:*", "'a' <-> 'b' & 'c'"),
        ("é\\b", "'e' <-> 'b'"),
    ],
)
def test_a_question_is_one_query(asked, query) -> None:
    sql, values = index.question(asked)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT ({sql})::text", values)
        assert cursor.fetchone() == (query,)
