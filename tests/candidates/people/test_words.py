"""What a question becomes, and that words are the same whenever they are taken up."""

from random import Random

import pytest
from django.db import connection

from ats.kernel import writing
from candidates.people.actions import index
from candidates.people.domain import questions
from candidates.people.domain.vectors import Section, vector
from candidates.people.models import Candidate

PIECES = [
    *(chr(code) for code in range(1, 128)),
    *("asp.net", "ADO.NET", " .net", "xasp.net", "_vb.net", "c++", "C#", "f#/", "gmx.net", "Java8"),
    *"abcdefghij -'",
    *("é", "Ø", "\u200b", "AZ 104", "東京", "ü", "ß", "한국", "\U0001f600", "\u0e27\u0e34", "İ"),
]
SAID = ("first_name", "last_name", "email", "headline")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("asked", "query"),
    [
        ("jean-luc", "'jean' <-> 'luc' | 'jeanluc'"),
        ("software -java", "'software' & !'java'"),
        ("software NOT java", "'software' & !'java'"),
        ("node.js", "'node' <-> 'js' | 'nodejs'"),
        ("o'brien", "'o' <-> 'brien' | 'obrien'"),
        ("java8", "'java8'"),
        ("az104", "'az104' | 'az' <-> '104'"),
        ("java 8", "'java' & '8' | 'java8'"),
        ("az-104", "'az' <-> '104' | 'az104'"),
        ("-w2 job", "'job' & !'w2'"),
        ("front end", "'front' & 'end' | 'frontend'"),
        ("front end OR nurse", "'front' & 'end' | 'frontend' | 'nurse'"),
        ("engin* berlin", "'engin':* & 'berlin'"),
        ("東京大学", "'東京' <-> '京大' <-> '大学'"),
        ("Müller", "'muller' | 'mueller'"),
        ("café python3.11", "'cafe' & ( 'python3' <-> '11' | 'python' <-> '3' <-> '11' )"),
        ("dvořák -o'neill", "'dvorak' & !( 'o' <-> 'neill' | 'oneill' )"),
        ("a\\b c:*", "'a' <-> 'b' & 'c'"),
        ("é\\b", "'e' <-> 'b'"),
    ],
)
def test_a_question_is_one_query(asked, query) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::tsquery::text", [questions.query(asked)])
        assert cursor.fetchone() == (query,)


@pytest.mark.django_db
def test_the_database_takes_whatever_is_asked_and_kept() -> None:
    random = Random(9)
    texts = ["".join(random.choices(PIECES, k=12)) for _ in range(2_000)]
    asked = [one for text in texts for one in (questions.query(text), questions.names(text)) if one]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(t::tsquery) FROM unnest(%s::text[]) AS t", [asked])
        assert cursor.fetchone() == (len(asked),)
        kept = [vector([Section(text, "A", is_name=True), Section(text, "D")]) for text in texts]
        cursor.execute("SELECT count(t::tsvector) FROM unnest(%s::text[]) AS t", [kept])
        assert cursor.fetchone() == (len(kept),)


@pytest.mark.django_db
def test_a_long_text_keeps_what_the_database_can_count() -> None:
    text = " ".join(f"word{number}x" for number in range(20_000)) + " wolpertinger"
    taken = vector([Section("Robin Doe", "A", is_name=True), Section(text, "D")])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ 'robin'::tsquery, %s::tsvector @@ 'wolpertinger'", [taken, taken]
        )
        assert cursor.fetchone() == (True, False)


@pytest.mark.django_db
def test_the_words_of_somebody_new_are_those_that_are_taken_up_later() -> None:
    random = Random(10)
    people = [
        Candidate(
            **{field: "".join(random.choices(PIECES, k=8)) for field in SAID},
            email_key=str(number),
            name_key=str(number),
        )
        for number in range(300)
    ]
    for person in people:
        person.search = index.words_of(index.Said(*(getattr(person, field) for field in SAID)))
        writing.insert(person)
    at_once = dict(Candidate.objects.values_list("pk", "search"))

    index.refresh(at_once)

    assert dict(Candidate.objects.values_list("pk", "search")) == at_once
