"""Questions in ASCII are prepared without the database, and just as it would."""

from random import Random

import pytest
from django.db import connection

from ats.kernel import writing
from candidates.people.actions import index
from candidates.people.domain import words
from candidates.people.models import Candidate

PIECES = [
    *(chr(code) for code in range(1, 128)),
    *("asp.net", "ADO.NET", " .net", "xasp.net", "_vb.net", "c++", "C#", "f#/", "gmx.net", "Java8"),
]

SAID = ("first_name", "last_name", "headline")


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


@pytest.mark.django_db
def test_the_words_of_somebody_new_are_those_that_are_taken_up_later() -> None:
    random = Random(10)
    pieces = [*PIECES, *"abcdefghij -'", "é", "Ø", "\u200b", "AZ 104"]
    people = [
        Candidate(**{field: "".join(random.choices(pieces, k=8)) for field in SAID}, name_key=str(number))
        for number in range(300)
    ]
    for person in people:
        person.search = index.of_new(*(getattr(person, field) for field in SAID))
        writing.insert(person)
    at_once = dict(Candidate.objects.values_list("pk", "search"))

    index.refresh(at_once)

    assert dict(Candidate.objects.values_list("pk", "search")) == at_once
